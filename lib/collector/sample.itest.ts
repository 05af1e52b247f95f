import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import type { PartName } from './pace.ts';
import { topicRow } from './reuse-names.ts';
import { sampleCluster } from './sample.ts';
import { emptySnapshot, type Snapshot } from './snapshot.ts';

const everyPart = new Set<PartName>([
  'state',
  'offsets',
  'groups',
  'sizes',
  'quorum',
  'configs',
  'starts',
  'features',
]);
const run = `collector-it-${process.pid}`;
const topic = `${run}.orders`;
const groupPrefix = `${run}-group-`;

const platform = platformHandle();
const fixture = openFixture(platform.bootstrap);
const client = testKafkaClient();

const sample = (before: Snapshot) => sampleCluster(client, before, everyPart, new AbortController().signal);

beforeAll(async () => {
  await fixture.createTopic(topic, { partitions: 3 });
  await fixture.produce(
    topic,
    Array.from({ length: 90 }, (_, i) => ({ key: `k${i}`, value: `value ${i}`, partition: i % 3 })),
  );
  await fixture.createGroups({
    prefix: groupPrefix,
    count: 2,
    topics: [topic],
    partitions: 3,
    offsetOf: (_group, _topic, partition) => BigInt(10 + partition),
  });
});

afterAll(async () => {
  await fixture.deleteGroups(groupPrefix);
  await fixture.deleteTopics(run);
  await client.close();
});

describe('a sample of the real cluster', () => {
  it('reads every part, and what follows from them fits together', async () => {
    const snapshot = await sample(emptySnapshot('test'));
    for (const part of [
      'metadata',
      'ends',
      'starts',
      'sizes',
      'groups',
      'groupOffsets',
      'quorum',
      'minIsr',
      'features',
    ] as const) {
      expect([part, snapshot[part].problem, snapshot[part].failures]).toEqual([part, null, []]);
      expect(snapshot[part].value).not.toBeNull();
    }
    const metadata = snapshot.metadata.value!;
    const row = topicRow(metadata, topic);
    expect(snapshot.topics!.partitions[row]).toBe(3);
    expect(snapshot.topics!.replicationFactor[row]).toBe(3);
    expect(snapshot.topics!.sizeBytes[row]).toBeGreaterThan(0);
    const from = metadata.partitionStart[row]!;
    expect([...snapshot.ends.value!.offsets.slice(from, from + 3)]).toEqual([30n, 30n, 30n]);
  });

  it('counts the lag that Kafka’s own tool counts, partition by partition', async () => {
    const snapshot = await sample(emptySnapshot('test'));
    const group = `${groupPrefix}00000`;
    const offsets = snapshot.groupOffsets.value!.get(group)!;
    const from = snapshot.metadata.value!.partitionStart[topicRow(snapshot.metadata.value!, topic)]!;
    const ours = new Map([...offsets.rows].map((row, i) => [row - from, offsets.lag[i]!]));
    const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
      '--bootstrap-server',
      platform.bootstrap.join(','),
      '--describe',
      '--group',
      group,
    ]);
    const theirs = new Map(
      stdout
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((cells) => cells[1] === topic)
        .map((cells) => [Number(cells[2]), BigInt(cells[5]!)] as const),
    );
    expect(theirs.size).toBe(3);
    expect(ours).toEqual(theirs);
  });

  it('takes rates from what was written between two samples', async () => {
    const first = await sample(emptySnapshot('test'));
    await fixture.produce(topic, [{ value: 'one more', partition: 0 }]);
    const second = await sample(first);
    const row = topicRow(second.metadata.value!, topic);
    const seconds = (second.ends.at! - first.ends.at!) / 1000;
    expect(second.topics!.recordsPerSecond[row]).toBeCloseTo(1 / seconds, 6);
    expect(second.topics!.bytesPerSecond[row]).toBeGreaterThan(0);
  });

  it('keeps rows together when topics appear and go between two samples', async () => {
    const first = await sample(emptySnapshot('test'));
    const early = `${run}.aaa-first-by-name`;
    await fixture.createTopic(early, { partitions: 2, replicas: 1 });
    try {
      const second = await sample(first);
      const metadata = second.metadata.value!;
      const from = metadata.partitionStart[topicRow(metadata, topic)]!;
      expect(second.ends.value!.offsets[from + 1]).toBe(30n);
      expect(second.groupOffsets.value!.get(`${groupPrefix}00001`)!.lagTotal).toBe(
        second.groupOffsets.value!.get(`${groupPrefix}00000`)!.lagTotal,
      );
      expect(second.topics!.recordsPerSecond[topicRow(metadata, early)]).toBeNaN();
    } finally {
      await fixture.deleteTopics(early);
    }
  });
});
