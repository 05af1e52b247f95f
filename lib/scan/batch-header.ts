import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c.ts';
import { type CodecName, codecOf } from './inflate.ts';

export type TimestampType = 'create' | 'append' | 'none';
export type CrcState = 'ok' | 'wrong' | 'unchecked';

/**
 * The header of one record batch, or of one message of the old formats (magic 0 and 1, where a compressed message holds
 * others). The records themselves stay bytes until somebody opens them.
 */
export interface BatchHeader {
  magic: 0 | 1 | 2;
  /** Bytes of the batch in the response: `[start, end)`, records from `bodyStart`. */
  start: number;
  bodyStart: number;
  end: number;
  /** For magic 0 and 1 the offset of the last record inside, because the format does not tell the first one. */
  baseOffset: bigint;
  lastOffset: bigint;
  /** Undefined for a codec number that Kafka does not know. */
  codec: CodecName | undefined;
  timestampType: TimestampType;
  baseTimestamp: bigint;
  maxTimestamp: bigint;
  /** As the header says; -1 for magic 0 and 1, which do not say. */
  recordCount: number;
  isTransactional: boolean;
  isControl: boolean;
  partitionLeaderEpoch: number;
  producerId: bigint;
  producerEpoch: number;
  baseSequence: number;
  crc: CrcState;
}

export interface BatchWalk {
  headers: BatchHeader[];
  /** Bytes of a last batch that the response cuts off: normal, the next fetch brings it whole. */
  truncatedBytes: number;
  /** What made the walk stop before the end of the bytes, if anything did. */
  problem: string | undefined;
}

const LOG_OVERHEAD_BYTES = 12;
const V2_HEADER_BYTES = 61;
const LEGACY_MIN_BYTES = [26, 34] as const;

/**
 * Walks the batches of a `records` field without touching a record (KIP-98 for magic 2, KIP-32 for magic 1).
 * Never throws: bytes that are no batch end the walk with a problem.
 */
export function walkBatches(bytes: Buffer, options: { checkCrc?: boolean } = {}): BatchWalk {
  const headers: BatchHeader[] = [];
  let at = 0;
  const stop = (problem?: string): BatchWalk => ({
    headers,
    truncatedBytes: problem === undefined ? bytes.length - at : 0,
    problem,
  });
  while (bytes.length - at >= LOG_OVERHEAD_BYTES) {
    const size = bytes.readInt32BE(at + 8);
    if (size < LEGACY_MIN_BYTES[0] - LOG_OVERHEAD_BYTES) return stop(`a batch claims ${size} bytes`);
    const end = at + LOG_OVERHEAD_BYTES + size;
    const magic = bytes[at + 16];
    if (magic !== undefined && magic > 2) return stop(`a batch has the unknown format ${magic}`);
    if (end > bytes.length) return stop();
    const checkCrc = options.checkCrc ?? true;
    const header =
      magic === 2
        ? readV2(bytes, at, end, checkCrc)
        : readLegacy(bytes, at, end, magic === 1 ? 1 : 0, checkCrc);
    if (typeof header === 'string') return stop(header);
    headers.push(header);
    at = end;
  }
  return stop();
}

function readV2(bytes: Buffer, start: number, end: number, checkCrc: boolean): BatchHeader | string {
  if (end - start < V2_HEADER_BYTES) return `a batch claims ${end - start - LOG_OVERHEAD_BYTES} bytes`;
  const attributes = bytes.readInt16BE(start + 21);
  const baseOffset = bytes.readBigInt64BE(start);
  const lastOffsetDelta = bytes.readInt32BE(start + 23);
  if (baseOffset < 0n || lastOffsetDelta < 0) return 'a batch claims offsets that cannot be';
  return {
    magic: 2,
    start,
    bodyStart: start + V2_HEADER_BYTES,
    end,
    baseOffset,
    lastOffset: baseOffset + BigInt(lastOffsetDelta),
    codec: codecOf(attributes),
    timestampType: attributes & 8 ? 'append' : 'create',
    baseTimestamp: bytes.readBigInt64BE(start + 27),
    maxTimestamp: bytes.readBigInt64BE(start + 35),
    recordCount: bytes.readInt32BE(start + 57),
    isTransactional: (attributes & 16) !== 0,
    isControl: (attributes & 32) !== 0,
    partitionLeaderEpoch: bytes.readInt32BE(start + 12),
    producerId: bytes.readBigInt64BE(start + 43),
    producerEpoch: bytes.readInt16BE(start + 51),
    baseSequence: bytes.readInt32BE(start + 53),
    crc: crcState(checkCrc, bytes.readUInt32BE(start + 17), () => crc32c(bytes, start + 21, end)),
  };
}

function readLegacy(
  bytes: Buffer,
  start: number,
  end: number,
  magic: 0 | 1,
  checkCrc: boolean,
): BatchHeader | string {
  if (end - start < LEGACY_MIN_BYTES[magic])
    return `a message claims ${end - start - LOG_OVERHEAD_BYTES} bytes`;
  const attributes = bytes[start + 17] as number;
  const offset = bytes.readBigInt64BE(start);
  if (offset < 0n) return 'a message claims an offset that cannot be';
  const timestamp = magic === 1 ? bytes.readBigInt64BE(start + 18) : -1n;
  return {
    magic,
    start,
    bodyStart: start,
    end,
    baseOffset: offset,
    lastOffset: offset,
    codec: codecOf(attributes),
    timestampType: legacyTimestampType(magic, attributes),
    baseTimestamp: timestamp,
    maxTimestamp: timestamp,
    recordCount: -1,
    isTransactional: false,
    isControl: false,
    partitionLeaderEpoch: -1,
    producerId: -1n,
    producerEpoch: -1,
    baseSequence: -1,
    crc: crcState(checkCrc, bytes.readUInt32BE(start + 12), () => crc32(bytes.subarray(start + 16, end))),
  };
}

function legacyTimestampType(magic: 0 | 1, attributes: number): TimestampType {
  if (magic === 0) return 'none';
  return attributes & 8 ? 'append' : 'create';
}

/** Checks a batch whose checksum was not looked at when it was walked. */
export function checkCrc(bytes: Buffer, header: BatchHeader): CrcState {
  const { start, end } = header;
  header.crc =
    header.magic === 2
      ? crcState(true, bytes.readUInt32BE(start + 17), () => crc32c(bytes, start + 21, end))
      : crcState(true, bytes.readUInt32BE(start + 12), () => crc32(bytes.subarray(start + 16, end)));
  return header.crc;
}

function crcState(isChecked: boolean, claimed: number, compute: () => number): CrcState {
  if (!isChecked) return 'unchecked';
  return compute() === claimed ? 'ok' : 'wrong';
}
