import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformHandle } from '#platform/handle.ts';
import { openFixture } from './fixture.ts';

const prefix = 'itest-fixture-';
const platform = platformHandle();
const fixture = openFixture(platform.bootstrap);

const clean = async () => {
  await fixture.deleteGroups(prefix);
  await fixture.deleteTopics(prefix);
};

beforeAll(clean);
afterAll(clean);

/** The first `count` values as Kafka's console consumer prints them. */
const read = async (topic: string, count: number, isolation = 'read_committed') => {
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    '--topic',
    topic,
    '--from-beginning',
    '--max-messages',
    String(count),
    '--timeout-ms',
    '20000',
    '--command-property',
    `isolation.level=${isolation}`,
  ]);
  return stdout.trim().split('\n');
};

describe('openFixture', () => {
  it('makes many topics that Kafka’s own tool describes as asked', async () => {
    const names = await fixture.createTopics({ prefix: `${prefix}many-`, count: 30, partitions: 4 });
    expect(names).toHaveLength(30);
    const { stdout } = await platform.cli('org.apache.kafka.tools.TopicCommand', [
      '--describe',
      '--topic',
      `${prefix}many-.*`,
    ]);
    const topics = stdout.split('\n').filter((line) => line.includes('PartitionCount: 4'));
    expect(topics).toHaveLength(30);
    expect(topics[0]).toContain('ReplicationFactor: 3');
  });

  it('commits offsets of many groups without members', async () => {
    const topic = `${prefix}groups`;
    await fixture.createTopic(topic, { partitions: 3 });
    await fixture.produce(
      topic,
      Array.from({ length: 300 }, (_, i) => ({ value: `v${i}`, partition: i % 3 })),
    );
    await fixture.createGroups({
      prefix: `${prefix}g-`,
      count: 40,
      topics: [topic],
      partitions: 3,
      offsetOf: (group, _, partition) => BigInt(group + partition),
    });
    const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
      '--describe',
      '--group',
      `${prefix}g-00039`,
    ]);
    const row = stdout.split('\n').find((line) => /\s2\s+41\s+100\s+59\s/.test(line));
    expect(row).toBeDefined();
  });

  it('writes every codec so that Kafka reads it', async () => {
    const topic = `${prefix}codecs`;
    await fixture.createTopic(topic);
    const written: string[] = [];
    for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
      const values = Array.from({ length: 200 }, (_, i) => `${compression} ${i} ${'text'.repeat(i)}`);
      const records = values.map((value) => ({ value }));
      await fixture.produce(topic, records, { compression });
      written.push(...values);
    }
    expect(await read(topic, written.length)).toEqual(written);
  });

  it('leaves the records of an aborted transaction to readers of uncommitted ones only', async () => {
    const topic = `${prefix}aborted`;
    await fixture.createTopic(topic);
    await fixture.produce(topic, [{ value: 'v1' }]);
    await fixture.produce(topic, [{ value: 'v2' }], { transaction: { id: `${prefix}tx`, outcome: 'abort' } });
    await fixture.produce(topic, [{ value: 'v3' }], {
      transaction: { id: `${prefix}tx`, outcome: 'commit' },
    });
    expect(await read(topic, 2)).toEqual(['v1', 'v3']);
    expect(await read(topic, 3, 'read_uncommitted')).toEqual(['v1', 'v2', 'v3']);
  });
});
