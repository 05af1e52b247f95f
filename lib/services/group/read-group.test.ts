import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { metadataOf } from '#lib/testing/metadata.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { readGroup } from './read-group.ts';

const now = vi.hoisted(() => ({
  topics: null as unknown as MetadataColumns,
  /** End of every partition as its leader tells it now; null when nobody answers. */
  end: null as bigint | null,
  snapshot: null as unknown,
  /** How often the collector was asked for a new picture. */
  refreshed: 0,
  /** What Kafka says of the group when it is asked by name. */
  state: '',
}));

vi.mock('#lib/collector/connections.ts', () => ({ kafkaOf: async () => ({}) }));
vi.mock('#lib/collector/collectors.ts', () => ({
  collectorOf: () => ({
    groupRing: { read: () => [] },
    refresh: async () => {
      now.refreshed += 1;
      now.snapshot = pictureOf([group]);
    },
  }),
}));
vi.mock('./live-group.ts', async (original) => ({
  ...(await original<object>()),
  lookAtGroup: async () => ({ groupState: now.state, committed: new Map() }),
}));
vi.mock('#lib/collector/read-snapshot.ts', () => ({ sampledCluster: async () => now.snapshot }));
vi.mock('#lib/gateways/kafka/describe-groups.ts', () => ({ describeGroups: async () => [] }));
vi.mock('#lib/gateways/kafka/fetch-group-offsets.ts', () => ({
  readGroupOffsets: async () => ({
    // Row 2 is partition 1 of `orders`, behind one partition of `apples`.
    offsets: [{ groupId: 'g', topics: 1, rows: Int32Array.from([2]), committed: BigInt64Array.from([150n]) }],
    failures: [],
  }),
}));
vi.mock('#lib/gateways/kafka/read-metadata.ts', () => ({ readMetadata: async () => now.topics }));
vi.mock('#lib/gateways/kafka/list-offsets.ts', () => ({
  readOffsets: async (_client: unknown, metadata: MetadataColumns) => {
    if (now.end === null) throw new AppError('kafka.no-answer', { reason: 'It is silent.' });
    const count = metadata.partition.length;
    return {
      columns: { offsets: new BigInt64Array(count).fill(now.end), errors: new Int16Array(count) },
      failures: [],
    };
  },
}));

const read = () => readGroup.run(contextAs('viewer'), { clusterId: 'test', groupId: 'g' });

const group = {
  groupId: 'g',
  protocolType: 'consumer',
  groupState: 'Empty',
  type: 'classic',
  coordinator: 1,
};
const pictureOf = (groups: (typeof group)[]) => ({
  ...snapshotOfTopics([topicOf('apples', 1), topicOf('orders', 2)]),
  // Taken before the group committed 150.
  ends: partOf({ offsets: BigInt64Array.from([7n, 100n, 100n]), errors: new Int16Array(3) }),
  groups: partOf(groups),
});

beforeEach(() => {
  now.topics = metadataOf([topicOf('orders', 2)]);
  now.end = 500n;
  now.refreshed = 0;
  now.snapshot = pictureOf([group]);
});

describe('group.read', () => {
  it('takes lag from ends as new as the commits: against older ones it would read as caught up', async () => {
    const group = await read();
    expect(group.lagMessages).toBe('350');
    expect(group.partitions).toMatchObject([
      { topic: 'orders', partition: 1, committedOffset: '150', endOffset: '500', lagMessages: '350' },
    ]);
    expect(group.missing).toEqual([]);
  });

  it('says that ends are old when nobody tells them', async () => {
    now.end = null;
    const group = await read();
    expect(group.partitions[0]?.endOffset).toBe('100');
    expect(group.missing).toMatchObject([{ part: 'end offsets', since: '1970-01-01T00:00:01.000Z' }]);
  });

  it('takes no end of a topic that was made anew under the name (F12)', async () => {
    now.topics = metadataOf([{ ...topicOf('orders', 2), topicId: 'another' }]);
    expect((await read()).partitions[0]?.endOffset).toBe('100');
  });
  it('has the picture taken anew for a group that it lacks only when Kafka knows that group', async () => {
    now.snapshot = pictureOf([]);
    now.state = '';
    // A page that is open on a group that is gone asks with every picture: one for each of its questions would never end.
    await expect(read()).rejects.toMatchObject({ code: 'group.not-found' });
    expect(now.refreshed).toBe(0);
    now.state = 'Empty';
    expect((await read()).groupId).toBe('g');
    expect(now.refreshed).toBe(1);
  });
});
