import type { AbortedTransaction } from '#lib/model/log-source.ts';
import type { MessageDetail, MessageRow } from '#lib/model/message.ts';
import { AbortedFilter } from './aborted.ts';
import { type BatchHeader, walkBatches } from './batch-header.ts';
import { type IndexOptions, indexSet, type SetIndex } from './index-set.ts';
import { openBatch } from './record-batch.ts';
import type { RecordCursor } from './record-cursor.ts';
import { showDetail, showRow } from './show-record.ts';

/** Which bytes of a record a download wants. */
export type FieldName = 'key' | 'value' | { header: number };

/** What a worker can be asked to do with the bytes that travel beside the task. Plain data, it is cloned. */
export type Task =
  | ({ kind: 'index' } & IndexOptions)
  | { kind: 'rows'; partition: number; offsets: bigint[]; maxInflatedBytes: number }
  | {
      kind: 'detail';
      partition: number;
      offset: bigint;
      aborted: AbortedTransaction[];
      /** Records from here on belong to transactions that have not ended. */
      lastStableOffset: bigint;
      maxInflatedBytes: number;
    }
  | { kind: 'field'; offset: bigint; field: FieldName; maxInflatedBytes: number };

export type TaskAnswer<T extends Task> = T extends { kind: 'index' }
  ? SetIndex
  : T extends { kind: 'rows' }
    ? MessageRow[]
    : T extends { kind: 'detail' }
      ? DetailAnswer
      : FieldAnswer;

/** `unreadable` when the offset lies in a batch that cannot be read, `absent` when no record has it. */
export type DetailAnswer =
  | { kind: 'found'; detail: MessageDetail }
  | { kind: 'unreadable'; reason: string }
  | { kind: 'absent' };
export type FieldAnswer = Uint8Array<ArrayBuffer> | null | undefined;

/** Runs one task. It answers for any bytes; what it throws is a defect of ours. */
export function runTask(bytes: Buffer, task: Task): TaskAnswer<Task> {
  switch (task.kind) {
    case 'index':
      return indexSet(bytes, task);
    case 'rows':
      return rowsOf(bytes, task);
    case 'detail':
      return detailOf(bytes, task);
    case 'field':
      return fieldOf(bytes, task);
  }
}

function rowsOf(bytes: Buffer, task: Extract<Task, { kind: 'rows' }>): MessageRow[] {
  const wanted = new Set(task.offsets);
  const rows: MessageRow[] = [];
  for (const header of walkBatches(bytes, { checkCrc: false }).headers) {
    if (header.isControl) continue;
    const opened = openBatch(bytes, header, task.maxInflatedBytes);
    if ('problem' in opened) continue;
    while (opened.cursor.next()) {
      if (wanted.has(opened.cursor.offset)) rows.push(showRow(task.partition, opened.cursor));
    }
  }
  return rows;
}

function detailOf(bytes: Buffer, task: Extract<Task, { kind: 'detail' }>): DetailAnswer {
  const filter = new AbortedFilter(task.aborted);
  for (const header of walkBatches(bytes).headers) {
    const isAborted = !header.isControl && filter.isAborted(header);
    const found = find(bytes, header, task.offset, task.maxInflatedBytes);
    if (found === undefined) {
      if (header.isControl) passMarker(bytes, header, filter, task.maxInflatedBytes);
      continue;
    }
    if ('problem' in found) return { kind: 'unreadable', reason: found.problem };
    const state = transactionState(header, isAborted, task.lastStableOffset);
    return { kind: 'found', detail: showDetail(task.partition, found.cursor, header, state) };
  }
  return { kind: 'absent' };
}

function passMarker(
  bytes: Buffer,
  header: BatchHeader,
  filter: AbortedFilter,
  maxInflatedBytes: number,
): void {
  const marker = openBatch(bytes, header, maxInflatedBytes);
  filter.passMarker(header, 'cursor' in marker && marker.cursor.next() ? marker.cursor.key : null);
}

function transactionState(
  header: BatchHeader,
  isAborted: boolean,
  lastStableOffset: bigint,
): MessageDetail['transaction'] {
  if (!header.isTransactional) return 'none';
  if (isAborted) return 'aborted';
  return lastStableOffset >= 0n && header.lastOffset >= lastStableOffset ? 'open' : 'committed';
}

function fieldOf(bytes: Buffer, task: Extract<Task, { kind: 'field' }>): FieldAnswer {
  for (const header of walkBatches(bytes, { checkCrc: false }).headers) {
    const found = find(bytes, header, task.offset, task.maxInflatedBytes);
    if (found === undefined) continue;
    if ('problem' in found) return undefined;
    const field = pickField(found.cursor, task.field);
    return field && Uint8Array.from(field);
  }
  return undefined;
}

function pickField(cursor: RecordCursor, field: FieldName): Buffer | null | undefined {
  if (field === 'key') return cursor.key;
  if (field === 'value') return cursor.value;
  return cursor.headers(field.header + 1).headers[field.header]?.value;
}

/** The cursor on the record with that offset; undefined when this batch has none such. Markers are not records. */
function find(
  bytes: Buffer,
  header: BatchHeader,
  offset: bigint,
  maxInflatedBytes: number,
): { cursor: RecordCursor } | { problem: string } | undefined {
  if (header.isControl || offset > header.lastOffset) return undefined;
  if (header.magic === 2 && offset < header.baseOffset) return undefined;
  const opened = openBatch(bytes, header, maxInflatedBytes);
  if ('problem' in opened) return opened;
  const { cursor } = opened;
  while (cursor.next()) if (cursor.offset === offset) return { cursor };
  return cursor.problem === undefined ? undefined : { problem: cursor.problem };
}
