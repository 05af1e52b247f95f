import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { createTopics } from './create-topics.ts';
import { deleteTopics } from './delete-topics.ts';
import { describeCluster } from './describe-cluster.ts';
import { describeBrokerConfigs, describeTopicConfigs } from './describe-configs.ts';
import { describeFeatures } from './describe-features.ts';
import { readReplicaSizes } from './describe-log-dirs.ts';
import { describeProducers } from './describe-producers.ts';
import { describeQuorum } from './describe-quorum.ts';
import { fetchGroupOffsets, readGroupOffsets } from './fetch-group-offsets.ts';
import { patchIdleTimer } from './kafkajs-client.ts';
import { listAllGroups } from './list-groups.ts';
import { readOffsets } from './list-offsets.ts';
import { listReassignments } from './list-reassignments.ts';
import { partitionRow, readMetadata, readTopic, rowsByName } from './read-metadata.ts';
import { readMinInSyncReplicas } from './read-min-isr.ts';

/** Every reading verb, against the brokers and with Kafka's own tools and kafkajs as witnesses. */

const prefix = `gw.reading.${process.pid}`;
const topic = `${prefix}.a`;
const group = `${prefix}.group`;
const platform = platformHandle();
const client = testKafkaClient();
patchIdleTimer();
const witness = new Kafka({ brokers: platform.bootstrap, logLevel: logLevel.NOTHING });
const timestamp = Date.now() - 3_600_000;

beforeAll(async () => {
  const [created] = await createTopics(client, [
    {
      topic,
      partitions: 4,
      replicationFactor: 3,
      configs: { 'retention.ms': '86400001', 'min.insync.replicas': '2' },
    },
  ]);
  expect(created?.error).toBeNull();
  const producer = witness.producer({ idempotent: true });
  await producer.connect();
  const messages = Array.from({ length: 40 }, (_, i) => ({
    partition: i % 3,
    value: `value ${i}`,
    timestamp: String(timestamp + i * 1_000),
  }));
  await producer.send({ topic, messages });
  await producer.disconnect();
  const admin = witness.admin();
  await admin.connect();
  await admin.setOffsets({
    groupId: group,
    topic,
    partitions: [
      { partition: 0, offset: '3' },
      { partition: 1, offset: '13' },
    ],
  });
  await admin.disconnect();
});

afterAll(async () => {
  await deleteTopics(client, [{ topic }]);
  await client.close();
});

describe('metadata', () => {
  it('is what Kafka describes: id, leaders, replicas, in-sync replicas', async () => {
    const metadata = await readMetadata(client);
    const row = rowsByName(metadata.names).get(topic) ?? -1;
    const { stdout } = await platform.cli('org.apache.kafka.tools.TopicCommand', [
      '--describe',
      '--topic',
      topic,
    ]);
    const id = Buffer.from((metadata.topicIds[row] ?? '').replaceAll('-', ''), 'hex').toString('base64url');
    expect(/TopicId: (\S+)/.exec(stdout)?.[1]).toBe(id);
    const told = [
      ...stdout.matchAll(/Partition: (\d+)\s+Leader: (\d+)\s+Replicas: ([\d,]+)\s+Isr: ([\d,]+)/g),
    ].map((m) => ({
      partition: Number(m[1]),
      leader: Number(m[2]),
      replicas: m[3]?.split(',').map(Number),
      isr: m[4]?.split(',').map(Number).sort(),
    }));
    const ours = Array.from({ length: 4 }, (_, partition) => {
      const p = partitionRow(metadata, row, partition);
      return {
        partition,
        leader: metadata.leader[p],
        replicas: [...metadata.replicas.slice(metadata.replicaStart[p], metadata.replicaStart[p + 1])],
        isr: [...metadata.isr.slice(metadata.isrStart[p], metadata.isrStart[p + 1])].sort(),
      };
    });
    expect(ours).toEqual(told);
    expect(metadata.brokers.map(({ id: broker, rack }) => [broker, rack]).sort()).toEqual([
      [1, 'rack-1'],
      [2, 'rack-2'],
      [3, 'rack-3'],
    ]);
    expect(metadata.names).toEqual([...metadata.names].sort());
    expect(metadata.isInternal[rowsByName(metadata.names).get('__consumer_offsets') ?? -1]).toBe(1);
  });

  it('one topic, or the sentence that it is not there', async () => {
    expect((await readTopic(client, topic)).partition.length).toBe(4);
    await expect(readTopic(client, `${prefix}.nowhere`)).rejects.toMatchObject({ code: 'topic.not-found' });
    await expect(readTopic(client, 'no/such name')).rejects.toMatchObject({ code: 'kafka.rejected' });
  });
});

