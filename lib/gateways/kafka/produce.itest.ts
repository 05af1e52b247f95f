import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { createTopics } from './create-topics.ts';
import { deleteTopics } from './delete-topics.ts';
import { topicSource } from './fetch-source.ts';
import { readTopic } from './read-metadata.ts';

/** What is written is what Kafka's own consumer shows, byte for byte. */

const topic = `gw.produce.${process.pid}`;
const platform = platformHandle();
const client = testKafkaClient();
const witness = new Kafka({ brokers: platform.bootstrap, logLevel: logLevel.NOTHING });

beforeAll(async () => {
  await createTopics(client, [{ topic, partitions: 3, replicationFactor: 3, configs: {} }]);
  await vi.waitFor(async () => expect((await readTopic(client, topic)).partition.length).toBe(3), 10_000);
});

afterAll(async () => {
  await deleteTopics(client, [{ topic }]);
  await client.close();
});

const consoleConsumer = (partition: number, offset: bigint) =>
  platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...[
      '--topic',
      topic,
      '--partition',
      String(partition),
      '--offset',
      String(offset),
      '--max-messages',
      '1',
    ],
    ...[
      '--timeout-ms',
      '20000',
      '--formatter-property',
      'print.key=true',
      '--formatter-property',
      'print.headers=true',
    ],
    ...['--formatter-property', 'print.timestamp=true', '--formatter-property', 'print.partition=true'],
  ]);

describe('one record', () => {
  it('arrives with key, value, time, partition, and headers in order and repeated', async () => {
    const timestampMs = Date.now() - 60_000;
    const header = (name: string, value: string) => ({ name, value: Buffer.from(value) });
    const result = await client.produce({
      topic,
      key: Buffer.from('key-1'),
      value: Buffer.from('value ✓'),
      headers: [header('b', '1'), header('1', '2'), header('b', '3'), header('a', '')],
      partition: 2,
      timestampMs,
    });
    expect(result).toEqual({ partition: 2, offset: 0n, timestampMs });
    const { stdout } = await consoleConsumer(2, 0n);
    expect(stdout.trim().split('\t')).toEqual([
      `CreateTime:${timestampMs}`,
      'Partition:2',
      'b:1,1:2,b:3,a:',
      'key-1',
      'value ✓',
    ]);
  });

  it('a tombstone and bytes that are no text stay what they are', async () => {
    const bytes = Buffer.from([0, 255, 254, 128, 13, 10]);
    await client.produce({ topic, key: bytes, value: null, headers: [], partition: 0 });
    await client.produce({ topic, key: null, value: bytes, headers: [], partition: 0 });
    const seen: { key: Buffer | null; value: Buffer | null }[] = [];
    const consumer = witness.consumer({ groupId: `${topic}.witness` });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        if (partition === 0) seen.push({ key: message.key, value: message.value });
      },
    });
    await expect.poll(() => seen.length, { timeout: 30_000 }).toBe(2);
    await consumer.disconnect();
    expect(seen).toEqual([
      { key: bytes, value: null },
      { key: null, value: bytes },
    ]);
  });

  it('a key chooses the partition that the Java client would choose', async () => {
    const key = Buffer.from('customer-4711');
    const first = await client.produce({ topic, key, value: Buffer.from('a'), headers: [] });
    await platform.cli(
      'org.apache.kafka.tools.ConsoleProducer',
      ['--topic', topic, '--reader-property', 'parse.key=true'],
      {
        input: 'customer-4711\tb\n',
      },
    );
    const source = topicSource(client, client.openChannel('browse'), topic);
    await source.topic();
    const shape = await source.topic();
    const leader = shape.partitions.find(({ partition }) => partition === first.partition)?.leader ?? -1;
    const [end] = await source.listOffsets(leader, [first.partition], 'end', 'read_uncommitted');
    expect(end?.offset).toBe(first.offset + 2n);
  });

  it('what Kafka refuses is said, and nothing is sent twice', async () => {
    await expect(
      client.produce({ topic, key: null, value: Buffer.alloc(2_000_000), headers: [], partition: 0 }),
    ).rejects.toMatchObject({ code: 'kafka.rejected', facts: { error: 'MESSAGE_TOO_LARGE' } });
    await expect(
      client.produce({ topic: `${topic}.nowhere`, key: null, value: null, headers: [] }),
    ).rejects.toMatchObject({
      code: 'topic.not-found',
    });
    await expect(
      client.produce({ topic, key: null, value: null, headers: [], partition: 77 }),
    ).rejects.toMatchObject({
      code: 'topic.not-found',
      facts: { topic: `${topic} partition 77` },
    });
  });
});

describe('the log of a topic, as the scan engine reads it', () => {
  it('gives offsets and raw batches per leader, and codes for what is out of range (F13)', async () => {
    const channel = client.openChannel('browse');
    const source = topicSource(client, channel, topic);
    const shape = await source.topic();
    const leader = shape.partitions.find(({ partition }) => partition === 2)?.leader ?? -1;
    const options = { maxBytes: 1_000_000, isolation: 'read_committed' } as const;
    const [answer] = await source.fetch(leader, [{ partition: 2, offset: 0n, maxBytes: 1_000_000 }], options);
    expect(answer).toMatchObject({ partition: 2, errorCode: 0, logStartOffset: 0n });
    expect(answer?.records.includes('value ✓')).toBe(true);
    expect(answer?.records.readBigInt64BE(0)).toBe(0n);
    const [outside] = await source.fetch(
      leader,
      [{ partition: 2, offset: 10_000n, maxBytes: 1_000 }],
      options,
    );
    expect(outside?.errorCode).toBe(1);
    const abort = new AbortController();
    abort.abort(new Error('enough'));
    await expect(source.fetch(leader, [], { ...options, signal: abort.signal })).rejects.toThrow('enough');
    await channel.close();
  });
});
