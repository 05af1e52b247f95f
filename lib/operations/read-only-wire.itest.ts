import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kafkaOf } from '#lib/collector/connections.ts';
import { updateCluster } from '#lib/gateways/database/clusters.ts';
import { alterConfigs } from '#lib/gateways/kafka/alter-configs.ts';
import { alterShareOffsets, deleteShareOffsets } from '#lib/gateways/kafka/alter-share-offsets.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { commitOffsets } from '#lib/gateways/kafka/commit-offsets.ts';
import { createPartitions } from '#lib/gateways/kafka/create-partitions.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { deleteGroup } from '#lib/gateways/kafka/delete-group.ts';
import { deleteOffsets } from '#lib/gateways/kafka/delete-offsets.ts';
import { deleteRecords } from '#lib/gateways/kafka/delete-records.ts';
import { deleteTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { electPreferredLeaders } from '#lib/gateways/kafka/elect-leaders.ts';
import { stopSteps } from '#lib/process.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { type FakeCluster, startFakeCluster } from '#lib/testing/fake-broker.ts';
import { topicName } from '#lib/testing/fake-broker-answers.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';

/**
 * R38 below the actions: the client that the product itself makes of a read-only cluster refuses each change at the wire,
 * whoever asks for it.
 */

let database: TestDatabase;
let fake: FakeCluster;
const topic = topicName(0);

/** By file of the gateway, because a new one must be found missing here. */
const changes: Record<string, (client: KafkaClient) => Promise<unknown>> = {
  'alter-configs.ts': (client) =>
    alterConfigs(client, [
      { target: { kind: 'topic', topic }, changes: [{ op: 'set', name: 'retention.ms', value: '1' }] },
    ]),
  'alter-share-offsets.ts': async (client) => {
    // Both changes of that file: the second is tried whatever became of the first.
    const removed = deleteShareOffsets(client, 'readers', [topic]);
    await Promise.allSettled([removed]);
    await alterShareOffsets(client, 'readers', [{ topic, partition: 0, offset: 1n }]);
    await removed;
  },
  'commit-offsets.ts': (client) => commitOffsets(client, 'readers', [{ topic, partition: 0, offset: 1n }]),
  'create-partitions.ts': (client) => createPartitions(client, [{ topic, total: 9 }]),
  'create-topics.ts': (client) =>
    createTopics(client, [{ topic: 'x', partitions: 1, replicationFactor: 1, configs: {} }]),
  'delete-group.ts': (client) => deleteGroup(client, 'readers'),
  'delete-offsets.ts': (client) => deleteOffsets(client, 'readers', [{ topic, partition: 0 }]),
  'delete-records.ts': (client) => deleteRecords(client, topic, new Map([[0, 1n]])),
  'delete-topics.ts': (client) => deleteTopics(client, [{ topic }]),
  'elect-leaders.ts': (client) => electPreferredLeaders(client, [{ topic, partition: 0 }]),
  'produce.ts': async (client) => client.produce({ topic, key: null, value: Buffer.from('x'), headers: [] }),
};

/** Metadata, ApiVersions, FindCoordinator, DescribeCluster: what a client asks to find its way. */
const harmless = new Set([3, 10, 18, 60]);

beforeAll(async () => {
  process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8';
  database = await openTestDatabase();
  fake = await startFakeCluster({ topics: 1 });
  await registerSampleCluster({ id: 'open', bootstrap: fake.bootstrap });
  await registerSampleCluster({ id: 'locked', readOnly: true, bootstrap: fake.bootstrap });
});

beforeEach(() => {
  fake.requests.length = 0;
});

afterAll(async () => {
  await Promise.allSettled(stopSteps().map(({ stop }) => stop()));
  await fake.stop();
  await database.close();
});

describe('R38: a read-only cluster', () => {
  it('knows every change that the gateway can make', () => {
    const files = globSync('lib/gateways/kafka/*.ts', { exclude: ['**/*test.ts'] }).filter((path) => {
      const text = readFileSync(path, 'utf8');
      return /\bmutate\(|assertWritable\(\);|\.assertWritable\(\)/.test(text);
    });
    const own = new Set(['mutate.ts', 'client.ts']);
    const names = files.map((path) => path.split('/').at(-1) ?? '').filter((name) => !own.has(name));
    expect(new Set([...names, 'produce.ts'])).toEqual(new Set(Object.keys(changes)));
  });

  it.each(Object.entries(changes))('refuses %s before anything is sent', async (_file, change) => {
    const client = await kafkaOf('locked');
    await expect(change(client)).rejects.toMatchObject({
      code: 'cluster.read-only',
      facts: { cluster: 'locked' },
    });
    expect(fake.requests.filter(({ apiKey }) => !harmless.has(apiKey))).toEqual([]);
  });

  it.each(Object.entries(changes))('a cluster that is open lets %s through', async (_file, change) => {
    const client = await kafkaOf('open');
    const error = await change(client).catch((thrown: unknown) => thrown);
    expect(error).not.toMatchObject({ code: 'cluster.read-only' });
  });

  it('is read-only from the moment it is switched', async () => {
    await kafkaOf('open');
    await updateCluster('open', 1, { readOnly: true });
    const client = await kafkaOf('open');
    await expect(changes['delete-topics.ts']?.(client)).rejects.toMatchObject({ code: 'cluster.read-only' });
  });
});
