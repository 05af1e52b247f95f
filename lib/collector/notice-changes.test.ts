import { describe, expect, it } from 'vitest';
import { snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { brokersDown, noticeChanges } from './notice-changes.ts';
import { emptySnapshot } from './snapshot.ts';

const well = snapshotOfTopics([topicOf('orders', 3)]);
const withoutThree = snapshotOfTopics([topicOf('orders', 3, [1, 2, 3], [1, 2])], {
  alive: [1, 2],
  minIsr: { orders: 3 },
});

describe('brokersDown', () => {
  it('finds a broker by the replicas it should hold, with the address it last had', () => {
    const down = brokersDown(well, withoutThree.metadata.value, 9_000);
    expect([...down]).toEqual([[3, { since: 9_000, host: 'broker-3', port: 9092, rack: 'rack-3' }]]);
  });

  it('keeps the time it was first missed', () => {
    const before = {
      ...withoutThree,
      brokersDown: new Map([[3, { since: 4_000, host: null, port: null, rack: null }]]),
    };
    expect(brokersDown(before, withoutThree.metadata.value, 9_000).get(3)?.since).toBe(4_000);
  });

  it('does not claim to know since when, for a broker that was away as it began to look', () => {
    const down = brokersDown(emptySnapshot('test'), withoutThree.metadata.value, 9_000);
    expect(down.get(3)?.since).toBeNull();
    const still = brokersDown({ ...withoutThree, brokersDown: down }, withoutThree.metadata.value, 99_000);
    expect(still.get(3)?.since).toBeNull();
  });

  it('forgets a broker that was taken out of service: away for an hour, and without a replica', () => {
    const taken = snapshotOfTopics([topicOf('orders', 3, [1, 2])], { alive: [1, 2] });
    const before = {
      ...taken,
      brokersDown: new Map([[3, { since: 0, host: null, port: null, rack: null }]]),
    };
    expect([...brokersDown(before, taken.metadata.value, 3_599_000).keys()]).toEqual([3]);
    const later = brokersDown(before, taken.metadata.value, 3_600_000);
    expect([...later.keys()]).toEqual([]);
    expect(noticeChanges(before, { ...taken, brokersDown: later })).toEqual([]);
    const holding = { ...before, metadata: withoutThree.metadata };
    expect([...brokersDown(holding, withoutThree.metadata.value, 9e9).keys()]).toEqual([3]);
  });
});

describe('noticeChanges', () => {
  it('notices nothing at the first sample of a process: it does not know what was before', () => {
    expect(noticeChanges(emptySnapshot('test'), withoutThree)).toEqual([]);
  });

  it('notices a broker that goes, what it takes along, and its return', () => {
    const gone = noticeChanges(well, withoutThree);
    expect(gone.map((change) => change.kind)).toEqual(['broker.down', 'partitions.under-min-isr']);
    const back = noticeChanges({ ...withoutThree, changes: gone }, well);
    expect(back.map((change) => change.kind)).toEqual([
      'broker.up',
      'partitions.recovered',
      'broker.down',
      'partitions.under-min-isr',
    ]);
  });

  it('takes the controller of metadata for one only where there is no quorum', () => {
    const one = {
      ...well,
      metadata: { ...well.metadata, value: { ...well.metadata.value, controllerId: 1 } },
    };
    const two = {
      ...well,
      metadata: { ...well.metadata, value: { ...well.metadata.value, controllerId: 2 } },
    };
    expect(noticeChanges(one, two)).toEqual([]);
    const problem = { code: 'kafka.unsupported', status: 422, what: '', next: '' };
    const withoutQuorum = { ...two, quorum: { ...two.quorum, problem } };
    expect(noticeChanges(one, withoutQuorum).map((change) => change.title)).toEqual([
      'Controller moved to 2',
    ]);
  });
});
