import { body, rawApi } from './wire/api.ts';
import type { CallOptions, Channel } from './wire/channel.ts';
import { badFrame, FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** Versions that name topics, and those that may name them by id (KIP-516), which sees a recreated topic. */
const fetchByName = rawApi(1, 'Fetch', { min: 4, max: 12, flexible: 12 });
const fetchById = rawApi(1, 'Fetch', { min: 4, max: 17, flexible: 12 });

export type FetchPartition = { partition: number; offset: bigint; maxBytes: number };

export type FetchRequest = {
  topic: string;
  /** The empty string where the cluster has no topic ids. */
  topicId: string;
  partitions: readonly FetchPartition[];
  isolation: 'read_committed' | 'read_uncommitted';
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
};

export type FetchedPartition = {
  partition: number;
  errorCode: number;
  highWatermark: bigint;
  lastStableOffset: bigint;
  logStartOffset: bigint;
  aborted: { producerId: bigint; firstOffset: bigint }[];
  /** Record batches as they came: a view into the response. */
  records: Buffer;
};

export type FetchResponse = { errorCode: number; throttleMs: number; partitions: FetchedPartition[] };

const nothing = Buffer.alloc(0);

/**
 * One fetch without a session, so that browsing takes no session slot from consumers (KIP-227).
 * Bodies: https://kafka.apache.org/protocol#The_Messages_Fetch
 */
export async function fetchRaw(
  channel: Channel,
  broker: number,
  request: FetchRequest,
  options: CallOptions = {},
): Promise<FetchResponse> {
  const api = request.topicId === '' ? fetchByName : fetchById;
  const { value, version, throttleMs } = await channel.call(
    api,
    body((chosen) => encodeFetch(chosen, request)),
    { broker },
    options,
  );
  return { ...decodeFetch(value, version), throttleMs };
}

export function encodeFetch(version: number, request: FetchRequest): Buffer {
  const flexible = version >= 12;
  const writer = new FlatWriter(128 + request.partitions.length * 40);
  if (version <= 14) writer.int32(-1);
  writer.int32(request.maxWaitMs).int32(request.minBytes).int32(request.maxBytes);
  writer.int8(request.isolation === 'read_committed' ? 1 : 0);
  if (version >= 7) writer.int32(0).int32(-1);
  writer.count(1, flexible);
  if (version >= 13) writer.uuid(request.topicId);
  else writer.string(request.topic, flexible);
  writer.count(request.partitions.length, flexible);
  for (const { partition, offset, maxBytes } of request.partitions) {
    writer.int32(partition);
    if (version >= 9) writer.int32(-1);
    writer.int64(offset);
    if (version >= 12) writer.int32(-1);
    if (version >= 5) writer.int64(-1n);
    writer.int32(maxBytes).tags(flexible);
  }
  writer.tags(flexible);
  if (version >= 7) writer.count(0, flexible);
  if (version >= 11) writer.string('', flexible);
  return writer.tags(flexible).done();
}

export function decodeFetch(
  bytes: Buffer,
  version: number,
): { errorCode: number; partitions: FetchedPartition[] } {
  const flexible = version >= 12;
  const reader = new FlatReader(bytes);
  reader.skip(4);
  let errorCode = 0;
  if (version >= 7) {
    errorCode = reader.int16();
    reader.skip(4);
  }
  const partitions: FetchedPartition[] = [];
  const topics = reader.count(flexible, 5);
  if (topics > 1) throw badFrame('it answers for topics that were not asked');
  for (let left = topics; left > 0; left -= 1) {
    if (version >= 13) reader.skip(16);
    else reader.string(flexible);
    for (let rest = reader.count(flexible, 20); rest > 0; rest -= 1)
      partitions.push(partitionOf(reader, version));
    reader.tags(flexible);
  }
  return { errorCode, partitions };
}

function partitionOf(reader: FlatReader, version: number): FetchedPartition {
  const flexible = version >= 12;
  const partition = reader.int32();
  const errorCode = reader.int16();
  const highWatermark = reader.int64();
  const lastStableOffset = reader.int64();
  const logStartOffset = version >= 5 ? reader.int64() : -1n;
  const aborted: FetchedPartition['aborted'] = [];
  for (let left = reader.count(flexible, 16); left > 0; left -= 1) {
    aborted.push({ producerId: reader.int64(), firstOffset: reader.int64() });
    reader.tags(flexible);
  }
  if (version >= 11) reader.skip(4);
  const records = reader.bytes(flexible) ?? nothing;
  reader.tags(flexible);
  return { partition, errorCode, highWatermark, lastStableOffset, logStartOffset, aborted, records };
}
