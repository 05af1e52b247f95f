import type { AppError } from '#lib/errors/app-error.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import type { CallOptions, Failure, KafkaChannel } from './client.ts';
import type { FetchedPartition } from './fetch-raw.ts';
import { asAppError } from './list-offsets.ts';

/** Where to look: a partition row of the metadata, and the offset to begin at. */
export type PeekAt = { row: number; topic: number; offset: bigint };

/** The first record that a reader of committed records receives from there; `next` is -1 when there is none before `until`. */
export type Peeked = { row: number; offset: bigint; next: bigint; timeMs: number; until: bigint };

const partitionsPerFetch = 64;
/** Large enough for most batches; one that is larger comes alone, in a request of its own. */
const bytesPerPartition = 32 * 1024;
/** Brokers send a first batch whole, however large: requests for single partitions at most, in one look. */
const largestLooks = 8;

/** Looks begin no later than so many ms after the first: who asks waits for all of them. */
const looksMs = 1_000;

const headerBytes = 61;

/**
 * Looks into logs behind offsets, a few batches far, and reads no more than batch headers. Markers, batches of aborted
 * transactions and batches that compaction emptied hold nothing to receive. Rows whose leader does not answer
 * are left out, and so are those that a second of looks does not reach.
 */
export async function peekRecords(
  client: KafkaChannel,
  metadata: MetadataColumns,
  wanted: readonly PeekAt[],
  options: CallOptions = {},
): Promise<{ found: Peeked[]; failures: Failure[] }> {
  const found: Peeked[] = [];
  const failures: { broker: number; error: AppError }[] = [];
  const until = performance.now() + looksMs;
  const byLeader = Map.groupBy(
    wanted.filter(({ row }) => metadata.leader[row]! >= 0),
    ({ row }) => metadata.leader[row]!,
  );
  await Promise.all(
    [...byLeader].map(async ([broker, own]) => {
      try {
        const again: PeekAt[] = [];
        for (const [topic, places] of Map.groupBy(own, (place) => place.topic)) {
          for (const lot of lotsOf(places)) {
            if (performance.now() >= until) return;
            const answer = await look(client, broker, metadata, topic, lot, options);
            for (const [place, peeked] of answer) {
              if (peeked) found.push(peeked);
              else again.push(place);
            }
          }
        }
        for (const place of again.slice(0, largestLooks)) {
          if (performance.now() >= until) return;
          const answer = await look(client, broker, metadata, place.topic, [place], options);
          for (const peeked of answer.values()) if (peeked) found.push(peeked);
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        failures.push({ broker, error: asAppError(error) });
      }
    }),
  );
  return { found, failures };
}

/** Groups of places, a partition at most once in each: a fetch names a partition once. */
function lotsOf(places: readonly PeekAt[]): PeekAt[][] {
  const lots: PeekAt[][] = [];
  for (const place of places) {
    const lot = lots.find(
      (known) => known.length < partitionsPerFetch && !known.some(({ row }) => row === place.row),
    );
    if (lot) lot.push(place);
    else lots.push([place]);
  }
  return lots;
}

/** Null for a place whose first batch was too large to come along with others. */
async function look(
  client: KafkaChannel,
  broker: number,
  metadata: MetadataColumns,
  topic: number,
  places: readonly PeekAt[],
  options: CallOptions,
): Promise<Map<PeekAt, Peeked | null>> {
  const answer = await client.fetchRaw(
    broker,
    {
      topic: metadata.names[topic]!,
      topicId: metadata.topicIds[topic]!,
      partitions: places.map(({ row, offset }) => ({
        partition: metadata.partition[row]!,
        offset,
        maxBytes: bytesPerPartition,
      })),
      isolation: 'read_committed',
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: partitionsPerFetch * bytesPerPartition,
    },
    options,
  );
  const found = new Map<PeekAt, Peeked | null>();
  for (const fetched of answer.partitions) {
    const place = places.find(({ row }) => metadata.partition[row] === fetched.partition);
    if (!place || fetched.errorCode !== 0) continue;
    const isAlone = place === places[0];
    const isEmpty = fetched.records.length === 0;
    if (isEmpty && !isAlone) found.set(place, null);
    else found.set(place, firstReceivable(place, fetched));
  }
  return found;
}

/** Walks the batches that came; exported for its tests. */
export function firstReceivable(place: PeekAt, fetched: FetchedPartition): Peeked {
  const { records, aborted } = fetched;
  const readable = fetched.lastStableOffset >= 0n ? fetched.lastStableOffset : fetched.highWatermark;
  // An answer without a batch says that nothing is left up to the end for readers.
  let until = records.length === 0 ? readable : place.offset;
  const pending = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const active = new Set<bigint>();
  for (let at = 0; at + headerBytes <= records.length; ) {
    const base = records.readBigInt64BE(at);
    const size = records.readInt32BE(at + 8) + 12;
    const attributes = records.readInt16BE(at + 21);
    const lastDelta = records.readInt32BE(at + 23);
    const last = base + BigInt(lastDelta);
    const producer = records.readBigInt64BE(at + 43);
    const count = records.readInt32BE(at + 57);
    const isMagic2 = records.readInt8(at + 16) === 2;
    const isTransactional = (attributes & 0x10) !== 0;
    const isControl = (attributes & 0x20) !== 0;
    while (pending[0] && pending[0].firstOffset <= last) active.add(pending.shift()!.producerId);
    if (isMagic2 && isControl) active.delete(producer);
    const isAborted = isMagic2 && isTransactional && !isControl && active.has(producer);
    if (last >= place.offset && (!isMagic2 || (count > 0 && !isControl && !isAborted))) {
      let next = place.offset;
      if (base > next) next = base;
      const timeMs = isMagic2 ? timeWithin(records, at, Number(next - base), lastDelta) : Number.NaN;
      return { row: place.row, offset: place.offset, next, timeMs, until: last + 1n };
    }
    if (last + 1n > until) until = last + 1n;
    at += Math.max(size, headerBytes);
  }
  return { row: place.row, offset: place.offset, next: -1n, timeMs: Number.NaN, until };
}

/** The time of a record of a batch, between the times of its first and its youngest record. */
function timeWithin(records: Buffer, at: number, delta: number, lastDelta: number): number {
  const attributes = records.readInt16BE(at + 21);
  const first = Number(records.readBigInt64BE(at + 27));
  const most = Number(records.readBigInt64BE(at + 35));
  // The broker's own clock stamps a batch as a whole (LogAppendTime).
  if ((attributes & 0x08) !== 0) return most;
  if (delta <= 0 || lastDelta <= 0 || most <= first) return first;
  return first + ((most - first) * delta) / lastDelta;
}
