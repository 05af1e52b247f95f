import { describe, expect, it, vi } from 'vitest';
import { contextAs } from '#lib/testing/principals.ts';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { listPositions } from './list-positions.ts';

const now = vi.hoisted(() => ({ snapshot: null as unknown }));
vi.mock('#lib/collector/read-snapshot.ts', () => ({ sampledCluster: async () => now.snapshot }));

const group = (groupId: string) => ({
  groupId,
  protocolType: 'consumer',
  groupState: 'Stable',
  type: 'classic' as const,
  coordinator: 1,
});
const offsets = (rows: number[], committed: bigint[]) => ({
  rows: Int32Array.from(rows),
  committed: BigInt64Array.from(committed),
});

describe('group.positions', () => {
  it('lists the groups that committed in the partition, the furthest behind first', async () => {
    now.snapshot = {
      ...snapshotOfTopics([topicOf('apples', 1), topicOf('orders', 2)]),
      groups: partOf(['near', 'far', 'elsewhere', 'never'].map(group)),
      groupOffsets: partOf(
        new Map([
          ['near', offsets([1, 2], [3n, 9007199254740993n])],
          ['far', offsets([2], [150n])],
          ['elsewhere', offsets([0, 1], [1n, 2n])],
          ['never', offsets([2], [-1n])],
        ]),
      ),
    };
    const answer = await listPositions.run(contextAs('viewer'), {
      clusterId: 'test',
      topic: 'orders',
      partition: 1,
    });
    expect(answer.groups).toEqual([
      { groupId: 'far', groupState: 'Stable', committedOffset: '150' },
      { groupId: 'near', groupState: 'Stable', committedOffset: '9007199254740993' },
    ]);
  });

  it('says that there is no such topic', async () => {
    now.snapshot = snapshotOfTopics([topicOf('orders', 1)]);
    await expect(
      listPositions.run(contextAs('viewer'), { clusterId: 'test', topic: 'gone', partition: 0 }),
    ).rejects.toMatchObject({ code: 'topic.not-found' });
  });
});
