import { describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { deleteRecords } from '#lib/gateways/kafka/delete-records.ts';
import { type Isolation, isolations, type MessageRow } from '#lib/model/message.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import {
  asWitnessed,
  byPlace,
  consoleConsumer,
  type WitnessedRecord,
} from '#lib/testing/console-consumer.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { listMessages } from './list-messages.ts';

/** What the verb shows of awkward topics, beside what Kafka's own console consumer shows of them: record for record. */
const suite = topicSuite('witness');
const fixture = openFixture(suite.platform.bootstrap);

type Input = Omit<z.input<typeof listMessages.input>, 'clusterId' | 'topic'>;

/** All pages of one reading by their tokens. Each must be whole. */
async function pagesOf(topic: string, input: Input): Promise<MessageRow[][]> {
  const pages: MessageRow[][] = [];
  let page: string | undefined;
  do {
    const result = await runQuery(listMessages, contextAs('developer'), { ...input, clusterId, topic, page });
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    const { rows, outcome, missing, unreadable, nextToken } = result.value;
    expect([outcome, missing, unreadable]).toEqual(['complete', [], []]);
    pages.push(rows);
    page = nextToken ?? undefined;
  } while (page);
  return pages;
}

const rowsOf = async (topic: string, input: Input) => (await pagesOf(topic, input)).flat();

const seen = async (topic: string, input: Input): Promise<WitnessedRecord[]> =>
  (await rowsOf(topic, { order: 'oldest', pageSize: 200, ...input })).map(asWitnessed).sort(byPlace);

/** Both orders are the console consumer's records, and each other's mirror image. Answers the records. */
async function expectWitnessed(topic: string, isolation: Isolation): Promise<WitnessedRecord[]> {
  const expected = await consoleConsumer(suite.platform, topic, isolation);
  const oldest = await rowsOf(topic, { order: 'oldest', isolation, pageSize: 200 });
  const newest = await rowsOf(topic, { order: 'newest', isolation, pageSize: 200 });
  expect(oldest.map(asWitnessed).sort(byPlace)).toEqual(expected);
  expect(newest.map(asWitnessed)).toEqual(oldest.map(asWitnessed).reverse());
  return expected;
}

const start = Date.now() - 3_600_000;
let clock = start;

/** Records that no two encodings show alike: JSON, text, bytes, null keys, tombstones, empty values, equal times. */
const motley = (count: number, partitionsUsed: readonly number[]) =>
  Array.from({ length: count }, (_, i) => ({
    key: i % 7 === 0 ? null : i % 11 === 0 ? Buffer.from([0xff, i, 0x09, 0x5c]) : `key-${i % 40}`,
    value:
      i % 13 === 0
        ? null
        : i % 17 === 0
          ? Buffer.alloc(0)
          : i % 5 === 0
            ? Buffer.from([0xc3, 0x28, i & 255, 0x0a, 0x00])
            : `{"i": ${i}, "big": ${9007199254740993n + BigInt(i)}, "city": "Zürich", "note": "a\\tb"}`,
    partition: partitionsUsed[i % partitionsUsed.length] as number,
    // Three records share each millisecond, so that ties must be ordered too.
    timestamp: i % 3 === 0 ? ++clock : clock,
  }));

async function interleaveTransactions(topic: string): Promise<void> {
  for (const [round, outcome] of (['commit', 'abort', 'commit', 'abort', 'abort'] as const).entries()) {
    const records = motley(30, [0, 1, 2]).map((record) => ({ ...record, key: `${round} ${outcome}` }));
    await fixture.produce(topic, records, { transaction: { id: `${topic}.${round % 2}`, outcome } });
    await fixture.produce(topic, motley(6, [0, 2]));
  }
}

