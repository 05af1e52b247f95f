import { createRequire } from 'node:module';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { CompressionTypes as CompressionType } from 'kafkajs';
import kafkajs from 'kafkajs';
import { compressFrameSync, decompressFrameSync } from 'lz4-napi';

const { CompressionCodecs, CompressionTypes } = kafkajs;

type Snappy = {
  compress(data: Uint8Array): Uint8Array;
  uncompress(data: Uint8Array, maxLength?: number): Uint8Array;
};
// The package has no type declarations of its own.
const snappy = createRequire(import.meta.url)('snappyjs') as Snappy;

const framing = Buffer.from('82534e41505059000000000100000001', 'hex');
const blockBytes = 32 * 1024;

/** Snappy in the framing of the Java clients: a header, then blocks of at most 32 KiB led by their length. */
export function snappyCompress(data: Buffer): Buffer {
  const parts: Uint8Array[] = [framing];
  for (let at = 0; at < data.length; at += blockBytes) {
    const block = snappy.compress(data.subarray(at, at + blockBytes));
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

/** Reads the Java framing and, as other clients write it, one bare block. Throws on broken lengths. */
export function snappyDecompress(data: Buffer): Buffer {
  if (!data.subarray(0, 8).equals(framing.subarray(0, 8))) return Buffer.from(snappy.uncompress(data));
  const parts: Uint8Array[] = [];
  for (let at = framing.length; at < data.length; ) {
    const length = data.readInt32BE(at);
    if (length < 0 || at + 4 + length > data.length) throw new RangeError('snappy block past the end');
    parts.push(snappy.uncompress(data.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return Buffer.concat(parts);
}

type Encoder = { buffer: Buffer };

const codec = (compress: (data: Buffer) => Buffer, decompress: (data: Buffer) => Buffer) => () => ({
  compress: async (encoder: Encoder) => compress(encoder.buffer),
  decompress: async (data: Buffer) => decompress(data),
});

/** Teaches kafkajs the three codecs it lacks. Safe to call more than once. */
export function installCodecs(): void {
  CompressionCodecs[CompressionTypes.Snappy] = codec(snappyCompress, snappyDecompress);
  CompressionCodecs[CompressionTypes.LZ4] = codec(compressFrameSync, decompressFrameSync);
  CompressionCodecs[CompressionTypes.ZSTD] = codec(zstdCompressSync, zstdDecompressSync);
}

/** kafkajs's number for a codec's name. */
export const compressionOf: Readonly<Record<'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd', CompressionType>> = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};
