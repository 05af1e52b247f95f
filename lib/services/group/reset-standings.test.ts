import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import type { OffsetAt } from '#lib/gateways/kafka/list-offsets.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import type { ResetTarget } from '#lib/model/offset-reset.ts';
import { metadataOf } from '#lib/testing/metadata.ts';
import { topicOf } from '#lib/testing/snapshot.ts';
import type { LiveGroup } from './live-group.ts';
import { standingsOf } from './reset-standings.ts';

/** What leaders say of a time, partition by partition: -1 is that no record is as late, unless an error stands beside it. */
const found = vi.hoisted(() => ({ offsets: [] as bigint[], errors: [] as number[] }));

vi.mock('#lib/gateways/kafka/read-metadata.ts', async (original) => ({
  ...(await original<object>()),
  readMetadata: async () => metadataOf([topicOf('orders', 3)]),
}));
vi.mock('#lib/gateways/kafka/list-offsets.ts', () => ({
  readOffsets: async (_client: unknown, { partition }: MetadataColumns, at: OffsetAt) => {
    const columns =
      at === 'start' || at === 'end'
        ? { offsets: Array.from(partition, () => (at === 'end' ? 100n : 0n)), errors: [0, 0, 0] }
        : found;
    return { columns, failures: [] };
  },
}));
vi.mock('./live-group.ts', () => ({ lookAtGroup: async () => ({ committed: new Map() }) }));

const group = {
  groupId: 'billing',
  committed: new Map([['orders', new Map([0, 1, 2].map((partition) => [partition, 50n]))]]),
} as LiveGroup;
const stand = (target: ResetTarget, timeMs: number | null = null) =>
  standingsOf(
    {} as KafkaClient,
    group,
    { clusterId: 'test', groupId: 'billing', topics: null, target },
    timeMs,
    {},
  );

beforeEach(() => Object.assign(found, { offsets: [7n, -1n, -1n], errors: [0, 0, 0] }));

describe('where a time leads', () => {
  it('is the end where no record is as late, and nowhere where the leader did not say', async () => {
    found.errors = [0, 0, 8];
    const { standings } = await stand({ kind: 'time', timeMs: 1_000 }, 1_000);
    expect(standings.map(({ wanted }) => wanted)).toEqual([
      { kind: 'offset', offset: 7n },
      { kind: 'offset', offset: 100n },
      { kind: 'keep', why: expect.stringContaining('Its leader did not say') },
    ]);
  });
});

describe('what is wrong with a target', () => {
  it.each<[ResetTarget, string]>([
    [{ kind: 'file', text: 'not a file of positions' }, 'target.text'],
    [{ kind: 'group', groupId: 'nobody' }, 'target.groupId'],
  ])('names its own field: %j', async (target, field) => {
    await expect(stand(target)).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });
});
