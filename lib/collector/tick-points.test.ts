import { describe, expect, it } from 'vitest';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { emptySnapshot, type Snapshot } from './snapshot.ts';
import { pointsOf } from './tick-points.ts';

const reading = { durationMs: 12, lateMs: 0 };
const silence = { code: 'kafka.timeout', status: 504, what: 'It hangs.', next: '' } as const;
const picture = snapshotOfTopics([topicOf('orders', 1, [1, 2])], { alive: [1, 2] });
const known: Snapshot = {
  ...picture,
  sizes: partOf({
    sizeBytes: Float64Array.from([700, Number.NaN]),
    logDirIndex: new Int16Array(2),
    logDirs: [{ broker: 1, path: '/data', errorCode: 0, totalBytes: null, freeBytes: null }],
  }),
};
const pointOf = (snapshot: Snapshot, kind: string, name = '') =>
  pointsOf(snapshot, reading).find((point) => point.kind === kind && point.name === name)?.value;

describe('pointsOf', () => {
  it('writes unknown, never zero, for the size of a broker that did not tell it', () => {
    expect(pointOf(known, 'broker.size', '1')).toBe(700);
    expect(pointOf(known, 'broker.size', '2')).toBeNaN();
  });

  it('writes unknown, never zero, for traffic before two readings can be compared', () => {
    expect(pointOf(known, 'broker.bytes-in', '1')).toBeNaN();
    const flowing = { ...known, rates: { ...known.rates, bytesIn: 0 } };
    expect(pointOf(flowing, 'broker.bytes-in', '1')).toBe(0);
  });

  it('does not go on with a rate that could not be read anew', () => {
    const rates = { recordsIn: 7, bytesIn: 70, recordsOut: 5, bytesOut: 50 };
    expect(pointOf({ ...known, rates }, 'cluster.records-in')).toBe(7);
    const stale = { ...known, rates, ends: { ...known.ends, problem: silence } };
    expect(pointOf(stale, 'cluster.records-in')).toBeNaN();
    expect(pointOf(stale, 'topic.records-in', 'orders')).toBeNaN();
  });

  it('says of a cluster that does not answer that it does not, and leaves the rest unknown', () => {
    const silent = { ...known, metadata: { ...known.metadata, problem: silence } };
    expect(pointsOf(silent, reading).map(({ kind, value }) => [kind, value])).toEqual([
      ['cluster.reachable', 0],
      ['cluster.sample-time', 12],
      ['cluster.sample-late', 0],
    ]);
    expect(pointOf(emptySnapshot('never'), 'cluster.reachable')).toBe(0);
    expect(pointOf(known, 'cluster.reachable')).toBe(1);
  });

  it('tells each broker once, up or down', () => {
    const lost = snapshotOfTopics([topicOf('orders', 1, [1, 2], [1])], { alive: [1] });
    const up = pointsOf(lost, reading).filter(({ kind }) => kind === 'broker.up');
    expect(up.map(({ name, value }) => [name, value]).sort()).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
    expect(pointOf(lost, 'cluster.brokers-down')).toBe(1);
    expect(pointOf(lost, 'broker.size', '2')).toBeNaN();
  });
});
