import { BatchCursor } from './batch-cursor.ts';
import type { BatchHeader } from './batch-header.ts';
import { inflate } from './inflate.ts';
import { LegacyCursor } from './legacy-cursor.ts';
import type { RecordCursor } from './record-cursor.ts';

/** Most bytes one batch may inflate to: twice what a large `message.max.bytes` allows, and what a bomb costs at most. */
export const MAX_INFLATED_BYTES = 128 * 1024 * 1024;

/** A batch opened for reading, or why it cannot be. */
export type OpenedBatch = { cursor: RecordCursor } | { problem: string };

/**
 * Decompresses a batch and answers a cursor over its records. A wrong checksum does not hinder: it is in the header for
 * the reader to see, and what the bytes still say is worth more than nothing.
 */
export function openBatch(bytes: Buffer, header: BatchHeader, maxInflatedBytes: number): OpenedBatch {
  if (header.codec === undefined) return { problem: 'the batch uses a compression that Kafka does not have' };
  if (header.magic !== 2) return openLegacy(bytes, header, maxInflatedBytes);
  if (header.codec === 'none') {
    return { cursor: new BatchCursor(header, bytes, header.bodyStart, header.end) };
  }
  const body = inflate(header.codec, bytes.subarray(header.bodyStart, header.end), maxInflatedBytes);
  if ('problem' in body) return body;
  return { cursor: new BatchCursor(header, body.bytes, 0, body.bytes.length) };
}

function openLegacy(bytes: Buffer, header: BatchHeader, maxInflatedBytes: number): OpenedBatch {
  const plain = new LegacyCursor(header, bytes, header.start, header.end, false);
  if (header.codec === 'none' || header.codec === undefined) return { cursor: plain };
  const compressed = plain.next() ? plain.value : null;
  if (compressed === null) return { problem: 'a compressed message holds nothing' };
  const body = inflate(header.codec, compressed, maxInflatedBytes);
  if ('problem' in body) return body;
  return { cursor: new LegacyCursor(header, body.bytes, 0, body.bytes.length, true) };
}
