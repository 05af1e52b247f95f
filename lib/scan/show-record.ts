import type { MessageDetail, MessageField, MessageHeader, MessageRow } from '#lib/model/message.ts';
import { DETAIL_BYTES, PREVIEW_BYTES } from '#lib/model/message-limits.ts';
import type { DecodePlan } from '#lib/serde/decode-plan.ts';
import { hidesBytes, type MaskFact, maskHeader, masksOf } from '#lib/serde/masks.ts';
import type { SerdeContext } from '#lib/serde/serde.ts';
import { type Needs, showField } from '#lib/serde/show-field.ts';
import { plainText } from '#lib/serde/text-serde.ts';
import { visibleText } from '#lib/serde/visible-text.ts';
import type { BatchHeader } from './batch-header.ts';
import { isoOf } from './iso-time.ts';
import type { RecordCursor } from './record-cursor.ts';
import { showColumns } from './show-columns.ts';
import { SiftedRecord, textOrBytes } from './sifted-record.ts';

/** Headers shown of one record, and their bytes in all: 10,000 of them must not make a page of megabytes. */
const SHOWN_HEADERS = 500;
const SHOWN_HEADER_BYTES = 512 * 1024;

/** How the records of a task are shown. */
export interface ShowOptions {
  partition: number;
  plan: DecodePlan;
  /** Field paths, for rows. */
  columns: readonly string[];
  /** What was missing will not come. */
  isFinal?: boolean;
}

/** The record the cursor stands on, as one line of a list. */
export function showRow(cursor: RecordCursor, options: ShowOptions): MessageRow | Needs {
  return row(cursor, options, { limitBytes: PREVIEW_BYTES, isPreview: true });
}

/** The record the cursor stands on, with its headers and the facts of its batch. */
export function showDetail(
  cursor: RecordCursor,
  header: BatchHeader,
  transaction: MessageDetail['transaction'],
  options: ShowOptions,
): MessageDetail | Needs {
  const isIdempotent = header.producerId >= 0n;
  const shown = row(cursor, options, { limitBytes: DETAIL_BYTES, isPreview: false });
  if ('needs' in shown) return shown;
  return {
    ...shown,
    headers: showHeaders(cursor, options.plan),
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

function row(
  cursor: RecordCursor,
  { partition, plan, columns, isFinal }: ShowOptions,
  { limitBytes, isPreview }: Pick<SerdeContext, 'limitBytes' | 'isPreview'>,
): MessageRow | Needs {
  const record = new SiftedRecord(plan, partition, cursor, isFinal ?? false);
  const { timestamp, key: keyBytes, value: valueBytes } = cursor;
  const key = keyBytes && showField(keyBytes, record.context('key', limitBytes, isPreview));
  if (key && 'needs' in key) return key;
  const value = valueBytes && showField(valueBytes, record.context('value', limitBytes, isPreview));
  if (value && 'needs' in value) return value;
  const cells = columns.length > 0 ? showColumns(record, columns) : [];
  if ('needs' in cells) return cells;
  return {
    partition,
    offset: String(cursor.offset),
    timestamp: isoOf(timestamp),
    timestampMs: String(timestamp),
    timestampType: cursor.timestampType,
    key,
    value,
    headerCount: cursor.headerCount,
    sizeBytes: record.size,
    columns: cells,
  };
}

function showHeaders(cursor: RecordCursor, plan: DecodePlan): MessageHeader[] {
  const masks = masksOf(plan);
  const shown: MessageHeader[] = [];
  let budget = SHOWN_HEADER_BYTES;
  for (const { key, value } of cursor.headers(SHOWN_HEADERS).headers) {
    if (budget <= 0) break;
    const context: SerdeContext & { plan?: undefined } = {
      side: 'header',
      isPreview: true,
      limitBytes: Math.min(PREVIEW_BYTES, budget),
    };
    const name = showName(key, context);
    const field = value && maskedHeader(key.toString('utf8'), value, masks, showField(value, context));
    budget -= Math.min(key.length, PREVIEW_BYTES) + (field?.shownBytes ?? 0);
    shown.push({ ...name, value: field });
  }
  return shown;
}

/** A header's value as its reader may see it: what hides any of it leaves no bytes beside the text. */
function maskedHeader(
  name: string,
  value: Buffer,
  masks: MaskFact | null,
  shown: MessageField,
): MessageField {
  if (!hidesBytes(masks, 'header', name)) return shown;
  const seen = maskHeader(name, textOrBytes(value), masks);
  if (seen.maskedBy.length === 0) return shown;
  const { notes: _, ...rest } = shown as MessageField & { notes?: unknown };
  return { ...rest, text: String(seen.value), base64: null, format: 'text', maskedBy: seen.maskedBy };
}

/** A header's name: its text where it is text, otherwise written out with the bytes beside it. */
function showName(key: Buffer, context: SerdeContext): Pick<MessageHeader, 'name' | 'nameBase64'> {
  const cut = key.subarray(0, context.limitBytes);
  const text = key.length === cut.length ? plainText(cut) : null;
  if (text !== null) return { name: text, nameBase64: null };
  return { name: visibleText(cut.toString('utf8')), nameBase64: cut.toString('base64') };
}
