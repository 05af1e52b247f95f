import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#lib/testing/database.ts';
import { act, ask, clusterId, plan, refused, topicSuite } from '#lib/testing/topic-suite.ts';
import { addPartitions, planAddPartitions } from './add-partitions.ts';
import { configureTopics, planConfigureTopics } from './configure-topics.ts';
import { createTopic, planCreateTopic } from './create-topic.ts';
import { electLeaders, planElectLeaders } from './elect-leaders.ts';
import { listTopicConfigs } from './list-topic-configs.ts';
import { listTopics } from './list-topics.ts';
import { readTopic } from './read-topic.ts';

/** Verbs that change topics against the real cluster: plan, act, audit, with Kafka's own tools as witness. */
const suite = topicSuite('change');

describe('creating a topic', () => {
  it('is checked without making anything, then made, listed and kept in the audit', async () => {
    const topic = suite.named('made');
    const input = {
      clusterId,
      topic,
      partitions: 3,
      replicationFactor: 3,
      configs: { 'retention.ms': '3600000' },
    };
    expect(await plan(planCreateTopic, input)).toEqual({ topic, partitions: 3, replicas: 9 });
    expect(await suite.exists(topic)).toBe(false);
    const { audit } = await act(createTopic, input);
    expect(audit).toMatchObject({ action: 'topic.create', targetId: topic, clusterId, outcome: 'succeeded' });
    expect(await suite.describedBy(topic)).toMatch(
      /PartitionCount: 3\s+ReplicationFactor: 3.*retention.ms=3600000/,
    );
    const listed = await ask(listTopics, { clusterId, q: topic });
    expect(listed.rows.map((row) => row.name)).toEqual([topic]);
    const detail = await ask(readTopic, { clusterId, topic });
    expect(detail.retentionMs).toBe('3600000');
    expect(detail.partitions.every((row) => row.stateWords === 'In sync')).toBe(true);
  });

  it('names the field of what the policy or Kafka does not accept', async () => {
    const topic = await suite.create('taken');
    const input = { clusterId, topic: suite.named('bad'), partitions: 3, replicationFactor: 3, configs: {} };
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
    expect(await suite.exists(input.topic)).toBe(false);
  });
});

describe('configs', () => {
  it('are shown as a diff, changed key by key, and can be taken back', async () => {
    const topic = await suite.create('configured', {
      'retention.ms': '3600000',
      'segment.bytes': '16777216',
    });
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
    expect(await suite.describedBy(topic)).toMatch(
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
    const topic = await suite.create('moved');
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
    expect(await suite.describedBy(topic)).toContain('retention.ms=5000000');
  });
});

describe('more partitions', () => {
  it('say how many keys move, and are added once', async () => {
    const topic = await suite.create('grown');
    const seen = await plan(planAddPartitions, { clusterId, topic, total: 6 });
    expect(seen).toMatchObject({ from: 3, to: 6 });
    expect(seen.movedKeys).toBeCloseTo(0.5, 10);
    await act(addPartitions, { clusterId, topic, total: 6, digest: seen.digest });
    expect(await suite.describedBy(topic)).toContain('PartitionCount: 6');
    const again = await refused(addPartitions, { clusterId, topic, total: 6, digest: seen.digest });
    expect(again.fields?.total).toContain('There are 6 partitions');
  });
});

describe('leaders', () => {
  it('need no election where every preferred replica leads', async () => {
    const topic = await suite.create('led');
    const seen = await plan(planElectLeaders, { clusterId, topic });
    expect(seen.moves).toEqual([]);
    const { value } = await act(electLeaders, { clusterId, topic, digest: seen.digest });
    expect(value).toEqual({ moved: 0, failures: [] });
  });

  it('go back to the preferred replica of exactly the partitions that the plan named', async () => {
    const topic = await suite.create('turned');
    const before = await ask(readTopic, { clusterId, topic });
    // The same brokers in another order: who leads stays, who is preferred changes.
    const partitions = before.partitions.slice(0, 2).map(({ partition, replicas }) => ({
      topic,
      partition,
      replicas: [replicas[1]!, replicas[0]!, replicas[2]!].map((replica) => replica.broker),
    }));
    const folder = temporaryFolder();
    const file = join(folder, 'order.json');
    writeFileSync(file, JSON.stringify({ version: 1, partitions }));
    await suite.platform.cli('org.apache.kafka.tools.reassign.ReassignPartitionsCommand', [
      ...['--execute', '--reassignment-json-file', file],
    ]);
    rmSync(folder, { recursive: true });
    const turned = async () => (await plan(planElectLeaders, { clusterId, topic })).moves;
    await expect.poll(async () => (await turned()).length, { timeout: 15_000 }).toBe(2);
    const seen = await plan(planElectLeaders, { clusterId, topic });
    expect(seen.moves).toEqual(
      partitions.map(({ partition, replicas }) => ({
        partition,
        from: replicas[1],
        to: replicas[0],
        state: 'ok',
        reason: null,
      })),
    );
    const { value, audit } = await act(electLeaders, { clusterId, topic, digest: seen.digest });
    expect(value).toEqual({ moved: 2, failures: [] });
    expect(audit).toMatchObject({ action: 'partition.elect-leader', outcome: 'succeeded' });
    expect(await turned()).toEqual([]);
    const again = await refused(electLeaders, { clusterId, topic, digest: seen.digest });
    expect(again.code).toBe('plan.moved');
  });
});
