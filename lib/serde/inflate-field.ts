import { inflate } from '#lib/scan/inflate.ts';
import type { SerdeContext } from './serde.ts';

/** How much may come out: a bomb costs no more than that. */
const INFLATED_BYTES = { preview: 1024 * 1024, detail: 8 * 1024 * 1024 };

export type InflatedField = { codec: 'gzip' | 'zstd'; bytes: Buffer } | { problem: string };

/** What is inside a key or value that its producer compressed by itself; null when it does not look so. */
export function inflateField(bytes: Buffer, context: SerdeContext): InflatedField | null {
  const codec = codecOf(bytes);
  if (!codec || context.side === 'header') return null;
  const limit = context.isPreview ? INFLATED_BYTES.preview : INFLATED_BYTES.detail;
  const inflated = inflate(codec, bytes, limit);
  if ('bytes' in inflated) return { codec, bytes: inflated.bytes };
  const why = inflated.problem.includes('limit')
    ? `inflates to more than ${limit / 1024 / 1024} MB, so it is left as it is stored`
    : 'cannot be inflated';
  return { problem: `Begins as ${codec} and ${why}.` };
}

function codecOf(bytes: Buffer): 'gzip' | 'zstd' | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08) return 'gzip';
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd ? 'zstd' : null;
}