describe('every record that Kafka shows, and no other', () => {
  it.each(isolations)('of codecs and odd bytes, one partition empty (%s)', async (isolation) => {
    const topic = await suite.create(`motley-${isolation}`);
    for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)
      await fixture.produce(topic, motley(60, [0, 2]), { compression });
    const records = await expectWitnessed(topic, isolation);
    expect(records).toHaveLength(300);
    expect(new Set(records.map(({ partition }) => partition))).toEqual(new Set([0, 2]));
  });

  it('of committed and aborted transactions side by side, at both isolation levels', async () => {
    const topic = await suite.create('transactions');
    await interleaveTransactions(topic);
    expect(await expectWitnessed(topic, 'read_committed')).toHaveLength(90);
    expect(await expectWitnessed(topic, 'read_uncommitted')).toHaveLength(180);
  });

  it('of a topic with aborted records alone, and of an empty one', async () => {
    const aborted = await suite.create('aborted');
    for (let round = 0; round < 4; round++)
      await fixture.produce(aborted, motley(12, [0, 1]), {
        transaction: { id: aborted, outcome: 'abort' },
      });
    const empty = await suite.create('empty');
    expect(await expectWitnessed(aborted, 'read_committed')).toEqual([]);
    expect(await expectWitnessed(aborted, 'read_uncommitted')).toHaveLength(48);
    expect(await expectWitnessed(empty, 'read_committed')).toEqual([]);
  });

  it('after records were deleted at the start, and all of them', async () => {
    const topic = await suite.create('deleted');
    await fixture.produce(topic, motley(300, [0, 1, 2]));
    const deleteTo = (offsets: bigint[]) => deleteRecords(suite.client, topic, new Map(offsets.entries()));
    await deleteTo([37n, 100n, 1n]);
    expect(await expectWitnessed(topic, 'read_committed')).toHaveLength(63 + 0 + 99);
    await deleteTo([100n, 100n, 100n]);
    expect(await expectWitnessed(topic, 'read_committed')).toEqual([]);
  });

  it('of a topic that was really compacted, also up to an end that lies in a gap', async () => {
    const topic = await suite.create('compacted', {
      'cleanup.policy': 'compact',
      'segment.ms': '200',
      'min.cleanable.dirty.ratio': '0.01',
      'max.compaction.lag.ms': '500',
      'delete.retention.ms': '100',
    });
    for (let round = 0; round < 6; round++) {
      const records = Array.from({ length: 200 }, (_, i) => ({
        key: `k${i % 40}`,
        value: i % 9 === 0 ? null : `${round} ${i}`,
        partition: i % 2,
      }));
      await fixture.produce(topic, records);
    }
    // A segment is cleaned only after it was rolled, which the next write does; the cleaner comes when it likes.
    await vi.waitFor(
      async () => {
        await fixture.produce(
          topic,
          [0, 1].map((partition) => ({ key: 'last', value: null, partition })),
        );
        expect((await seen(topic, {})).length).toBeLessThan(200);
      },
      { timeout: 60_000, interval: 1_000 },
    );
    const records = await vi.waitFor(() => expectWitnessed(topic, 'read_committed'), {
      timeout: 60_000,
      interval: 500,
    });
    // The longest run of offsets that are gone in partition 0: an end inside it is no record.
    const offsets = records.filter(({ partition }) => partition === 0).map(({ offset }) => Number(offset));
    const after = offsets.findIndex((offset, i) => offset - (offsets[i - 1] ?? -1) > 3);
    const end = (offsets[after] ?? 0) - 1;
    expect(after, 'offsets of partition 0 have a gap').toBeGreaterThanOrEqual(0);
    for (const order of ['oldest', 'newest'] as const) {
      const rows = await rowsOf(topic, { order, partitions: '0', to: `offset:${end}`, pageSize: 7 });
      expect(rows.map(({ offset }) => Number(offset)).sort((a, b) => a - b)).toEqual(
        offsets.filter((offset) => offset < end),
      );
    }
  }, 180_000);
});

describe('pages', () => {
  it.each(['newest', 'oldest'] as const)('by their tokens are one reading, in order (%s)', async (order) => {
    const topic = await suite.create(`pages-${order}`);
    await fixture.produce(topic, motley(180, [0, 2]), { compression: 'lz4' });
    await interleaveTransactions(topic);
    const whole = await rowsOf(topic, { order, pageSize: 200, isolation: 'read_uncommitted' });
    expect(whole).toHaveLength(360);
    for (const pageSize of [1, 17, 50].filter((size) => size > 1 || order === 'newest')) {
      const pages = await pagesOf(topic, { order, pageSize, isolation: 'read_uncommitted' });
      expect(pages.flat().map(asWitnessed)).toEqual(whole.map(asWitnessed));
      expect(pages.slice(0, -1).every(({ length }) => length === pageSize)).toBe(true);
    }
  });

  it('lose and repeat nothing where producers write times out of order', async () => {
    const topic = await suite.create('unordered');
    const hour = 3_600_000;
    const records = motley(240, [0, 1, 2]).map((record, i) => ({
      ...record,
      timestamp: start - ((i * 7919) % 240) * hour,
    }));
    await fixture.produce(topic, [...records, { value: 'of 1970', partition: 1, timestamp: 1 }]);
    const expected = await consoleConsumer(suite.platform, topic, 'read_committed');
    for (const order of ['newest', 'oldest'] as const) {
      const rows = (await rowsOf(topic, { order, pageSize: 23 })).map(asWitnessed);
      expect([...rows].sort(byPlace)).toEqual(expected);
      for (const partition of [0, 1, 2]) {
        const offsets = rows.filter((row) => row.partition === partition).map(({ offset }) => Number(offset));
        expect(offsets).toEqual([...offsets].sort((a, b) => (order === 'newest' ? b - a : a - b)));
      }
    }
  });
});