describe('offsets and sizes', () => {
  it('start, end and by time are what GetOffsetShell answers', async () => {
    const metadata = await readTopic(client, topic);
    for (const [at, time] of [
      ['end', '-1'],
      ['start', '-2'],
      [{ timestampMs: timestamp + 20_000 }, String(timestamp + 20_000)],
    ] as const) {
      const { columns, failures } = await readOffsets(client, metadata, at);
      const args = ['--topic', topic, '--time', time];
      const { stdout } = await platform.cli('org.apache.kafka.tools.GetOffsetShell', args);
      const told = new Map(
        [...stdout.matchAll(/:(\d+):(\d+)$/gm)].map((m) => [Number(m[1]), BigInt(m[2] ?? '')]),
      );
      expect(failures).toEqual([]);
      // The tool leaves out partitions that have nothing later.
      expect([...columns.offsets]).toEqual([0, 1, 2, 3].map((partition) => told.get(partition) ?? -1n));
      expect(told.size).toBeGreaterThanOrEqual(3);
    }
  });

  it('every replica has the size that LogDirsCommand tells', async () => {
    const metadata = await readTopic(client, topic);
    const { columns, failures } = await readReplicaSizes(client, metadata);
    const { stdout } = await platform.cli('org.apache.kafka.tools.LogDirsCommand', [
      '--describe',
      '--topic-list',
      topic,
    ]);
    type Told = {
      brokers: {
        broker: number;
        logDirs: { logDir: string; partitions: { partition: string; size: number }[] }[];
      }[];
    };
    const told = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Told;
    expect(failures).toEqual([]);
    for (let p = 0; p < 4; p += 1) {
      for (let r = metadata.replicaStart[p] as number; r < (metadata.replicaStart[p + 1] as number); r += 1) {
        const broker = told.brokers.find((one) => one.broker === metadata.replicas[r]);
        const dir = broker?.logDirs[0];
        expect(columns.sizeBytes[r]).toBe(
          dir?.partitions.find((one) => one.partition === `${topic}-${p}`)?.size,
        );
        expect(columns.logDirs[columns.logDirIndex[r] as number]?.path).toBe(dir?.logDir);
      }
    }
    expect(columns.logDirs.every((dir) => (dir.totalBytes ?? 0) > (dir.freeBytes ?? 0))).toBe(true);
  });
});

describe('groups', () => {
  it('are listed with their kind, as GroupsCommand does', async () => {
    const { groups, failures } = await listAllGroups(client);
    const { stdout } = await platform.cli('org.apache.kafka.tools.GroupsCommand', ['--list']);
    expect(failures).toEqual([]);
    const told = new Map(
      [...stdout.matchAll(/^(\S+)\s+(Classic|Consumer|Share|Streams)\b/gm)].map((m) => [
        m[1],
        m[2]?.toLowerCase(),
      ]),
    );
    expect(told.get(group)).toBe('classic');
    for (const { groupId, type } of groups)
      if (told.has(groupId)) expect([groupId, type]).toEqual([groupId, told.get(groupId)]);
    expect(groups.find(({ groupId }) => groupId === group)).toMatchObject({
      type: 'classic',
      groupState: 'Empty',
    });
  });

  it('committed offsets, one group and all groups, aligned with the rows of the metadata', async () => {
    const offsets = await fetchGroupOffsets(client, group);
    expect(offsets.map(({ partition, offset }) => [partition, offset]).sort()).toEqual([
      [0, 3n],
      [1, 13n],
    ]);
    const metadata = await readMetadata(client);
    const { groups } = await listAllGroups(client);
    const { offsets: all, failures } = await readGroupOffsets(client, groups, metadata);
    expect(failures).toEqual([]);
    const own = all.find(({ groupId }) => groupId === group);
    const first = metadata.partitionStart[rowsByName(metadata.names).get(topic) ?? -1] as number;
    expect([...(own?.rows ?? [])]).toEqual([first, first + 1]);
    expect([...(own?.committed ?? [])]).toEqual([3n, 13n]);
    expect(own?.topics).toBe(1);
  });
});

