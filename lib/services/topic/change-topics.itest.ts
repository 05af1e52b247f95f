import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { readOperation } from '#lib/gateways/database/audit-search.ts';
import { deleteTopics as removeTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { Command } from '#lib/operations/define-command.ts';
import type { Plan } from '#lib/operations/define-plan.ts';
import type { Query } from '#lib/operations/define-query.ts';
import { runCommand, runPlan } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { openTestServices, type TestServices } from '#lib/testing/services.ts';
import { platformHandle } from '#platform/handle.ts';
import { addPartitions, planAddPartitions } from './add-partitions.ts';
import { configureTopics, planConfigureTopics } from './configure-topics.ts';
import { createTopic, planCreateTopic } from './create-topic.ts';
import { deleteRecords, planDeleteRecords } from './delete-records.ts';
import { deleteTopics, planDeleteTopics } from './delete-topics.ts';
import { electLeaders, planElectLeaders } from './elect-leaders.ts';
import { listTopicConfigs } from './list-topic-configs.ts';
import { listTopics } from './list-topics.ts';
import { readTopic } from './read-topic.ts';

/** Verbs of topics against the real cluster: plan, act, what the audit keeps, with Kafka's own tools as witness. */

const prefix = `svc.topic.${process.pid}`;
const platform = platformHandle();
const client = testKafkaClient();
const clusterId = 'test';
const made = new Set<string>();
let services: TestServices;

/** Carries a verb out and gives what it answered, with how the audit says it ended. */
async function act<I extends z.ZodType, R>(command: Command<I, R>, input: z.input<I>) {
  const result = await runCommand(command, contextAs('operator'), input);
  if (!result.ok) throw new Error(`${command.name}: ${JSON.stringify(result.problem)}`);
  const entry = await readOperation(result.operationId);
  return { value: result.value, audit: entry };
}

async function plan<I extends z.ZodType, R>(verb: Plan<I, R>, input: z.input<I>): Promise<R> {
  const result = await runPlan(verb, contextAs('operator'), input);
  if (!result.ok) throw new Error(`${verb.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

async function ask<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: z.input<I>) {
  const result = await runQuery(query, contextAs('viewer'), input);
  if (!result.ok) throw new Error(`${query.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

async function refused<I extends z.ZodType, R>(
  verb: Command<I, R> | Plan<I, R>,
  input: z.input<I>,
  role: Role = 'operator',
): Promise<Problem> {
  const context = contextAs(role);
  const result =
    verb.kind === 'plan' ? await runPlan(verb, context, input) : await runCommand(verb, context, input);
  if (result.ok) throw new Error(`${verb.name} was not refused`);
  return result.problem;
}

async function create(name: string, configs: Record<string, string> = {}): Promise<string> {
  const topic = `${prefix}.${name}`;
  made.add(topic);
  await act(createTopic, { clusterId, topic, partitions: 3, replicationFactor: 3, configs });
  return topic;
}

/** Writes `count` records to each of the three partitions. */
async function write(topic: string, count: number): Promise<void> {
  for (let i = 0; i < count * 3; i++)
    await client.produce({
      topic,
      key: null,
      value: Buffer.from(`v${i}`),
      headers: [],
      partition: i % 3,
    });
}

const describedBy = async (topic: string): Promise<string> =>
  (await platform.cli('org.apache.kafka.tools.TopicCommand', ['--describe', '--topic', topic])).stdout;

beforeAll(async () => {
  services = await openTestServices();
});

afterAll(async () => {
  const { names } = await readMetadata(client);
  const left = names.filter((name) => made.has(name)).map((topic) => ({ topic }));
  if (left.length > 0) await removeTopics(client, left);
  await client.close();
  await services.close();
});

describe('creating a topic', () => {
  it('is checked without making anything, then made, listed and kept in the audit', async () => {
    const topic = `${prefix}.made`;
    made.add(topic);
    const input = {
      clusterId,
      topic,
      partitions: 3,
      replicationFactor: 3,
      configs: { 'retention.ms': '3600000' },
    };
    expect(await plan(planCreateTopic, input)).toEqual({ topic, partitions: 3, replicas: 9 });
    expect((await readMetadata(client)).names).not.toContain(topic);
    const { audit } = await act(createTopic, input);
    expect(audit).toMatchObject({ action: 'topic.create', targetId: topic, clusterId, outcome: 'succeeded' });
    expect(await describedBy(topic)).toMatch(
      /PartitionCount: 3\s+ReplicationFactor: 3.*retention.ms=3600000/,
    );
    const listed = await ask(listTopics, { clusterId, q: topic });
    expect(listed.rows.map((row) => row.name)).toEqual([topic]);
    const detail = await ask(readTopic, { clusterId, topic });
    expect(detail.retentionMs).toBe('3600000');
    expect(detail.partitions.every((row) => row.stateWords === 'In sync')).toBe(true);
  });

  it('names the field of what the policy or Kafka does not accept', async () => {
    const topic = await create('taken');
    const input = { clusterId, topic: `${prefix}.bad`, partitions: 3, replicationFactor: 3, configs: {} };
    const fields = async (more: object) => (await refused(planCreateTopic, { ...input, ...more })).fields;
    expect(await fields({ topic })).toEqual({ topic: 'A topic of this name exists already.' });
    expect((await fields({ topic: topic.replaceAll('.', '_') }))?.topic).toContain('share metric names');
    expect((await fields({ replicationFactor: 4 }))?.replicationFactor).toContain('no place for 4 replicas');
    expect((await fields({ replicationFactor: 1 }))?.replicationFactor).toContain(
      'Production policy asks for 3',
    );
    expect((await refused(planCreateTopic, { ...input, configs: { 'segment.bytes': 'x' } })).what).toContain(
      'segment.bytes',
    );
    expect((await readMetadata(client)).names).not.toContain(input.topic);
  });
});

describe('configs', () => {
  it('are shown as a diff, changed key by key, and can be taken back', async () => {
    const topic = await create('configured', { 'retention.ms': '3600000', 'segment.bytes': '16777216' });
    const changes = [
      { op: 'set' as const, name: 'retention.ms', value: '7200000' },
      { op: 'set' as const, name: 'min.insync.replicas', value: '1' },
    ];
    const { diff, digest } = await plan(planConfigureTopics, { clusterId, topics: [topic], changes });
    expect(diff).toMatchObject([
      { name: 'retention.ms', from: '3600000', to: '7200000', isOwn: true },
      { name: 'min.insync.replicas', to: '1', isOwn: false },
    ]);
    await act(configureTopics, { clusterId, topics: [topic], changes, digest });
    expect(await describedBy(topic)).toMatch(
      /segment.bytes=16777216.*retention.ms=7200000|retention.ms=7200000/,
    );
    const own = async () =>
      (await ask(listTopicConfigs, { clusterId, topic })).entries
        .filter((entry) => entry.source === 'topic')
        .map((entry) => `${entry.name}=${entry.value}`)
        .sort();
    expect(await own()).toEqual(['min.insync.replicas=1', 'retention.ms=7200000', 'segment.bytes=16777216']);
    const back = [{ op: 'reset' as const, name: 'min.insync.replicas' }];
    const undo = await plan(planConfigureTopics, { clusterId, topics: [topic], changes: back });
    await act(configureTopics, { clusterId, topics: [topic], changes: back, digest: undo.digest });
    expect(await own()).toEqual(['retention.ms=7200000', 'segment.bytes=16777216']);
  });

  it('are left alone when the world moved between plan and act', async () => {
    const topic = await create('moved');
    const changes = [{ op: 'set' as const, name: 'retention.ms', value: '1000000' }];
    const first = await plan(planConfigureTopics, { clusterId, topics: [topic], changes });
    const other = [{ op: 'set' as const, name: 'retention.ms', value: '5000000' }];
    const between = await plan(planConfigureTopics, { clusterId, topics: [topic], changes: other });
    await act(configureTopics, { clusterId, topics: [topic], changes: other, digest: between.digest });
    const problem = await refused(configureTopics, {
      clusterId,
      topics: [topic],
      changes,
      digest: first.digest,
    });
    expect(problem.code).toBe('plan.moved');
    expect(await describedBy(topic)).toContain('retention.ms=5000000');
  });
});

describe('more partitions', () => {
  it('say how many keys move, and are added once', async () => {
    const topic = await create('grown');
    const seen = await plan(planAddPartitions, { clusterId, topic, total: 6 });
    expect(seen).toMatchObject({ from: 3, to: 6 });
    expect(seen.movedKeys).toBeCloseTo(0.5, 10);
    await act(addPartitions, { clusterId, topic, total: 6, digest: seen.digest });
    expect(await describedBy(topic)).toContain('PartitionCount: 6');
    const again = await refused(addPartitions, { clusterId, topic, total: 6, digest: seen.digest });
    expect(again.fields?.total).toContain('There are 6 partitions');
  });
});

describe('deleting records', () => {
  it('takes what the plan named and nothing that was written after it', async () => {
    const topic = await create('emptied');
    await write(topic, 4);
    const seen = await plan(planDeleteRecords, { clusterId, topic, upTo: { kind: 'all' } });
    expect(seen.records).toBe('12');
    await write(topic, 2);
    const before = seen.partitions.flatMap(({ partition, before: offset }) =>
      offset === null ? [] : [{ partition, offset }],
    );
    const wrong = await refused(deleteRecords, { clusterId, topic, before, digest: seen.digest, typed: 'x' });
    expect(wrong.fields?.typed).toBe(`Type ${topic} to confirm.`);
    const changed = before.map(({ partition }) => ({ partition, offset: '6' }));
    expect(
      (await refused(deleteRecords, { clusterId, topic, before: changed, digest: seen.digest, typed: topic }))
        .code,
    ).toBe('plan.moved');
    const { value, audit } = await act(deleteRecords, {
      clusterId,
      topic,
      before,
      digest: seen.digest,
      typed: topic,
    });
    expect(value).toEqual({ partitions: 3, failures: [] });
    expect(audit).toMatchObject({ action: 'topic.delete-records', outcome: 'succeeded' });
    const starts = await platform.cli('org.apache.kafka.tools.GetOffsetShell', [
      ...['--topic', topic, '--time', 'earliest'],
    ]);
    expect(starts.stdout.trim().split('\n').sort()).toEqual([0, 1, 2].map((p) => `${topic}:${p}:4`));
    const detail = await ask(readTopic, { clusterId, topic });
    expect(detail.partitions.map((row) => row.records)).toEqual(['2', '2', '2']);
  });

  it('goes up to an offset of one partition, or up to a time', async () => {
    const topic = await create('shortened');
    await write(topic, 3);
    const at = await plan(planDeleteRecords, {
      clusterId,
      topic,
      upTo: { kind: 'offset', partition: 1, offset: '2' },
    });
    expect(at.partitions).toMatchObject([{ partition: 1, startOffset: '0', before: '2', records: '2' }]);
    const future = await plan(planDeleteRecords, {
      clusterId,
      topic,
      upTo: { kind: 'time', timeMs: Date.now() + 3_600_000 },
    });
    expect(future.records).toBe('9');
    const past = await plan(planDeleteRecords, { clusterId, topic, upTo: { kind: 'time', timeMs: 1 } });
    expect(past.records).toBe('0');
  });

  it('is refused for compacted topics and for those Kafka works with, before anything is tried', async () => {
    const topic = await create('compacted', { 'cleanup.policy': 'compact' });
    const upTo = { kind: 'all' as const };
    expect((await refused(planDeleteRecords, { clusterId, topic, upTo })).code).toBe('topic.compacted');
    expect((await refused(planDeleteRecords, { clusterId, topic: '__consumer_offsets', upTo })).code).toBe(
      'topic.internal',
    );
  });
});

describe('leaders', () => {
  it('need no election where every preferred replica leads', async () => {
    const topic = await create('led');
    const seen = await plan(planElectLeaders, { clusterId, topic });
    expect(seen.moves).toEqual([]);
    const { value } = await act(electLeaders, { clusterId, topic, digest: seen.digest });
    expect(value).toEqual({ moved: 0, failures: [] });
  });
});

describe('deleting topics', () => {
  it('shows what is lost, takes the typed name, and acts on what the plan saw', async () => {
    const topic = await create('gone');
    await write(topic, 2);
    const seen = await plan(planDeleteTopics, { clusterId, topics: [topic] });
    expect(seen.topics).toMatchObject([{ topic, partitions: 3, records: '6', readers: [] }]);
    expect(seen.typed).toBe(topic);
    const input = { clusterId, topics: [topic], digest: seen.digest };
    expect((await refused(deleteTopics, { ...input, typed: 'something' })).fields?.typed).toContain(topic);
    const { audit } = await act(deleteTopics, { ...input, typed: topic });
    expect(audit).toMatchObject({ action: 'topic.delete', targetId: topic, outcome: 'succeeded' });
    await expect.poll(async () => (await readMetadata(client)).names.includes(topic)).toBe(false);
    const missing = await refused(deleteTopics, { ...input, typed: topic });
    expect(missing.code).toBe('topic.not-found');
  });

  it('spares a topic that was made anew under the same name', async () => {
    const topic = await create('renewed');
    const seen = await plan(planDeleteTopics, { clusterId, topics: [topic] });
    await removeTopics(client, [{ topic }]);
    await expect.poll(async () => (await readMetadata(client)).names.includes(topic)).toBe(false);
    await create('renewed');
    const problem = await refused(deleteTopics, {
      clusterId,
      topics: [topic],
      digest: seen.digest,
      typed: topic,
    });
    expect(problem.code).toBe('plan.moved');
    expect((await readMetadata(client)).names).toContain(topic);
  });

  it('asks for the name of the cluster when there are several, and never touches what Kafka works with', async () => {
    const topics = [await create('many-a'), await create('many-b')];
    const seen = await plan(planDeleteTopics, { clusterId, topics });
    expect(seen.typed).toBe('Test cluster');
    const { value, audit } = await act(deleteTopics, {
      clusterId,
      topics,
      digest: seen.digest,
      typed: 'Test cluster',
    });
    expect(value).toEqual({ deleted: topics, failures: [] });
    expect(audit?.targetId).toBe('2 topics');
    expect((await refused(planDeleteTopics, { clusterId, topics: ['__consumer_offsets'] })).code).toBe(
      'topic.internal',
    );
  });
});

describe('who may', () => {
  it('not a viewer and not a developer, and the attempt is kept', async () => {
    const topic = await create('kept');
    const seen = await plan(planDeleteTopics, { clusterId, topics: [topic] });
    for (const role of ['viewer', 'developer'] as const) {
      const input = { clusterId, topics: [topic], digest: seen.digest, typed: topic };
      expect((await refused(deleteTopics, input, role)).code).toBe('auth.forbidden');
      expect((await refused(planDeleteTopics, { clusterId, topics: [topic] }, role)).code).toBe(
        'auth.forbidden',
      );
    }
    expect((await readMetadata(client)).names).toContain(topic);
  });
});
