import { AppError } from '#lib/errors/app-error.ts';
import type { MetadataColumns, OffsetColumns } from '#lib/model/columns.ts';
import type { CallOptions, Failure, KafkaChannel } from './client.ts';
import { partitionRow, rowsByName } from './read-metadata.ts';
import { connectionError } from './translate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';
import { Pacer } from './wire/pacer.ts';

/** ListOffsets 2–11 (10 adds a timeout, 11 only a new meaning of a timestamp). */
const listOffsetsApi = rawApi(2, 'ListOffsets', { min: 2, max: 11, flexible: 6 });

export type Isolation = 'read_committed' | 'read_uncommitted';

/** Log start, end (last stable offset when read_committed), or the first record at or after a time (epoch ms). */
export type OffsetAt = 'start' | 'end' | { timestampMs: number };

export const kafkaTimestamp = (at: OffsetAt): bigint =>
  at === 'start' ? -2n : at === 'end' ? -1n : BigInt(Math.trunc(at.timestampMs));

/** Partitions in one request: large enough to be few, small enough that no broker and no loop turn is held up. */
const partitionsPerRequest = 5_000;
const brokerNotAvailable = 8;
const leaderNotAvailable = 5;

/**
 * One offset of every partition of `metadata`, or of those of `rows` (ascending), asked of each leader at the same time. Partitions whose leader does
 * not answer stay -1 and carry Kafka's code for it; that broker is named in `failures`.
 */
export async function readOffsets(
  client: KafkaChannel,
  metadata: MetadataColumns,
  at: OffsetAt,
  options: CallOptions & { isolation?: Isolation; rows?: Int32Array } = {},
): Promise<{ columns: OffsetColumns; failures: Failure[] }> {
  const columns: OffsetColumns = {
    offsets: new BigInt64Array(metadata.partition.length).fill(-1n),
    errors: new Int16Array(metadata.partition.length),
  };
  const failures: Failure[] = [];
  const rowsOf = await rowsByLeader(metadata, columns, options.rows ?? null);
  await Promise.all(
    [...rowsOf].map(async ([broker, rows]) => {
      for (let from = 0; from < rows.length; from += partitionsPerRequest) {
        const part = rows.subarray(from, from + partitionsPerRequest);
        try {
          const { value, version } = await client.call(
            listOffsetsApi,
            body((chosen) =>
              encodeListOffsets(chosen, metadata, part, at, options.isolation ?? 'read_uncommitted'),
            ),
            { broker },
            options,
          );
          await decodeListOffsets(value, version, metadata, columns);
        } catch (error) {
          options.signal?.throwIfAborted();
          for (const row of rows.subarray(from)) columns.errors[row] = brokerNotAvailable;
          failures.push({ broker, error: asAppError(error) });
          return;
        }
      }
    }),
  );
  return { columns, failures };
}

export type OffsetAnswer = { partition: number; offset: bigint; timestampMs: bigint; errorCode: number };

/** ListOffsets of one topic to one broker, for partitions that it leads. */
export async function listOffsets(
  client: KafkaChannel,
  broker: number,
  topic: string,
  partitions: readonly number[],
  at: OffsetAt,
  options: CallOptions & { isolation?: Isolation } = {},
): Promise<OffsetAnswer[]> {
  const isolation = options.isolation ?? 'read_uncommitted';
  const { value, version } = await client.call(
    listOffsetsApi,
    body((chosen) => {
      const writer = startRequest(isolation, partitions.length);
      writer
        .count(1, chosen >= 6)
        .string(topic, chosen >= 6)
        .count(partitions.length, chosen >= 6);
      for (const partition of partitions) writePartition(writer, chosen, partition, kafkaTimestamp(at));
      return endRequest(writer.tags(chosen >= 6), chosen);
    }),
    { broker },
    options,
  );
  const answers: OffsetAnswer[] = [];
  eachPartition(new FlatReader(value), version, (_topic, answer) => answers.push({ ...answer }));
  return answers;
}

