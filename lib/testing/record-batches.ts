import { createRequire } from 'node:module';
import { crc32, gzipSync, zstdCompressSync } from 'node:zlib';

/**
 * Record batches made by hand, for tests: what no producer would write can be written here too. The compressors are other
 * people's, so that ours are not judged by themselves.
 */
export interface BatchRecord {
  offset: bigint;
  timestamp?: bigint;
  key?: Buffer | null;
  value?: Buffer | null;
  headers?: [Buffer, Buffer | null][];
}

export type BatchCodec = 'none' | 'gzip' | 'snappy' | 'xerial' | 'lz4' | 'zstd';
export const batchCodecs: readonly BatchCodec[] = ['none', 'gzip', 'snappy', 'xerial', 'lz4', 'zstd'];

export interface BatchOptions {
  codec?: BatchCodec;
  baseOffset?: bigint;
  lastOffset?: bigint;
  producerId?: bigint;
  isTransactional?: boolean;
  isControl?: boolean;
  isAppendTime?: boolean;
  maxTimestamp?: bigint;
  /** A lie about the number of records. */
  recordCount?: number;
  /** In place of the compressed records. */
  body?: Buffer;
}

interface Lz4 {
  compressFrameSync(data: Buffer): Buffer;
}
interface Snappy {
  compress(data: Buffer): Uint8Array;
}

const require = createRequire(import.meta.url);

/** The snappy framing of the Java client, in blocks of `blockBytes`. */
export function xerialFrame(data: Buffer, blockBytes = 32 * 1024): Buffer {
  const snappy: Snappy = require('snappyjs');
  const parts: Buffer[] = [Buffer.from('82534e41505059000000000100000001', 'hex')];
  for (let at = 0; at < data.length; at += blockBytes) {
    const block = Buffer.from(snappy.compress(data.subarray(at, at + blockBytes)));
    parts.push(int32(block.length), block);
  }
  return Buffer.concat(parts);
}

export function compress(codec: BatchCodec, data: Buffer): Buffer {
  switch (codec) {
    case 'none':
      return data;
    case 'gzip':
      return gzipSync(data);
    case 'snappy':
      return Buffer.from((require('snappyjs') as Snappy).compress(data));
    case 'xerial':
      return xerialFrame(data);
    case 'lz4':
      return (require('lz4-napi') as Lz4).compressFrameSync(data);
    case 'zstd':
      return zstdCompressSync(data);
  }
}

const codecNumbers: Record<BatchCodec, number> = { none: 0, gzip: 1, snappy: 2, xerial: 2, lz4: 3, zstd: 4 };

/** A batch of magic 2 (KIP-98). */
export function recordBatch(records: BatchRecord[], options: BatchOptions = {}): Buffer {
  const base = options.baseOffset ?? records[0]?.offset ?? 0n;
  const last = options.lastOffset ?? records.at(-1)?.offset ?? base;
  const baseTimestamp = records[0]?.timestamp ?? 0n;
  const plain = Buffer.concat(records.map((record) => encodeRecord(record, base, baseTimestamp)));
  const codec = options.codec ?? 'none';
  const body = options.body ?? compress(codec, plain);
  const attributes =
    codecNumbers[codec] |
    (options.isAppendTime ? 8 : 0) |
    (options.isTransactional ? 16 : 0) |
    (options.isControl ? 32 : 0);
  let most = baseTimestamp;
  for (const { timestamp = 0n } of records) if (timestamp > most) most = timestamp;
  const checked = Buffer.concat([
    int16(attributes),
    int32(Number(last - base)),
    int64(baseTimestamp),
    int64(options.maxTimestamp ?? most),
    int64(options.producerId ?? -1n),
    int16(options.producerId === undefined ? -1 : 0),
    int32(-1),
    int32(options.recordCount ?? records.length),
    body,
  ]);
  const rest = Buffer.concat([int32(0), Buffer.from([2]), uint32(slowCrc32c(checked)), checked]);
  return Buffer.concat([int64(base), int32(rest.length), rest]);
}

/** The marker that ends a transaction. */
export function markerBatch(offset: bigint, producerId: bigint, type: 'abort' | 'commit'): Buffer {
  const key = Buffer.from([0, 0, 0, type === 'abort' ? 0 : 1]);
  const value = Buffer.alloc(6);
  return recordBatch([{ offset, key, value }], { producerId, isTransactional: true, isControl: true });
}

/** One message of magic 0 or 1. */
export function legacyMessage(
  magic: 0 | 1,
  offset: bigint,
  message: { timestamp?: bigint; key?: Buffer | null; value?: Buffer | null },
  attributes = 0,
): Buffer {
  const checked = Buffer.concat([
    Buffer.from([magic, attributes]),
    magic === 1 ? int64(message.timestamp ?? -1n) : Buffer.alloc(0),
    field32(message.key ?? null),
    field32(message.value ?? null),
  ]);
  return Buffer.concat([int64(offset), int32(checked.length + 4), uint32(crc32(checked)), checked]);
}

function field32(bytes: Buffer | null): Buffer {
  return bytes === null ? int32(-1) : Buffer.concat([int32(bytes.length), bytes]);
}

function encodeRecord(record: BatchRecord, base: bigint, baseTimestamp: bigint): Buffer {
  const headers = record.headers ?? [];
  const body = Buffer.concat([
    Buffer.from([0]),
    varint((record.timestamp ?? 0n) - baseTimestamp),
    varint(record.offset - base),
    field(record.key ?? null),
    field(record.value ?? null),
    varint(BigInt(headers.length)),
    ...headers.flatMap(([key, value]) => [field(key), field(value)]),
  ]);
  return Buffer.concat([varint(BigInt(body.length)), body]);
}

function field(bytes: Buffer | null): Buffer {
  return bytes === null ? varint(-1n) : Buffer.concat([varint(BigInt(bytes.length)), bytes]);
}

/** Zigzag varint of a signed 64-bit number. */
export function varint(value: bigint): Buffer {
  let raw = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  while (raw >= 0x80n) {
    bytes.push(Number(raw & 0x7fn) | 0x80);
    raw >>= 7n;
  }
  bytes.push(Number(raw));
  return Buffer.from(bytes);
}

/** Bit by bit, as the definition says. */
export function slowCrc32c(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
