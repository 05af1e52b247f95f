import { afterAll, describe, expect, it } from 'vitest';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { alterConfigs } from './alter-configs.ts';
import { createPartitions } from './create-partitions.ts';
import { createTopics } from './create-topics.ts';
import { deleteRecords } from './delete-records.ts';
import { deleteTopics } from './delete-topics.ts';
import { describeTopicConfigs } from './describe-configs.ts';
import { electPreferredLeaders } from './elect-leaders.ts';
import { topicSource } from './fetch-source.ts';
import { readOffsets } from './list-offsets.ts';
import { readMetadata, readTopic } from './read-metadata.ts';

/** Every verb that changes something, checked by reading back and by Kafka's own tools. */

const prefix = `gw.changes.${process.pid}`;
const platform = platformHandle();
const client = testKafkaClient();
const made = new Set<string>();

async function create(name: string, partitions = 2): Promise<string> {
  const topic = `${prefix}.${name}`;
  const [created] = await createTopics(client, [{ topic, partitions, replicationFactor: 3, configs: {} }]);
  expect(created?.error).toBeNull();
  made.add(topic);
  return topic;
}

const visible = (topic: string) =>
  expect.poll(async () => (await readMetadata(client)).names.includes(topic), { timeout: 10_000 });

afterAll(async () => {
  await deleteTopics(
    client,
    [...made].map((topic) => ({ topic })),
  );
  await client.close();
});

describe('topics', () => {
  it('are validated without being made, and made with what was asked', async () => {
    const topic = `${prefix}.made`;
    const asked = { topic, partitions: 3, replicationFactor: 2, configs: { 'cleanup.policy': 'compact' } };
    const [checked] = await createTopics(client, [asked], { validateOnly: true });
    expect(checked).toMatchObject({ error: null, partitions: 3, replicationFactor: 2 });
    expect((await readMetadata(client)).names).not.toContain(topic);
    const [created] = await createTopics(client, [asked]);
    made.add(topic);
    expect(created).toMatchObject({ topic, error: null, partitions: 3, replicationFactor: 2 });
    await visible(topic).toBe(true);
    expect((await readTopic(client, topic)).topicIds[0]).toBe(created?.topicId);
    const { stdout } = await platform.cli('org.apache.kafka.tools.TopicCommand', [
      '--describe',
      '--topic',
      topic,
    ]);
    expect(stdout).toMatch(/PartitionCount: 3\s+ReplicationFactor: 2\s+Configs: .*cleanup\.policy=compact/);
  });

  it('fail one by one, each with its sentence', async () => {
    const topic = await create('there');
    const new_ = (name: string, more: object = {}) => ({
      topic: name,
      partitions: 1,
      replicationFactor: 1,
      configs: {},
      ...more,
    });
    const results = await createTopics(client, [
      new_(topic),
      new_(`${prefix}.no good`),
      new_(`${prefix}.factor`, { replicationFactor: 9 }),
      new_(`${prefix}.config`, { configs: { 'retention.ms': 'soon' } }),
      new_(`${prefix}.default`, { partitions: null, replicationFactor: null }),
    ]);
    made.add(`${prefix}.default`);
    const codes = new Map(results.map((result) => [result.topic, result.error?.code ?? null]));
    expect(codes.get(topic)).toBe('topic.exists');
    expect(codes.get(`${prefix}.no good`)).toBe('kafka.rejected');
    expect(codes.get(`${prefix}.factor`)).toBe('kafka.rejected');
    expect(codes.get(`${prefix}.config`)).toBe('kafka.rejected');
    expect(codes.get(`${prefix}.default`)).toBeNull();
    expect(results.find((result) => result.topic.endsWith('.config'))?.error?.facts.message).toContain(
      'retention.ms',
    );
  });

  it('get more partitions, never fewer', async () => {
    const topic = await create('grow');
    await visible(topic).toBe(true);
    expect(
      (await createPartitions(client, [{ topic, total: 5 }], { validateOnly: true }))[0]?.error,
    ).toBeNull();
    expect((await readTopic(client, topic)).partition.length).toBe(2);
    expect((await createPartitions(client, [{ topic, total: 5 }]))[0]?.error).toBeNull();
    await expect
      .poll(async () => (await readTopic(client, topic)).partition.length, { timeout: 10_000 })
      .toBe(5);
    expect((await createPartitions(client, [{ topic, total: 3 }]))[0]?.error).toMatchObject({
      code: 'kafka.rejected',
      facts: { error: 'INVALID_PARTITIONS' },
    });
  });

  it('are deleted by id: one recreated under the same name survives (F12)', async () => {
    const topic = await create('again');
    await visible(topic).toBe(true);
    const oldId = (await readTopic(client, topic)).topicIds[0] as string;
    const source = topicSource(client, client.openChannel('browse'), topic);
    expect((await source.topic()).topicId).toBe(oldId);
    expect((await deleteTopics(client, [{ topic, topicId: oldId }]))[0]?.error).toBeNull();
    await visible(topic).toBe(false);
    await create('again');
    await visible(topic).toBe(true);
    expect((await deleteTopics(client, [{ topic, topicId: oldId }]))[0]?.error?.code).toBe('topic.recreated');
    await expect(source.topic({ refresh: true })).rejects.toMatchObject({ code: 'topic.recreated' });
    expect((await deleteTopics(client, [{ topic }]))[0]?.error).toBeNull();
    await visible(topic).toBe(false);
    expect((await deleteTopics(client, [{ topic }]))[0]?.error?.code).toBe('topic.not-found');
  });
});

