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
});