describe('configs', () => {
  it('carry value, source, default and documentation; what is not there is named', async () => {
    const [found, missing] = await describeTopicConfigs(client, [topic, `${prefix}.nowhere`]);
    const entry = (name: string) => found?.entries.find((one) => one.name === name);
    expect(entry('retention.ms')).toMatchObject({
      value: '86400001',
      source: 'topic',
      type: 'long',
      isReadOnly: false,
    });
    expect(entry('min.insync.replicas')).toMatchObject({ value: '2', source: 'topic' });
    expect(entry('max.message.bytes')).toMatchObject({ source: 'default', defaultValue: '1048588' });
    expect(entry('cleanup.policy')?.documentation).toContain('compact');
    expect(missing?.error?.code).toBe('topic.not-found');
    expect(await readMinInSyncReplicas(client, [topic, `${prefix}.nowhere`])).toEqual(new Map([[topic, 2]]));
  });

  it('of a broker come from that broker', async () => {
    for (const broker of [1, 2, 3]) {
      const entries = await describeBrokerConfigs(client, broker);
      expect(entries.find(({ name }) => name === 'broker.rack')).toMatchObject({
        value: `rack-${broker}`,
        source: 'broker-static',
      });
      expect(entries.filter(({ isSensitive }) => isSensitive).every(({ value }) => value === null)).toBe(
        true,
      );
    }
    await expect(describeBrokerConfigs(client, 99)).rejects.toMatchObject({ code: 'kafka.no-broker' });
  });
});

describe('cluster', () => {
  it('quorum and identity are what MetadataQuorumCommand tells', async () => {
    const quorum = await describeQuorum(client);
    const { stdout } = await platform.cli('org.apache.kafka.tools.MetadataQuorumCommand', [
      'describe',
      '--status',
    ]);
    expect(quorum.leaderId).toBe(Number(/LeaderId:\s+(\d+)/.exec(stdout)?.[1]));
    expect(quorum.leaderEpoch).toBe(Number(/LeaderEpoch:\s+(\d+)/.exec(stdout)?.[1]));
    expect(quorum.voters.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(
      quorum.voters.every(({ lastCaughtUpMs }) => Math.abs(Date.now() - (lastCaughtUpMs ?? 0)) < 60_000),
    ).toBe(true);
    const cluster = await describeCluster(client);
    expect(cluster.clusterId).toBe(/ClusterId:\s+(\S+)/.exec(stdout)?.[1]);
    expect(cluster.brokers.map(({ id, isFenced }) => [id, isFenced]).sort()).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ]);
    expect(cluster.operations).toContain('describe-configs');
  });

  it('features with the level in force', async () => {
    const features = await describeFeatures(client);
    const { stdout } = await platform.cli('org.apache.kafka.tools.FeatureCommand', ['describe']);
    const level = /Feature: group.version.*FinalizedVersionLevel: (\d+)/.exec(stdout)?.[1];
    expect(features.find(({ name }) => name === 'group.version')?.finalized).toBe(Number(level));
    expect(features.find(({ name }) => name === 'metadata.version')?.max).toBeGreaterThan(0);
  });

  it('nothing is being reassigned; the producer of a partition is known', async () => {
    expect((await listReassignments(client)).filter((one) => one.topic === topic)).toEqual([]);
    const metadata = await readTopic(client, topic);
    const [first] = await describeProducers(client, metadata.leader[0] as number, topic, [0]);
    expect(first?.error).toBeNull();
    expect(first?.producers[0]).toMatchObject({ epoch: 0, openSince: null });
    expect(first?.producers[0]?.lastTimestampMs).toBeGreaterThan(0);
  });
});
