import { BatchCursor } from './batch-cursor.ts';
import type { BatchHeader } from './batch-header.ts';
import { inflate } from './inflate.ts';
import { LegacyCursor } from './legacy-cursor.ts';
import type { RecordCursor } from './record-cursor.ts';

/** Most bytes one batch may inflate to: twice what a large `message.max.bytes` allows, and what a bomb costs at most. */
export const MAX_INFLATED_BYTES = 128 * 1024 * 1024;

/** A batch opened for reading, with the inflated bytes `[start, end)` of its records; or why it cannot be. */
export type OpenedBatch =
  | { cursor: RecordCursor; body: Buffer; start: number; end: number }
  | { problem: string };

/**
 * Decompresses a batch and answers a cursor over its records. A wrong checksum does not hinder: it is in the header for
 * the reader to see, and what the bytes still say is worth more than nothing.
 * @param isPassing the batch is done with before the next one is opened.
 */
export function openBatch(
  bytes: Buffer,
  header: BatchHeader,
  maxInflatedBytes: number,
  isPassing = false,
): OpenedBatch {
  if (header.codec === undefined) return { problem: 'the batch uses a compression that Kafka does not have' };
  if (header.magic !== 2) return openLegacy(bytes, header, maxInflatedBytes);
  if (header.codec === 'none') {
    const { bodyStart: start, end } = header;
    return { cursor: new BatchCursor(header, bytes, start, end), body: bytes, start, end };
  }
  const body = inflate(
    header.codec,
    bytes.subarray(header.bodyStart, header.end),
    maxInflatedBytes,
    isPassing,
  );
  if ('problem' in body) return body;
  const end = body.bytes.length;
  return { cursor: new BatchCursor(header, body.bytes, 0, end), body: body.bytes, start: 0, end };
}

function openLegacy(bytes: Buffer, header: BatchHeader, maxInflatedBytes: number): OpenedBatch {
  const plain = new LegacyCursor(header, bytes, header.start, header.end, false);
  if (header.codec === 'none' || header.codec === undefined) {
    return { cursor: plain, body: bytes, start: header.start, end: header.end };
  }
  const compressed = plain.next() ? plain.value : null;
  if (compressed === null) return { problem: 'a compressed message holds nothing' };
  const body = inflate(header.codec, compressed, maxInflatedBytes);
  if ('problem' in body) return body;
  const end = body.bytes.length;
  return { cursor: new LegacyCursor(header, body.bytes, 0, end, true), body: body.bytes, start: 0, end };
}
