import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OffsetTimeline } from './offset-timeline.ts';

/** Readings of a log that only grows: pauses and growth between one and the next. */
const readings = fc
  .array(
    fc.record({ pauseMs: fc.integer({ min: 1, max: 60_000 }), grown: fc.integer({ min: 0, max: 500 }) }),
    {
      minLength: 1,
      maxLength: 200,
    },
  )
  .map((steps) => {
    let [at, end] = [1_000_000, 100];
    return steps.map(({ pauseMs, grown }) => {
      at += pauseMs;
      end += grown;
      return { at, end };
    });
  });

const timelineOf = (points: readonly { at: number; end: number }[]) => {
  const timeline = new OffsetTimeline();
  for (const { at, end } of points) timeline.add(end, at);
  return timeline;
};

describe('a table of offsets and times', () => {
  it('tells when a record was written between two readings', () => {
    const timeline = timelineOf([
      { at: 1_000, end: 10 },
      { at: 2_000, end: 20 },
    ]);
    expect(timeline.timeOf(10)).toBe(1_050);
    expect(timeline.timeOf(19)).toBe(1_950);
    expect(timeline.timeOf(9)).toBeNaN();
    expect(timeline.timeOf(20)).toBeNaN();
    expect(timeline.endAt(1_500)).toBe(15);
    expect(timeline.endAt(900)).toBeNaN();
    expect(timeline.endAt(9_000)).toBe(20);
  });

  it('does not take a still stretch for the time of the next record', () => {
    const timeline = timelineOf([
      { at: 1_000, end: 10 },
      { at: 2_000, end: 10 },
      { at: 500_000, end: 10 },
      { at: 501_000, end: 11 },
    ]);
    expect(timeline.timeOf(10)).toBe(500_500);
    expect(timeline.points).toBe(3);
  });

  it('reaches back to a record whose own time is known', () => {
    const timeline = timelineOf([
      { at: 10_000, end: 100 },
      { at: 11_000, end: 110 },
    ]);
    expect(timeline.timeOf(50, { offset: 50, timeMs: 5_000 })).toBe(5_000);
    expect(timeline.timeOf(75, { offset: 50, timeMs: 5_000 })).toBe(7_500);
    expect(timeline.timeOf(40, { offset: 50, timeMs: 5_000 })).toBeNaN();
  });

  it('begins anew when the log was cut or the clock set back', () => {
    const timeline = timelineOf([
      { at: 1_000, end: 10 },
      { at: 2_000, end: 20 },
      { at: 3_000, end: 5 },
    ]);
    expect(timeline.points).toBe(1);
    timeline.add(6, 1_000);
    expect(timeline.points).toBe(1);
    expect(timeline.endAt(1_000)).toBe(6);
  });

  it('keeps at most 32 points, the first and the newest among them, and its times rise with offsets', () => {
    fc.assert(
      fc.property(readings, (points) => {
        const timeline = timelineOf(points);
        const [first, last] = [points[0]!, points.at(-1)!];
        expect(timeline.points).toBeLessThanOrEqual(32);
        expect(timeline.endAt(first.at)).toBe(first.end);
        expect(timeline.endAt(last.at)).toBe(last.end);
        let before = Number.NEGATIVE_INFINITY;
        for (
          let offset = first.end;
          offset < last.end;
          offset += 1 + Math.floor((last.end - first.end) / 50)
        ) {
          const at = timeline.timeOf(offset);
          expect(timeline.knows(offset)).toBe(true);
          expect(at).toBeGreaterThanOrEqual(Math.max(before, first.at));
          expect(at).toBeLessThanOrEqual(last.at);
          expect(timeline.endAt(at)).toBeCloseTo(offset + 0.5, 3);
          before = at;
        }
      }),
    );
  });

  it('is exact between readings that it still has, whatever came before', () => {
    fc.assert(
      fc.property(readings, (points) => {
        fc.pre(points.length > 1);
        const timeline = timelineOf(points);
        const [a, b] = [points.at(-2)!, points.at(-1)!];
        fc.pre(b.end > a.end);
        expect(timeline.timeOf(b.end - 1)).toBeGreaterThanOrEqual(a.at);
        expect(timeline.timeOf(b.end - 1)).toBeLessThanOrEqual(b.at);
      }),
    );
  });
});
