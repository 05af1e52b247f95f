import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kafka, Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createKafkaClient } from '#lib/gateways/kafka/client.ts';
import { topicSource } from '#lib/gateways/kafka/fetch-source.ts';
import type { LogSource } from '#lib/model/log-source.ts';
import type { Isolation, MessageRow, Seek } from '#lib/model/message.ts';
import { platformHandle } from '#platform/handle.ts';
import { browse } from './browse.ts';
import { ScanPool } from './pool.ts';
import { readMessage, readMessageField } from './read-message.ts';

const platform = platformHandle();
const prefix = `scan-it-${Date.now().toString(36)}`;
const kafkajs: typeof import('kafkajs') = createRequire(import.meta.url)('kafkajs');
const kafka: Kafka = new kafkajs.Kafka({
  brokers: platform.bootstrap,
  logLevel: kafkajs.logLevel.NOTHING,
  retry: { initialRetryTime: 20, retries: 20 },
});
const admin = kafka.admin();
const topics: string[] = [];

const client = createKafkaClient({
  name: 'scan-it',
  connection: {
    bootstrap: platform.bootstrap.map((address) => {
      const [host = '', port = ''] = address.split(':');
      return { host, port: Number(port) };
    }),
    tls: { enabled: false },
    sasl: { mechanism: 'none' },
  },
  secrets: {},
  checkAddress: async (host) => ({ address: host }),
});
const channel = client.openChannel('browse');
const pool = new ScanPool({ root: process.cwd() });

beforeAll(() => admin.connect());
afterAll(async () => {
  await admin.deleteTopics({ topics: [...new Set(topics)] });
  await admin.disconnect();
  await pool.close();
  await client.close();
});

async function makeTopic(
  name: string,
  partitions: number,
  config: Record<string, string> = {},
): Promise<string> {
  const topic = `${prefix}-${name}`;
  topics.push(topic);
  await admin.createTopics({
    waitForLeaders: true,
    topics: [
      {
        topic,
        numPartitions: partitions,
        replicationFactor: 3,
        configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
      },
    ],
  });
  return topic;
}

async function withProducer<T>(
  config: Parameters<Kafka['producer']>[0],
  use: (producer: Producer) => Promise<T>,
) {
  const producer = kafka.producer(config);
  await producer.connect();
  try {
    return await use(producer);
  } finally {
    await producer.disconnect();
  }
}

const sourceOf = (topic: string): LogSource => topicSource(client, channel, topic);

/** Every page until there is none; each must end as complete. */
async function readThrough(
  topic: string,
  seek: Seek,
  isolation: Isolation,
  pageSize = 50,
): Promise<MessageRow[]> {
  const source = sourceOf(topic);
  const rows: MessageRow[] = [];
  let page = await browse(source, pool, { seek, isolation, partitions: null, pageSize });
  for (;;) {
    expect([page.outcome, page.missing, page.unreadable]).toEqual(['complete', [], []]);
    rows.push(...page.rows);
    if (page.nextToken === null) return rows;
    page = await browse(source, pool, { token: page.nextToken, pageSize });
  }
}

interface Witnessed {
  timestamp: string;
  partition: number;
  offset: string;
  key: string;
  value: string;
}

/** What Kafka's own console consumer shows of the whole topic, oldest first. */
async function witness(topic: string, isolation: Isolation): Promise<Witnessed[]> {
  const show = ['timestamp', 'partition', 'offset', 'key', 'value'].map((part) => `print.${part}=true`);
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...['--topic', topic, '--from-beginning', '--isolation-level', isolation, '--timeout-ms', '4000'],
    ...[...show, 'key.separator=|', 'null.literal=<null>'].flatMap((property) => [
      '--formatter-property',
      property,
    ]),
  ]);
  const lines = stdout.split('\n').filter((line) => /^(Create|LogAppend)Time:/.test(line));
  return lines
    .map((line) => {
      const [time = '', partition = '', offset = '', key = '', ...value] = line.split('|');
      return {
        timestamp: time.split(':')[1] ?? '',
        partition: Number(partition.split(':')[1]),
        offset: offset.split(':')[1] ?? '',
        key,
        value: value.join('|'),
      };
    })
    .sort(
      (a, b) =>
        Number(BigInt(a.timestamp) - BigInt(b.timestamp)) ||
        a.partition - b.partition ||
        Number(BigInt(a.offset) - BigInt(b.offset)),
    );
}

