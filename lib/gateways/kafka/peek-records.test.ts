import { afterEach, describe, expect, it, vi } from 'vitest';
import { metadataOf } from '#lib/testing/metadata.ts';
import { markerBatch, recordBatch } from '#lib/testing/record-batches.ts';
import { topicOf } from '#lib/testing/snapshot.ts';
import type { KafkaChannel } from './client.ts';
import type { FetchedPartition } from './fetch-raw.ts';
import { firstReceivable, peekRecords } from './peek-records.ts';

const fetched = (records: Buffer[], own: Partial<FetchedPartition> = {}): FetchedPartition => ({
  partition: 0,
  errorCode: 0,
  highWatermark: 100n,
  lastStableOffset: 100n,
  logStartOffset: 0n,
  aborted: [],
  records: Buffer.concat(records),
  ...own,
});
const at = (offset: bigint) => ({ row: 3, topic: 0, offset });
const batch = (from: bigint, to: bigint, timestamp = 1_000n) =>
  recordBatch(
    [
      { offset: from, timestamp, value: Buffer.from('a') },
      { offset: to, timestamp: timestamp + 100n, value: Buffer.from('b') },
    ],
    { maxTimestamp: timestamp + 100n },
  );
const inTransaction = (from: bigint, to: bigint, producerId: bigint) =>
  recordBatch(
    [
      { offset: from, value: null },
      { offset: to, value: null },
    ],
    { isTransactional: true, producerId },
  );

describe('the first record behind an offset', () => {
  it('is the first of the batch, or lies within it', () => {
    expect(firstReceivable(at(10n), fetched([batch(10n, 20n)]))).toMatchObject({ next: 10n, timeMs: 1_000 });
    expect(firstReceivable(at(15n), fetched([batch(10n, 20n)]))).toMatchObject({ next: 15n, timeMs: 1_050 });
    expect(firstReceivable(at(5n), fetched([batch(10n, 20n)]))).toMatchObject({ next: 10n, timeMs: 1_000 });
  });

  it('has the time of the broker where the topic says so', () => {
    const records = recordBatch([{ offset: 1n, timestamp: 5n, value: null }], {
      isAppendTime: true,
      maxTimestamp: 77n,
    });
    expect(firstReceivable(at(1n), fetched([records]))).toMatchObject({ timeMs: 77 });
  });

  it('is none where nothing but a marker is left', () => {
    expect(firstReceivable(at(30n), fetched([markerBatch(30n, 7n, 'commit')]))).toMatchObject({
      next: -1n,
      until: 31n,
    });
  });

  it('is none in an aborted transaction, and one in the next', () => {
    const records = [inTransaction(10n, 12n, 7n), markerBatch(13n, 7n, 'abort'), inTransaction(14n, 15n, 7n)];
    const aborted = [{ producerId: 7n, firstOffset: 10n }];
    expect(firstReceivable(at(10n), fetched(records.slice(0, 2), { aborted }))).toMatchObject({
      next: -1n,
      until: 14n,
    });
    expect(firstReceivable(at(10n), fetched(records, { aborted }))).toMatchObject({ next: 14n });
  });

  it('is none in batches that compaction emptied', () => {
    const emptied = recordBatch([], { baseOffset: 40n, lastOffset: 49n, recordCount: 0 });
    expect(firstReceivable(at(40n), fetched([emptied]))).toMatchObject({ next: -1n, until: 50n });
  });

  it('is none up to the stable end when no batch came at all', () => {
    expect(firstReceivable(at(40n), fetched([], { lastStableOffset: 60n }))).toMatchObject({
      next: -1n,
      until: 60n,
    });
  });

  it('passes a batch that ends before the offset', () => {
    expect(firstReceivable(at(25n), fetched([batch(10n, 20n), batch(21n, 30n)]))).toMatchObject({
      next: 25n,
    });
  });

  it('stops at a cut batch header without going wrong', () => {
    const cut = batch(10n, 20n).subarray(0, 40);
    expect(firstReceivable(at(10n), fetched([cut]))).toMatchObject({ next: -1n, until: 10n });
  });
});

describe('looks behind many positions', () => {
  afterEach(() => void vi.useRealTimers());

  it('end after a second: what they did not reach is for the next time', async () => {
    vi.useFakeTimers();
    const metadata = metadataOf(Array.from({ length: 50 }, (_, i) => topicOf(`topic-${i + 10}`, 1, [1])));
    const fetchRaw = async () => {
      vi.advanceTimersByTime(150);
      return { partitions: [fetched([batch(5n, 6n)])] };
    };
    const wanted = metadata.names.map((_, topic) => ({ row: topic, topic, offset: 5n }));
    const channel = { fetchRaw } as unknown as KafkaChannel;
    const { found, failures } = await peekRecords(channel, metadata, wanted);
    expect(found.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(failures).toEqual([]);
  });
});
