import { compressionsAlgorithms } from '@platformatic/kafka';
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { installCodecs, snappyCompress, snappyDecompress } from './codecs.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;

const codecOf = (name: 'snappy' | 'lz4' | 'zstd') =>
  ({
    snappy: CompressionCodecs[CompressionTypes.Snappy],
    lz4: CompressionCodecs[CompressionTypes.LZ4],
    zstd: CompressionCodecs[CompressionTypes.ZSTD],
  })[name]();

describe('codecs', () => {
  it.each(['snappy', 'lz4', 'zstd'] as const)(
    '%s is read by another implementation, and back',
    async (name) => {
      installCodecs();
      const codec = codecOf(name);
      for (const size of [1, 1_000, 200_000]) {
        const data = Buffer.from(Array.from({ length: size }, (_, i) => (i * i) % 251));
        const packed: Buffer = await codec.compress({ buffer: data });
        expect(Buffer.from(compressionsAlgorithms[name].decompressSync(packed)).equals(data)).toBe(true);
        expect((await codec.decompress(packed)).equals(data)).toBe(true);
      }
    },
  );

  it('snappy round-trips any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100_000 }), (bytes) => {
        const data = Buffer.from(bytes);
        expect(snappyDecompress(snappyCompress(data)).equals(data)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('snappy refuses a block that claims more than there is', () => {
    const packed = snappyCompress(Buffer.from('hello'));
    packed.writeInt32BE(10_000, 16);
    expect(() => snappyDecompress(packed)).toThrow(RangeError);
  });
});