const asWitnessed = (row: MessageRow): Witnessed => ({
  timestamp: row.timestampMs,
  partition: row.partition,
  offset: row.offset,
  key: row.key?.text ?? '<null>',
  value: row.value?.text ?? '<null>',
});

describe('against the console consumer', () => {
  it('shows the same messages newest first, in every codec, by Java and JavaScript producers', async () => {
    const topic = await makeTopic('codecs', 3);
    const payload = join(tmpdir(), `${prefix}.payload`);
    await writeFile(
      payload,
      Array.from(
        { length: 40 },
        (_, i) => `{"order":${9007199254740993n + BigInt(i)},"city":"Zürich ${i % 7}"}`,
      ).join('\n'),
    );
    for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
      await platform.cli('org.apache.kafka.tools.ProducerPerformance', [
        ...['--topic', topic, '--num-records', '120', '--throughput', '-1', '--payload-file', payload],
        ...['--command-property', `compression.type=${codec}`, 'linger.ms=20'],
      ]);
    }
    await withProducer({}, async (producer) => {
      for (const compression of [kafkajs.CompressionTypes.None, kafkajs.CompressionTypes.GZIP]) {
        const messages = Array.from({ length: 60 }, (_, i) => ({
          key: `k${i}`,
          value: i % 5 ? `js ${i}` : null,
        }));
        await producer.send({ topic, compression, messages });
      }
    });
    const expected = await witness(topic, 'read_committed');
    expect(expected).toHaveLength(720);
    const newest = await readThrough(topic, { kind: 'newest' }, 'read_committed');
    expect(newest.map(asWitnessed)).toEqual([...expected].reverse());
    const oldest = await readThrough(topic, { kind: 'start' }, 'read_committed', 200);
    expect(oldest.map(asWitnessed)).toEqual(expected);
    const source = sourceOf(topic);
    const codecs = new Set<string>();
    for (const row of newest) {
      const detail = await readMessage(source, pool, {
        partition: row.partition,
        offset: BigInt(row.offset),
      });
      expect(detail.batch.crc).toBe('ok');
      codecs.add(detail.batch.codec);
    }
    expect([...codecs].sort()).toEqual(['gzip', 'lz4', 'none', 'snappy', 'zstd']);
  });

  it('leaves out what transactions aborted, or shows it, as the isolation level says', async () => {
    const topic = await makeTopic('transactions', 2);
    for (const [id, ends] of [
      ['a', ['commit', 'abort', 'commit', 'abort']],
      ['b', ['abort', 'commit', 'abort']],
    ] as const) {
      await withProducer(
        { transactionalId: `${prefix}-${id}`, maxInFlightRequests: 1, idempotent: true },
        async (producer) => {
          for (const [round, end] of ends.entries()) {
            const transaction = await producer.transaction();
            for (const partition of [0, 1]) {
              const messages = Array.from({ length: 15 }, (_, i) => ({
                partition,
                key: id,
                value: `${id}${round}-${i} ${end}`,
              }));
              await transaction.send({ topic, messages });
            }
            await transaction[end]();
          }
        },
      );
    }
    for (const isolation of ['read_committed', 'read_uncommitted'] as const) {
      const expected = await witness(topic, isolation);
      expect(expected).toHaveLength(isolation === 'read_committed' ? 90 : 210);
      const rows = await readThrough(topic, { kind: 'newest' }, isolation, 40);
      expect(rows.map(asWitnessed)).toEqual(expected.reverse());
    }
    const [aborted] = (await readThrough(topic, { kind: 'newest' }, 'read_uncommitted')).filter((row) =>
      row.value?.text.endsWith('abort'),
    );
    const place = { partition: aborted?.partition ?? -1, offset: BigInt(aborted?.offset ?? -1) };
    expect((await readMessage(sourceOf(topic), pool, place)).transaction).toBe('aborted');
  });

  it('ends on topics that are empty, hold aborted records only, or were emptied', async () => {
    const empty = await makeTopic('empty', 3);
    expect(await readThrough(empty, { kind: 'newest' }, 'read_committed')).toEqual([]);
    const aborted = await makeTopic('aborted', 1);
    await withProducer(
      { transactionalId: `${prefix}-only`, maxInFlightRequests: 1, idempotent: true },
      async (producer) => {
        for (let i = 0; i < 3; i++) {
          const transaction = await producer.transaction();
          await transaction.send({ topic: aborted, messages: [{ value: 'gone' }, { value: 'too' }] });
          await transaction.abort();
        }
      },
    );
    for (const kind of ['newest', 'start'] as const) {
      expect(await readThrough(aborted, { kind }, 'read_committed')).toEqual([]);
    }
    const emptied = await makeTopic('emptied', 1);
    await withProducer({}, (producer) =>
      producer.send({ topic: emptied, messages: Array.from({ length: 30 }, (_, i) => ({ value: `${i}` })) }),
    );
    const source = sourceOf(emptied);
    const first = await browse(source, pool, {
      seek: { kind: 'start' },
      isolation: 'read_committed',
      partitions: null,
      pageSize: 10,
    });
    const offsets = join(tmpdir(), `${prefix}.offsets`);
    const partitions = [{ topic: emptied, partition: 0, offset: 25 }];
    await writeFile(offsets, JSON.stringify({ partitions, version: 1 }));
    await platform.cli('org.apache.kafka.tools.DeleteRecordsCommand', ['--offset-json-file', offsets]);
    const next = await browse(source, pool, { token: first.nextToken ?? '', pageSize: 10 });
    expect([next.rows.map((row) => row.offset), next.expired]).toEqual([
      ['25', '26', '27', '28', '29'],
      [{ partition: 0, offsets: '15' }],
    ]);
    await expect(readMessage(source, pool, { partition: 0, offset: 3n })).rejects.toMatchObject({
      code: 'message.expired',
    });
  });

  it('shows what compaction left', async () => {
    const topic = await makeTopic('compacted', 1, {
      'cleanup.policy': 'compact',
      'segment.ms': '200',
      'min.cleanable.dirty.ratio': '0.01',
      'max.compaction.lag.ms': '500',
      'delete.retention.ms': '100',
    });
    await withProducer({}, async (producer) => {
      for (let round = 0; round < 12; round++) {
        await producer.send({
          topic,
          messages: Array.from({ length: 50 }, (_, i) => ({ key: `k${i}`, value: `${round}` })),
        });
      }
      // A segment is cleaned only after it was rolled, which the next write does.
      await vi.waitFor(
        async () => {
          await producer.send({ topic, messages: [{ key: 'last', value: null }] });
          const rows = await readThrough(topic, { kind: 'start' }, 'read_committed', 200);
          expect(rows.length).toBeLessThan(150);
        },
        { timeout: 50_000, interval: 1_000 },
      );
    });
    await vi.waitFor(
      async () => {
        const rows = await readThrough(topic, { kind: 'newest' }, 'read_committed');
        expect(rows.map(asWitnessed)).toEqual((await witness(topic, 'read_committed')).reverse());
      },
      { timeout: 40_000, interval: 500 },
    );
  }, 120_000);

  it('refuses a token after the topic was deleted and created again (F12)', async () => {
    const topic = await makeTopic('recreated', 1);
    await withProducer({}, (producer) =>
      producer.send({ topic, messages: [{ value: 'a' }, { value: 'b' }] }),
    );
    const request = {
      seek: { kind: 'newest' },
      isolation: 'read_committed',
      partitions: null,
      pageSize: 1,
    } as const;
    const page = await browse(sourceOf(topic), pool, request);
    await admin.deleteTopics({ topics: [topic] });
    await vi.waitFor(() => makeTopic('recreated', 1), { timeout: 20_000, interval: 200 });
    const again = { token: page.nextToken ?? '', pageSize: 1 };
    // The brokers learn of the new topic one after the other.
    await vi.waitFor(
      () => expect(browse(sourceOf(topic), pool, again)).rejects.toMatchObject({ code: 'topic.recreated' }),
      { timeout: 20_000, interval: 200 },
    );
  });
});

