import { describe, expect, it } from 'vitest';
import type { LoomPartition } from './arrange-loom.ts';
import { arrangeLoom, placeOf } from './arrange-loom.ts';

const partition = (
  number: number,
  leader: number | null,
  inSync: number[],
  out: number[] = [],
): LoomPartition => ({
  partition: number,
  leader,
  replicas: [
    ...inSync.map((broker) => ({ broker, isInSync: true })),
    ...out.map((broker) => ({ broker, isInSync: false })),
  ],
  isTroubled: out.length > 0,
});
const brokers = [
  { id: 3, rack: 'b', state: 'ok' as const, stateWords: 'Up' },
  { id: 2, rack: 'a', state: 'ok' as const, stateWords: 'Up' },
  { id: 1, rack: 'a', state: 'ok' as const, stateWords: 'Up' },
];

describe('the loom', () => {
  it('knows leader, follower, out of sync and none', () => {
    const p = partition(0, 1, [1, 2], [3]);
    expect([1, 2, 3, 4].map((id) => placeOf(p, id))).toEqual(['leader', 'follower', 'out', 'none']);
  });
  it('groups brokers by rack and counts over all partitions', () => {
    const loom = arrangeLoom([partition(1, 1, [1, 2]), partition(0, 1, [1], [3])], brokers);
    expect(loom.brokers.map((broker) => broker.id)).toEqual([1, 2, 3]);
    expect(loom.brokers[0]).toMatchObject({ leaders: 2, inSync: 2, held: 2, places: ['leader', 'leader'] });
    expect(loom.brokers[2]).toMatchObject({ leaders: 0, inSync: 0, held: 1, places: ['out', 'none'] });
  });
  it('shows the troubled first above 96 and says how many are left out', () => {
    const many = Array.from({ length: 100 }, (_, n) => partition(n, 1, [1], n === 99 ? [3] : []));
    const loom = arrangeLoom(many, brokers);
    expect(loom.partitions).toHaveLength(96);
    expect(loom.partitions[0]?.partition).toBe(99);
    expect(loom.leftOut).toBe(4);
    expect(loom.brokers[0]?.leaders).toBe(100);
  });
});