describe('configs', () => {
  it('change one by one, and leave the others as they are', async () => {
    const topic = await create('configs');
    const target = { kind: 'topic', topic } as const;
    const value = async (name: string) => {
      const [found] = await describeTopicConfigs(client, [topic], { names: [name] });
      const entry = found?.entries.find((one) => one.name === name);
      return [entry?.value, entry?.source];
    };
    const set = (name: string, text: string) => ({ op: 'set' as const, name, value: text });
    await visible(topic).toBe(true);
    await alterConfigs(client, [
      { target, changes: [set('retention.ms', '7200000'), set('cleanup.policy', 'compact,delete')] },
    ]);
    await expect.poll(() => value('retention.ms'), { timeout: 10_000 }).toEqual(['7200000', 'topic']);
    const [checked] = await alterConfigs(client, [{ target, changes: [set('retention.ms', '1')] }], {
      validateOnly: true,
    });
    expect(checked?.error).toBeNull();
    const [wrong] = await alterConfigs(client, [{ target, changes: [set('retention.ms', 'x')] }], {
      validateOnly: true,
    });
    expect(wrong?.error?.code).toBe('kafka.rejected');
    expect(await value('retention.ms')).toEqual(['7200000', 'topic']);
    await alterConfigs(client, [{ target, changes: [{ op: 'reset', name: 'retention.ms' }] }]);
    await expect.poll(async () => (await value('retention.ms'))[1], { timeout: 10_000 }).not.toBe('topic');
    expect(await value('cleanup.policy')).toEqual(['compact,delete', 'topic']);
    const { stdout } = await platform.cli('kafka.admin.ConfigCommand', [
      '--describe',
      '--entity-type',
      'topics',
      '--entity-name',
      topic,
    ]);
    expect(stdout).toContain('cleanup.policy=compact,delete');
    expect(stdout).not.toContain('retention.ms=');
  });

  it('of a broker are checked by that broker', async () => {
    const changes = [{ op: 'set' as const, name: 'log.cleaner.threads', value: '-3' }];
    const [refused] = await alterConfigs(client, [{ target: { kind: 'broker', broker: 2 }, changes }], {
      validateOnly: true,
    });
    expect(refused?.error?.code).toBe('kafka.rejected');
    const readOnly = [{ op: 'set' as const, name: 'broker.rack', value: 'x' }];
    const [fixed] = await alterConfigs(
      client,
      [{ target: { kind: 'broker', broker: 2 }, changes: readOnly }],
      { validateOnly: true },
    );
    expect(fixed?.error?.facts.message).toContain('broker.rack');
  });
});

describe('records and leaders', () => {
  it('records before an offset are gone, per partition, and past the end is refused', async () => {
    const topic = await create('records');
    await visible(topic).toBe(true);
    for (let i = 0; i < 6; i += 1) {
      await client.produce({ topic, key: null, value: Buffer.from(`${i}`), headers: [], partition: i % 2 });
    }
    const results = await deleteRecords(
      client,
      topic,
      new Map([
        [0, 2n],
        [1, 99n],
        [7, 1n],
      ]),
    );
    expect(
      results.map(({ partition, startOffset, error }) => [partition, startOffset, error?.code ?? null]),
    ).toEqual([
      [0, 2n, null],
      [1, -1n, 'kafka.rejected'],
      [7, -1n, 'topic.not-found'],
    ]);
    const metadata = await readTopic(client, topic);
    expect([...(await readOffsets(client, metadata, 'start')).columns.offsets]).toEqual([2n, 0n]);
    expect((await deleteRecords(client, topic, new Map([[1, -1n]])))[0]).toMatchObject({
      startOffset: 3n,
      error: null,
    });
  });

  it('leadership goes back to the preferred replica; where it is already, nothing happens', async () => {
    const topic = await create('leaders');
    await visible(topic).toBe(true);
    const elections = await electPreferredLeaders(client, [
      { topic, partition: 0 },
      { topic, partition: 1 },
      { topic: `${prefix}.nowhere`, partition: 0 },
    ]);
    expect(
      elections.filter((one) => one.topic === topic).map(({ isChanged, error }) => [isChanged, error]),
    ).toEqual([
      [false, null],
      [false, null],
    ]);
    expect(elections.find((one) => one.topic !== topic)?.error?.code).toBe('topic.not-found');
  });
});

describe('a read-only cluster (R38)', () => {
  it('is changed by no verb, whoever calls it', async () => {
    const readOnly = testKafkaClient({ isReadOnly: () => true, name: 'locked' });
    const topic = `${prefix}.locked`;
    const refused = { code: 'cluster.read-only', facts: { cluster: 'locked' } };
    const changes = [{ op: 'reset' as const, name: 'retention.ms' }];
    const attempts: Record<string, () => Promise<unknown>> = {
      createTopics: () =>
        createTopics(readOnly, [{ topic, partitions: 1, replicationFactor: 1, configs: {} }]),
      createPartitions: () => createPartitions(readOnly, [{ topic, total: 2 }]),
      deleteTopics: () => deleteTopics(readOnly, [{ topic }]),
      deleteRecords: () => deleteRecords(readOnly, topic, new Map([[0, -1n]])),
      alterConfigs: () => alterConfigs(readOnly, [{ target: { kind: 'topic', topic }, changes }]),
      electPreferredLeaders: () => electPreferredLeaders(readOnly, [{ topic, partition: 0 }]),
      produce: async () => readOnly.produce({ topic, key: null, value: null, headers: [] }),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      await expect(attempt(), name).rejects.toMatchObject(refused);
    }
    expect(readOnly.usage()).toEqual([]);
    await readOnly.close();
  });
});