describe('poison messages', () => {
  const values: [string, Buffer | null][] = [
    ['P2 tombstone', null],
    ['P2 empty', Buffer.alloc(0)],
    ['P3 unknown schema id', Buffer.from([0, 0, 0, 0xff, 0xff, 1, 2])],
    ['P3 id of all ones', Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 1])],
    ['P3 magic 1', Buffer.from([1, ...Array.from({ length: 19 }, (_, i) => i)])],
    ['P3 three bytes', Buffer.from([0, 0, 1])],
    ['P5 invalid UTF-8', Buffer.from([0xc3, 0x28, 0xff, 0xfe])],
    ['P5 NUL, controls, bidi', Buffer.from('a\u0000\u001b[31m\u202e\u200b')],
    ['P5 lone surrogate', Buffer.from([0xed, 0xa0, 0x80])],
    [
      'P6 a million keys',
      Buffer.from(`{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
    ],
    ['P7 deep', Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
    ['P8 prototype', Buffer.from('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}')],
    ['P9 numbers', Buffer.from('{"a":9007199254740993,"b":1e400,"c":-0,"d":NaN}')],
    ['P10 markup', Buffer.from('<script>alert(1)</script><img src=x onerror=alert(1)>')],
    ['P11 csv', Buffer.from('=cmd|calc!A1\t+1\r\n@x,"y"')],
    ['P14 names', Buffer.from('{"offset":1,"partition":2,"timestamp":3}')],
  ];

  it('are shown beside each other, and their bytes come back exactly', async () => {
    const topic = await makeTopic('poison', 1, {
      'max.message.bytes': '33554432',
      'message.timestamp.before.max.ms': '9223372036854775807',
      'message.timestamp.after.max.ms': '9223372036854775807',
    });
    const huge = Buffer.alloc(20_000_000, 'P1 ');
    const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`h${i}`, `${i}`]));
    const all = [...values, ['P1 20 MB', huge] as const];
    await withProducer({}, async (producer) => {
      for (const [key, value] of all) await producer.send({ topic, messages: [{ key, value }] });
      for (const timestamp of ['-86400000', '253402300799999', '1']) {
        await producer.send({ topic, messages: [{ key: `P13 ${timestamp}`, value: 'time', timestamp }] });
      }
      await producer.send({
        topic,
        messages: [{ key: 'P2 headers', value: 'x', headers: { ...headers, twice: ['a', 'b'] } }],
      });
      // 150 MB of zeros in one batch of a few hundred kilobytes.
      await producer.send({
        topic,
        compression: kafkajs.CompressionTypes.GZIP,
        messages: [{ key: 'P12 bomb', value: Buffer.alloc(150 * 1024 * 1024) }],
      });
      await producer.send({ topic, messages: [{ key: 'after', value: 'fine' }] });
    });
    const source = sourceOf(topic);
    const page = await browse(source, pool, {
      seek: { kind: 'newest' },
      isolation: 'read_committed',
      partitions: null,
      pageSize: 50,
    });
    expect(page.outcome).toBe('complete');
    expect(page.unreadable).toEqual([
      { partition: 0, fromOffset: '21', toOffset: '21', reason: expect.stringContaining('limit') },
    ]);
    expect(page.rows.map((row) => Number(row.offset))).toEqual([
      22,
      ...Array.from({ length: 21 }, (_, i) => 20 - i),
    ]);
    for (const [i, [key, value]] of all.entries()) {
      const row = page.rows.find((candidate) => candidate.offset === String(i));
      expect(row?.key?.text).toBe(key);
      expect(row?.value?.sizeBytes).toBe(value?.length);
      expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(100_000);
      const place = { partition: 0, offset: BigInt(i) };
      const detail = await readMessage(source, pool, place);
      expect(detail.value === null).toBe(value === null);
      const bytes = await readMessageField(source, pool, place, 'value');
      expect(bytes === null ? null : Buffer.compare(bytes, value ?? Buffer.alloc(0))).toBe(
        value === null ? null : 0,
      );
    }
    const serdes = Object.fromEntries(page.rows.map((row) => [row.key?.text, row.value?.serde]));
    expect(serdes).toMatchObject({
      'P3 unknown schema id': 'registry',
      'P3 id of all ones': 'hex',
      'P5 invalid UTF-8': 'hex',
      'P5 NUL, controls, bidi': 'hex',
      'P7 deep': 'text',
      'P8 prototype': 'json',
      'P9 numbers': 'text',
      'P14 names': 'json',
      'P13 -86400000': 'text',
    });
    const times = page.rows.filter((row) => row.key?.text.startsWith('P13'));
    expect(times.map((row) => row.timestamp)).toEqual([
      '1970-01-01T00:00:00.001Z',
      '9999-12-31T23:59:59.999Z',
      '1969-12-31T00:00:00.000Z',
    ]);
    const withHeaders = await readMessage(source, pool, { partition: 0, offset: 20n });
    expect(withHeaders.headerCount).toBe(10_002);
  });
});
