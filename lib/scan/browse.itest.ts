import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Isolation, MessageRow } from '#lib/model/message.ts';
import type { ReadOrder, ReadRange } from '#lib/model/message-range.ts';
import { brokerTopics } from '#lib/testing/broker-topics.ts';
import { browse } from './browse.ts';
import { ScanPool } from './pool.ts';
import { readMessage } from './read-message.ts';

const { admin, close, kafkajs, makeTopic, open, platform, prefix, sourceOf, withProducer } =
  brokerTopics('scan-it');
const rangeOf = (order: ReadOrder): ReadRange => ({ order, from: null, to: null });

const pool = new ScanPool({ root: process.cwd() });
beforeAll(open);
afterAll(async () => {
  await close();
  await pool.close();
});

/** Every page until there is none; each must end as complete. */
async function readThrough(
  topic: string,
  order: ReadOrder,
  isolation: Isolation,
  pageSize = 50,
): Promise<MessageRow[]> {
  const source = sourceOf(topic);
  const rows: MessageRow[] = [];
  let page = await browse(source, pool, {
    range: rangeOf(order),
    isolation,
    partitions: null,
    pageSize,
  });
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
    const newest = await readThrough(topic, 'newest', 'read_committed');
    expect(newest.map(asWitnessed)).toEqual([...expected].reverse());
    const oldest = await readThrough(topic, 'oldest', 'read_committed', 200);
    expect(oldest.map(asWitnessed)).toEqual(expected);
    const source = sourceOf(topic);
    const codecs = new Set<string>();
    for (const row of newest.filter((_, i) => i % 8 === 0)) {
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
      const rows = await readThrough(topic, 'newest', isolation, 40);
      expect(rows.map(asWitnessed)).toEqual(expected.reverse());
    }
    const [aborted] = (await readThrough(topic, 'newest', 'read_uncommitted')).filter((row) =>
      row.value?.text.endsWith('abort'),
    );
    const place = { partition: aborted?.partition ?? -1, offset: BigInt(aborted?.offset ?? -1) };
    expect((await readMessage(sourceOf(topic), pool, place)).transaction).toBe('aborted');
  });

  it('ends on topics that are empty, hold aborted records only, or were emptied', async () => {
    const empty = await makeTopic('empty', 3);
    expect(await readThrough(empty, 'newest', 'read_committed')).toEqual([]);
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
    for (const order of ['newest', 'oldest'] as const) {
      expect(await readThrough(aborted, order, 'read_committed')).toEqual([]);
    }
    const emptied = await makeTopic('emptied', 1);
    await withProducer({}, (producer) =>
      producer.send({ topic: emptied, messages: Array.from({ length: 30 }, (_, i) => ({ value: `${i}` })) }),
    );
    const source = sourceOf(emptied);
    const first = await browse(source, pool, {
      range: rangeOf('oldest'),
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
          const rows = await readThrough(topic, 'oldest', 'read_committed', 200);
          expect(rows.length).toBeLessThan(150);
        },
        { timeout: 50_000, interval: 1_000 },
      );
    });
    await vi.waitFor(
      async () => {
        const rows = await readThrough(topic, 'newest', 'read_committed');
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
      range: rangeOf('newest'),
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
