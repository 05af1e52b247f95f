import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataOf } from '#lib/testing/metadata.ts';
import { addByteRates, addRecordRates, addSizes, groupLag, rollUpTopics } from './roll-up.ts';

const columns = (offsets: (number | bigint)[]) => ({
  offsets: BigInt64Array.from(offsets.map(BigInt)),
  errors: new Int16Array(offsets.length),
});

describe('rollUpTopics', () => {
  it('tells each partition once, by its worst', () => {
    const metadata = metadataOf([
      {
        name: 'a',
        partitions: [
          { leader: -1, replicas: [1, 2, 3], isr: [] },
          { leader: 1, replicas: [1, 2, 3], isr: [1] },
          { leader: 1, replicas: [1, 2, 3], isr: [1, 2] },
          { leader: 1, replicas: [1, 2, 3], isr: [1, 2, 3] },
        ],
      },
    ]);
    const { topics, health } = rollUpTopics(metadata, new Map([['a', 2]]), (broker) => broker === 3);
    expect(health).toEqual({ offline: 1, underMinIsr: 1, underReplicated: 1, unexplained: 0 });
    expect([topics.partitions[0], topics.replicationFactor[0]]).toEqual([4, 3]);
  });

  it('does not call a partition of one replica under min ISR because min ISR is larger than its replicas', () => {
    const metadata = metadataOf([{ name: 'a', partitions: [{ leader: 1, replicas: [1], isr: [1] }] }]);
    expect(rollUpTopics(metadata, new Map([['a', 2]])).health.underMinIsr).toBe(0);
  });
});

describe('rates', () => {
  const one = (ids = 'id') =>
    metadataOf([
      {
        name: 'a',
        topicId: ids,
        partitions: [
          { leader: 1, replicas: [1], isr: [1] },
          { leader: 1, replicas: [1], isr: [1] },
        ],
      },
    ]);

  it('come from the growth of end offsets', () => {
    const now = one();
    const { topics } = rollUpTopics(now, null);
    addRecordRates(topics, now, columns([150, 250]), 10_000, {
      metadata: one(),
      ends: columns([100, 200]),
      endsAt: 5_000,
    });
    expect(topics.recordsPerSecond[0]).toBe(20);
  });

  it('are unknown for a topic that was recreated, and for one whose offsets are not known', () => {
    const now = one('new');
    const { topics } = rollUpTopics(now, null);
    addRecordRates(topics, now, columns([1, 1]), 10_000, {
      metadata: one('old'),
      ends: columns([100, 200]),
      endsAt: 5_000,
    });
    expect(topics.recordsPerSecond[0]).toBeNaN();
    addRecordRates(topics, now, columns([-1, -1]), 10_000, {
      metadata: one('new'),
      ends: columns([1, 1]),
      endsAt: 5_000,
    });
    expect(topics.recordsPerSecond[0]).toBeNaN();
  });

  it('keep partitions apart when some were added', () => {
    const before = metadataOf([{ name: 'a', partitions: [{ leader: 1, replicas: [1], isr: [1] }] }]);
    const now = one('');
    const { topics } = rollUpTopics(now, null);
    addRecordRates(topics, now, columns([110, 50]), 2_000, {
      metadata: before,
      ends: columns([100]),
      endsAt: 1_000,
    });
    expect(topics.recordsPerSecond[0]).toBe(10);
  });

  it('in bytes follow the mean size of a record in the log', () => {
    const now = one();
    const { topics } = rollUpTopics(now, null);
    topics.recordsPerSecond[0] = 10;
    addSizes(topics, now, {
      sizeBytes: Float64Array.from([1000, 3000]),
      logDirIndex: new Int16Array(2),
      logDirs: [],
    });
    addByteRates(topics, now, columns([10, 10]), columns([0, 0]));
    expect(topics.sizeBytes[0]).toBe(4000);
    expect(topics.bytesPerSecond[0]).toBe(2000);
  });
});

describe('groupLag', () => {
  it('counts only what is committed and known', () => {
    const lag = groupLag(
      Int32Array.from([0, 1, 2]),
      BigInt64Array.from([5n, -1n, 7n]),
      columns([15, 20, -1]),
      1,
    );
    expect(lag.lagTotal).toBe(10n);
    expect(lag.unknown).toBe(1);
    expect(lag.worstRow).toBe(0);
  });

  it('is exact in 64 bits and never negative', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 62n), fc.bigInt(0n, 2n ** 62n), (end, committed) => {
        const lag = groupLag(
          Int32Array.from([0]),
          BigInt64Array.from([committed]),
          { offsets: BigInt64Array.from([end]), errors: new Int16Array(1) },
          1,
        );
        expect(lag.lagTotal).toBe(end > committed ? end - committed : 0n);
      }),
    );
  });
});
