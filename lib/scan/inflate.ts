import { constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { inflateLz4Scratch } from './lz4.ts';
import { type Inflated, inflateSnappy } from './snappy.ts';

/** Names of Kafka's codecs by the low three bits of a batch's attributes. */
export const codecNames = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type CodecName = (typeof codecNames)[number];

/** Undefined for the three numbers that no version of Kafka uses. */
export function codecOf(attributes: number): CodecName | undefined {
  return codecNames[attributes & 7];
}

/** Output steps that fit what is likely to come out: few of them, and no large buffer for a small batch. */
function stepBytes(source: Buffer): number {
  return Math.min(256 * 1024, Math.max(16 * 1024, source.length * 4));
}

/**
 * Decompresses the records of one batch. Whatever the bytes are, the answer is bytes or one sentence; never more than
 * `maxBytes` come out, so that a bomb costs at most that.
 * @param isPassing the bytes are done with before the next call: they may lie in memory that it overwrites.
 */
export function inflate(codec: CodecName, source: Buffer, maxBytes: number, isPassing = false): Inflated {
  switch (codec) {
    case 'none':
      return { bytes: source };
    case 'snappy':
      return inflateSnappy(source, maxBytes);
    case 'lz4':
      return isPassing ? inflateLz4Scratch(source, maxBytes) : copied(inflateLz4Scratch(source, maxBytes));
    case 'gzip':
      return byZlib(codec, maxBytes, () =>
        gunzipSync(source, {
          maxOutputLength: maxBytes,
          chunkSize: stepBytes(source),
          finishFlush: constants.Z_FINISH,
        }),
      );
    case 'zstd':
      return byZlib(codec, maxBytes, () =>
        zstdDecompressSync(source, { maxOutputLength: maxBytes, chunkSize: stepBytes(source) }),
      );
  }
}

const copied = (inflated: Inflated): Inflated =>
  'bytes' in inflated ? { bytes: Buffer.from(inflated.bytes) } : inflated;

function byZlib(codec: CodecName, maxBytes: number, run: () => Buffer): Inflated {
  try {
    return { bytes: run() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? { problem: `${codec}: inflates beyond the limit of ${maxBytes} bytes` }
      : { problem: `${codec}: the compressed bytes are damaged` };
  }
}