async function rowsByLeader(
  metadata: MetadataColumns,
  columns: OffsetColumns,
  only: Int32Array | null,
): Promise<Map<number, Int32Array>> {
  const { leader } = metadata;
  const total = only ? only.length : leader.length;
  const counts = new Map<number, number>();
  const pacer = new Pacer();
  for (let i = 0; i < total; i += 1) {
    if (i % 4_096 === 0 && pacer.due()) await pacer.turn();
    const p = only ? (only[i] as number) : i;
    const id = leader[p] as number;
    if (id < 0) columns.errors[p] = leaderNotAvailable;
    else counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const rows = new Map([...counts].map(([id, count]) => [id, new Int32Array(count)]));
  const next = new Map([...counts.keys()].map((id) => [id, 0]));
  for (let i = 0; i < total; i += 1) {
    if (i % 4_096 === 0 && pacer.due()) await pacer.turn();
    const p = only ? (only[i] as number) : i;
    const id = leader[p] as number;
    const own = rows.get(id);
    if (!own) continue;
    const at = next.get(id) as number;
    own[at] = p;
    next.set(id, at + 1);
  }
  return rows;
}

function startRequest(isolation: Isolation, partitions: number): FlatWriter {
  const writer = new FlatWriter(128 + partitions * 32);
  return writer.int32(-1).int8(isolation === 'read_committed' ? 1 : 0);
}

function writePartition(writer: FlatWriter, version: number, partition: number, timestamp: bigint): void {
  writer.int32(partition);
  if (version >= 4) writer.int32(-1);
  writer.int64(timestamp).tags(version >= 6);
}

function endRequest(writer: FlatWriter, version: number): Buffer {
  if (version >= 10) writer.int32(5_000);
  return writer.tags(version >= 6).done();
}

/** The request for `rows`, which stand in the order of topics. */
export function encodeListOffsets(
  version: number,
  metadata: MetadataColumns,
  rows: Int32Array,
  at: OffsetAt,
  isolation: Isolation,
): Buffer {
  const flexible = version >= 6;
  const timestamp = kafkaTimestamp(at);
  const runs = runsOf(metadata, rows);
  const writer = startRequest(isolation, rows.length).count(runs.length, flexible);
  for (const { topic, from, to } of runs) {
    writer.string(metadata.names[topic] as string, flexible).count(to - from, flexible);
    for (let i = from; i < to; i += 1) {
      writePartition(writer, version, metadata.partition[rows[i] as number] as number, timestamp);
    }
    writer.tags(flexible);
  }
  return endRequest(writer, version);
}

/** Stretches of `rows` that belong to one topic each. */
function runsOf(metadata: MetadataColumns, rows: Int32Array): { topic: number; from: number; to: number }[] {
  const runs: { topic: number; from: number; to: number }[] = [];
  let topic = topicAt(metadata, rows[0] ?? 0);
  let from = 0;
  for (let i = 0; i < rows.length; i += 1) {
    if ((rows[i] as number) < (metadata.partitionStart[topic + 1] as number)) continue;
    if (i > from) runs.push({ topic, from, to: i });
    while ((rows[i] as number) >= (metadata.partitionStart[topic + 1] as number)) topic += 1;
    from = i;
  }
  if (rows.length > from) runs.push({ topic, from, to: rows.length });
  return runs;
}

function topicAt(metadata: MetadataColumns, row: number): number {
  let low = 0;
  let high = metadata.names.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((metadata.partitionStart[middle] as number) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

export async function decodeListOffsets(
  bytes: Buffer,
  version: number,
  metadata: MetadataColumns,
  columns: OffsetColumns,
): Promise<void> {
  const rows = rowsByName(metadata.names);
  const reader = new FlatReader(bytes);
  const pacer = new Pacer();
  const steps = topicsOf(reader, version, (name, answer) => {
    const topic = rows.get(name);
    const row = topic === undefined ? -1 : partitionRow(metadata, topic, answer.partition);
    if (row < 0) return;
    columns.errors[row] = answer.errorCode;
    columns.offsets[row] = answer.errorCode === 0 ? answer.offset : -1n;
  });
  for (const _topic of steps) if (pacer.due()) await pacer.turn();
}

function eachPartition(
  reader: FlatReader,
  version: number,
  visit: (topic: string, answer: OffsetAnswer) => void,
): void {
  for (const _topic of topicsOf(reader, version, visit));
}

/** Walks an answer, one topic a step. `answer` is one object, filled anew for each partition. */
function* topicsOf(
  reader: FlatReader,
  version: number,
  visit: (topic: string, answer: OffsetAnswer) => void,
): Generator<void> {
  const flexible = version >= 6;
  const answer: OffsetAnswer = { partition: 0, offset: -1n, timestampMs: -1n, errorCode: 0 };
  reader.skip(4);
  for (let topics = reader.count(flexible, 4); topics > 0; topics -= 1) {
    const name = reader.string(flexible) ?? '';
    for (let left = reader.count(flexible, 22); left > 0; left -= 1) {
      answer.partition = reader.int32();
      answer.errorCode = reader.int16();
      answer.timestampMs = reader.int64();
      answer.offset = reader.int64();
      if (version >= 4) reader.skip(4);
      reader.tags(flexible);
      visit(name, answer);
    }
    reader.tags(flexible);
    yield;
  }
}

/** What kept a broker from answering, as an AppError; a defect of ours stays visible as its cause. */
export const asAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : connectionError(error, { host: '', broker: 'The broker', mechanism: '', user: '', timeoutMs: 0 });
