import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { metadataOf } from '#lib/testing/metadata.ts';
import { topicOf } from '#lib/testing/snapshot.ts';
import type { PartName } from './pace.ts';
import { sampleCluster } from './sample.ts';
import { emptySnapshot, type Snapshot } from './snapshot.ts';

const cluster = vi.hoisted(() => ({
  metadata: null as unknown as MetadataColumns | null,
  areEndsSilent: false,
  /** The partition row whose leader does not answer. */
  silentRow: -1,
  asked: [] as string[],
}));

vi.mock('#lib/gateways/kafka/describe-groups.ts', () => ({ describeGroups: async () => [] }));
vi.mock('#lib/gateways/kafka/read-metadata.ts', () => ({
  readMetadata: async () => {
    if (!cluster.metadata) throw new AppError('kafka.no-answer');
    return cluster.metadata;
  },
}));
vi.mock('#lib/gateways/kafka/list-offsets.ts', () => ({
  readOffsets: async (_client: unknown, metadata: MetadataColumns, at: string) => {
    cluster.asked.push(at);
    if (at === 'end' && cluster.areEndsSilent) throw new AppError('kafka.denied');
    const count = metadata.partition.length;
    return {
      columns: {
        offsets: new BigInt64Array(count)
          .fill(at === 'end' ? 100n : 7n)
          .map((offset, row) => (row === cluster.silentRow ? -1n : offset)),
        errors: new Int16Array(count),
      },
      failures: [],
    };
  },
}));
vi.mock('#lib/gateways/kafka/describe-log-dirs.ts', () => ({
  readReplicaSizes: async (_client: unknown, metadata: MetadataColumns) => {
    cluster.asked.push('sizes');
    // A replica's size tells which broker it was read from.
    return {
      columns: {
        sizeBytes: Float64Array.from(metadata.replicas, (broker) => broker * 10),
        logDirIndex: new Int16Array(metadata.replicas.length),
        logDirs: [],
      },
      failures: [],
    };
  },
}));
vi.mock('#lib/gateways/kafka/list-groups.ts', () => ({
  listAllGroups: async () => ({
    groups: [{ groupId: 'g', protocolType: '', groupState: '', type: 'classic', coordinator: 1 }],
    failures: [],
  }),
}));
vi.mock('#lib/gateways/kafka/fetch-group-offsets.ts', () => ({
  readGroupOffsets: async () => ({
    offsets: [{ groupId: 'g', topics: 1, rows: Int32Array.from([0]), committed: BigInt64Array.from([120n]) }],
    failures: [],
  }),
}));
vi.mock('#lib/gateways/kafka/describe-quorum.ts', () => ({
  describeQuorum: async () => {
    cluster.asked.push('quorum');
    return { leaderId: 1, leaderEpoch: 1, voters: [], observers: 0 };
  },
}));
vi.mock('#lib/gateways/kafka/describe-features.ts', () => ({
  describeFeatures: async () => {
    cluster.asked.push('features');
    return [];
  },
}));
vi.mock('#lib/gateways/kafka/read-min-isr.ts', () => ({ readMinInSyncReplicas: async () => new Map() }));

const sample = (before: Snapshot, ...due: PartName[]): Promise<Snapshot> => {
  cluster.asked = [];
  return sampleCluster({} as KafkaClient, before, new Set(due), new AbortController().signal);
};

beforeEach(() => {
  cluster.metadata = metadataOf([topicOf('orders', 2, [1, 2])]);
  cluster.areEndsSilent = false;
  cluster.silentRow = -1;
});

describe('sampleCluster', () => {
  it('asks for everything at the first picture, whatever is due, also after samples that failed', async () => {
    cluster.metadata = null;
    const failed = await sample(emptySnapshot('test'));
    expect(failed.metadata.problem?.code).toBe('kafka.no-answer');
    cluster.metadata = metadataOf([topicOf('orders', 2, [1, 2])]);
    await sample(failed);
    expect(cluster.asked).toEqual(expect.arrayContaining(['end', 'start', 'sizes', 'quorum', 'features']));
  });

  it('asks only for what is due while rows and replicas stay', async () => {
    const first = await sample(emptySnapshot('test'));
    cluster.metadata = metadataOf([topicOf('orders', 2, [1, 2], [2])]);
    const second = await sample(first, 'offsets');
    expect(cluster.asked).toEqual(['end']);
    expect(second.sizes).toBe(first.sizes);
  });

  it('never shows a size under another replica: a reassignment is measured anew', async () => {
    const first = await sample(emptySnapshot('test'));
    cluster.metadata = metadataOf([topicOf('orders', 2, [3, 2])]);
    const second = await sample(first, 'offsets');
    expect(cluster.asked).toContain('sizes');
    expect([...second.sizes.value!.sizeBytes]).toEqual([30, 20, 30, 20]);
    expect(second.ends.value!.offsets).toHaveLength(2);
  });

  it('begins anew when the addresses lead to another cluster: its brokers are not brokers that died', async () => {
    const first = await sample(emptySnapshot('test'));
    cluster.metadata = { ...metadataOf([topicOf('orders', 2, [7])], [7]), clusterId: 'another' };
    const second = await sample(first);
    expect([...second.brokersDown.keys()]).toEqual([]);
    expect(second.changes).toEqual([]);
    expect(second.rates.recordsIn).toBeNull();
    expect(second.seq).toBe(first.seq + 1);
  });

  it('keeps the start of a partition whose leader is silent, and not its end', async () => {
    cluster.silentRow = 1;
    const first = await sample(emptySnapshot('test'));
    expect([...first.starts.value!.offsets]).toEqual([7n, -1n]);
    cluster.silentRow = 0;
    const second = await sample(first, 'offsets', 'starts');
    expect([...second.starts.value!.offsets]).toEqual([7n, 7n]);
    expect([...second.ends.value!.offsets]).toEqual([-1n, 100n]);
    // Rows mean other partitions when a topic is made anew.
    cluster.metadata = metadataOf([topicOf('orders', 1, [1])]);
    const third = await sample(second, 'offsets', 'starts');
    expect([...third.starts.value!.offsets]).toEqual([-1n]);
  });

  it('takes no lag from ends that could not be read: an old end would say caught up', async () => {
    const first = await sample(emptySnapshot('test'));
    expect(first.groupOffsets.value?.get('g')?.lagTotal).toBe(0n);
    cluster.areEndsSilent = true;
    const second = await sample(first, 'offsets', 'groups');
    expect(second.ends.problem?.code).toBe('kafka.denied');
    expect(second.groupOffsets.value?.get('g')).toMatchObject({ lagTotal: null, unknown: 1 });
  });
});
