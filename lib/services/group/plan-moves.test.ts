import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMoves, type Standing, totalsOf, type Wanted } from './plan-moves.ts';

const to = (offset: bigint): Wanted => ({ kind: 'offset', offset });
const standing = (more: Partial<Standing>): Standing => ({
  topic: 'orders',
  partition: 0,
  committed: 50n,
  start: 10n,
  end: 100n,
  wanted: to(60n),
  ...more,
});
const one = (more: Partial<Standing>) => planMoves([standing(more)]);

describe('what a reset does to a partition', () => {
  it('skips forward, reads again, and says what is behind afterwards', () => {
    expect(one({}).moves).toEqual([
      {
        ...{ topic: 'orders', partition: 0, from: '50', to: '60', delta: '10', asked: null },
        ...{ startOffset: '10', endOffset: '100', reread: '0', skipped: '10', lagMessages: '40' },
      },
    ]);
    expect(one({ wanted: to(20n) }).moves).toMatchObject([
      { to: '20', delta: '-30', reread: '30', skipped: '0', lagMessages: '80' },
    ]);
  });

  it('draws what lies outside of the log to its start or end, and says what was asked for', () => {
    expect(one({ wanted: to(-3n) }).moves).toMatchObject([{ to: '10', asked: '-3' }]);
    expect(one({ wanted: to(101n) }).moves).toMatchObject([{ to: '100', asked: '101' }]);
  });

  it('counts no record that retention has deleted', () => {
    expect(one({ committed: 2n, wanted: to(30n) }).moves).toMatchObject([{ delta: '28', skipped: '20' }]);
    expect(one({ committed: 2n, wanted: to(10n) }).moves).toMatchObject([{ skipped: '0', reread: '0' }]);
  });

  it('makes a first position, and takes one away again', () => {
    expect(one({ committed: -1n }).moves).toMatchObject([
      { from: null, to: '60', delta: null, reread: '0', skipped: '0' },
    ]);
    expect(one({ wanted: { kind: 'none' } }).moves).toMatchObject([{ from: '50', to: null, delta: null }]);
    expect(one({ committed: -1n, wanted: { kind: 'none' } })).toMatchObject({
      moves: [],
      kept: [{ why: 'Nothing is committed here.' }],
    });
  });

  it('leaves what stands there already, what is not known, and what cannot be said', () => {
    expect(one({ wanted: to(50n) }).kept).toEqual([
      { topic: 'orders', partition: 0, offset: '50', why: 'It stands there already.' },
    ]);
    expect(one({ end: -1n }).kept[0]?.why).toContain('leader does not answer');
    expect(one({ wanted: { kind: 'keep', why: 'Because.' } }).kept[0]?.why).toBe('Because.');
  });

  it('ends within the log, and rereading and skipping make up the way', () => {
    const log = fc.record({
      committed: fc.bigInt(-1n, 1_000n),
      start: fc.bigInt(0n, 500n),
      length: fc.bigInt(0n, 500n),
      wanted: fc.bigInt(-1_000n, 2_000n),
    });
    fc.assert(
      fc.property(fc.array(log), (logs) => {
        const all = logs.map(({ committed, start, length, wanted }, partition) =>
          standing({ partition, committed, start, end: start + length, wanted: to(wanted) }),
        );
        const { moves, kept } = planMoves(all);
        expect(moves.length + kept.length).toBe(all.length);
        let way = 0n;
        for (const move of moves) {
          const [start, end, target] = [
            BigInt(move.startOffset),
            BigInt(move.endOffset),
            BigInt(move.to ?? -1),
          ];
          expect(target >= start && target <= end).toBe(true);
          expect(BigInt(move.lagMessages ?? -1)).toBe(end - target);
          expect(move.reread === '0' || move.skipped === '0').toBe(true);
          if (move.from !== null && BigInt(move.from) >= start && BigInt(move.from) <= end)
            expect(BigInt(move.skipped) - BigInt(move.reread)).toBe(BigInt(move.delta ?? 0));
          way += BigInt(move.reread) + BigInt(move.skipped);
        }
        const totals = totalsOf(moves);
        expect(BigInt(totals.reread) + BigInt(totals.skipped)).toBe(way);
      }),
    );
  });
});
