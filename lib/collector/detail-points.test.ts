import { describe, expect, it } from 'vitest';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { DetailPoints } from './detail-points.ts';
import type { SampledSnapshot } from './snapshot.ts';

const picture = snapshotOfTopics([topicOf('orders', 2)]);
const withEnds = (at: number, ...offsets: bigint[]): SampledSnapshot => ({
  ...picture,
  ends: partOf({ offsets: BigInt64Array.from(offsets), errors: new Int16Array(offsets.length) }, at),
});
const rates = (points: ReturnType<DetailPoints['take']>) =>
  points?.filter(({ kind }) => kind === 'partition.records-in').map(({ name, value }) => [name, value]);

describe('DetailPoints', () => {
  it('are taken once a minute, rates over the whole of it', () => {
    const details = new DetailPoints();
    expect(rates(details.take(withEnds(1_000, 100n, 5n), 0))).toEqual([
      ['orders/0', Number.NaN],
      ['orders/1', Number.NaN],
    ]);
    expect(details.take(withEnds(31_000, 150n, 5n), 30_000)).toBeNull();
    expect(rates(details.take(withEnds(61_000, 220n, 5n), 60_000))).toEqual([
      ['orders/0', 2],
      ['orders/1', 0],
    ]);
  });

  it('know no rate when an end is not known, or when ends could not be read anew', () => {
    const details = new DetailPoints();
    details.take(withEnds(1_000, 100n, 5n), 0);
    expect(rates(details.take(withEnds(61_000, -1n, 65n), 60_000))).toEqual([
      ['orders/0', Number.NaN],
      ['orders/1', 1],
    ]);
    const problem = { code: 'kafka.timeout', status: 504, what: '', next: '' } as const;
    const stale = withEnds(61_000, 100n, 65n);
    expect(rates(details.take({ ...stale, ends: { ...stale.ends, problem } }, 120_000))).toEqual([
      ['orders/0', Number.NaN],
      ['orders/1', Number.NaN],
    ]);
  });

  it('are bounded: of a large cluster the busiest topics, and the same ones a minute later', () => {
    const large = snapshotOfTopics([topicOf('a-quiet', 15_000, [1]), topicOf('b-busy', 15_000, [1])]);
    const flowing = (a: number, b: number): SampledSnapshot => ({
      ...large,
      rates: { ...large.rates, recordsIn: a + b },
      topics: { ...large.topics, recordsPerSecond: Float64Array.from([a, b]) },
    });
    const details = new DetailPoints();
    const topicsOf = (snapshot: SampledSnapshot, at: number) => [
      ...new Set(details.take(snapshot, at)?.map(({ name }) => name.split('/')[0])),
    ];
    expect(topicsOf(flowing(1, 50), 0)).toEqual(['b-busy']);
    expect(topicsOf(flowing(90, 50), 60_000)).toEqual(['b-busy']);
  });
});
