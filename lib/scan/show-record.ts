import type { MessageDetail, MessageField, MessageHeader, MessageRow } from '#lib/model/message.ts';
import { DETAIL_BYTES, PREVIEW_BYTES } from '#lib/model/message-limits.ts';
import type { SerdeContext } from '#lib/serde/serde.ts';
import { showField } from '#lib/serde/show-field.ts';
import { textSerde } from '#lib/serde/text-serde.ts';
import { visibleText } from '#lib/serde/visible-text.ts';
import type { BatchHeader } from './batch-header.ts';
import type { RecordCursor } from './record-cursor.ts';

/** Headers shown of one record, and their bytes in all: 10,000 of them must not make a page of megabytes. */
const SHOWN_HEADERS = 500;
const SHOWN_HEADER_BYTES = 512 * 1024;

/** The record the cursor stands on, as one line of a list. */
export function showRow(partition: number, cursor: RecordCursor): MessageRow {
  return row(partition, cursor, { limitBytes: PREVIEW_BYTES, isPreview: true });
}

/** The record the cursor stands on, with its headers and the facts of its batch. */
export function showDetail(
  partition: number,
  cursor: RecordCursor,
  header: BatchHeader,
  transaction: MessageDetail['transaction'],
): MessageDetail {
  const isIdempotent = header.producerId >= 0n;
  return {
    ...row(partition, cursor, { limitBytes: DETAIL_BYTES, isPreview: false }),
    headers: showHeaders(cursor),
    transaction,
    batch: {
      magic: header.magic,
      baseOffset: String(cursor.baseOffset),
      lastOffset: String(header.lastOffset),
      records: header.recordCount < 0 ? null : header.recordCount,
      sizeBytes: header.end - header.start,
      codec: header.codec ?? 'unknown',
      crc: header.crc,
      producerId: isIdempotent ? String(header.producerId) : null,
      producerEpoch: isIdempotent ? header.producerEpoch : null,
      baseSequence: isIdempotent ? header.baseSequence : null,
      leaderEpoch: header.partitionLeaderEpoch < 0 ? null : header.partitionLeaderEpoch,
    },
  };
}

type Limits = Pick<SerdeContext, 'limitBytes' | 'isPreview'>;

function row(partition: number, cursor: RecordCursor, limits: Limits): MessageRow {
  const { key, value, timestamp } = cursor;
  return {
    partition,
    offset: String(cursor.offset),
    timestamp: isoOf(timestamp),
    timestampMs: String(timestamp),
    timestampType: cursor.timestampType,
    key: key && showField(key, { side: 'key', ...limits }),
    value: value && showField(value, { side: 'value', ...limits }),
    headerCount: cursor.headerCount,
    sizeBytes: (key?.length ?? 0) + (value?.length ?? 0) + cursor.recordEnd - cursor.headersStart,
    columns: [],
  };
}

const YEAR_0 = -62_167_219_200_000n;
const YEAR_9999_END = 253_402_300_799_999n;

/** Null for -1, which is Kafka's "no timestamp", and for years that ISO 8601 does not write with four digits. */
export function isoOf(timestamp: bigint): string | null {
  if (timestamp === -1n || timestamp < YEAR_0 || timestamp > YEAR_9999_END) return null;
  return new Date(Number(timestamp)).toISOString();
}

function showHeaders(cursor: RecordCursor): MessageHeader[] {
  const shown: MessageHeader[] = [];
  let budget = SHOWN_HEADER_BYTES;
  for (const { key, value } of cursor.headers(SHOWN_HEADERS).headers) {
    if (budget <= 0) break;
    const context: SerdeContext = {
      side: 'header',
      isPreview: true,
      limitBytes: Math.min(PREVIEW_BYTES, budget),
    };
    const name = showName(key, context);
    const field: MessageField | null = value && showField(value, context);
    budget -= Math.min(key.length, PREVIEW_BYTES) + (field?.shownBytes ?? 0);
    shown.push({ ...name, value: field });
  }
  return shown;
}

/** A header's name: its text where it is text, otherwise written out with the bytes beside it. */
function showName(key: Buffer, context: SerdeContext): Pick<MessageHeader, 'name' | 'nameBase64'> {
  const cut = key.subarray(0, context.limitBytes);
  if (textSerde.detect(cut, context).fits) {
    const shown = textSerde.decode(cut, context);
    if (shown.isFaithful && key.length === cut.length) return { name: shown.text, nameBase64: null };
  }
  return { name: visibleText(cut.toString('utf8')), nameBase64: cut.toString('base64') };
}
