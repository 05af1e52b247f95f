import type { AbortedTransaction } from '#lib/model/log-source.ts';
import type { MessageDetail, MessageRow } from '#lib/model/message.ts';
import type { DecodePlan } from '#lib/serde/decode-plan.ts';
import { type EncodeAnswer, type EncodeTask, runEncode } from '#lib/serde/encode/encode-task.ts';
import { AbortedFilter } from './aborted.ts';
import { type BatchHeader, walkBatches } from './batch-header.ts';
import { type LinesAnswer, type LinesOptions, linesOf } from './export-lines.ts';
import { runTrial, type TrialAnswer, type TrialTask } from './filter-trial.ts';
import type { SiftAnswer } from './findings.ts';
import { type Prepared, prepare } from './prepare.ts';
import { openBatch } from './record-batch.ts';
import type { RecordCursor } from './record-cursor.ts';
import { type FieldsTask, fieldsOfRecords, type RecordFields } from './record-fields.ts';
import { type ShowOptions, showDetail, showRow } from './show-record.ts';
import { type SiftOptions, sift } from './sift.ts';

/** Which bytes of a record a download wants. */
export type FieldName = 'key' | 'value' | { header: number };

/** What a worker can be asked to do with the bytes that travel beside the task. Plain data, it is cloned. */
export type Task =
  | ({ kind: 'sift' } & SiftOptions)
  | { kind: 'prepare'; filter: string; plan: DecodePlan }
  | TrialTask
  | FieldsTask
  | ({ kind: 'rows'; offsets: bigint[]; maxInflatedBytes: number } & ShowOptions)
  | ({
      kind: 'detail';
      offset: bigint;
      aborted: AbortedTransaction[];
      /** Records from here on belong to transactions that have not ended. */
      lastStableOffset: bigint;
      maxInflatedBytes: number;
    } & ShowOptions)
  | ({ kind: 'lines' } & LinesOptions)
  | { kind: 'field'; offset: bigint; field: FieldName; maxInflatedBytes: number }
  | EncodeTask;

/** Facts that were missing: the task is repeated when the worker was told them. */
export type Lacking = { needs: string[] };

export type TaskAnswer<T extends Task> = T extends EncodeTask
  ? EncodeAnswer<T>
  : T extends { kind: 'sift' }
    ? SiftAnswer | Lacking
    : T extends { kind: 'prepare' }
      ? Prepared
      : T extends TrialTask
        ? TrialAnswer | Lacking
        : T extends FieldsTask
          ? RecordFields[] | Lacking
          : T extends { kind: 'rows' }
            ? MessageRow[] | Lacking
            : T extends { kind: 'detail' }
              ? DetailAnswer | Lacking
              : T extends { kind: 'lines' }
                ? LinesAnswer | Lacking
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
    case 'sift':
      return sift(bytes, task);
    case 'prepare':
      return prepare(task.filter, task.plan);
    case 'trial':
      return runTrial(bytes, task);
    case 'fields':
      return fieldsOfRecords(bytes, task);
    case 'rows':
      return rowsOf(bytes, task);
    case 'detail':
      return detailOf(bytes, task);
    case 'lines':
      return linesOf(bytes, task);
    case 'field':
      return fieldOf(bytes, task);
    case 'encode':
    case 'describe-schema':
      return runEncode(task);
  }
}

function rowsOf(bytes: Buffer, task: Extract<Task, { kind: 'rows' }>): MessageRow[] | Lacking {
  const wanted = new Set(task.offsets);
  const rows: MessageRow[] = [];
  const needs = new Set<string>();
  for (const header of walkBatches(bytes, { checkCrc: false }).headers) {
    if (header.isControl) continue;
    const opened = openBatch(bytes, header, task.maxInflatedBytes);
    if ('problem' in opened) continue;
    const { cursor } = opened;
    while (cursor.next()) {
      if (!wanted.has(cursor.offset)) continue;
      const row = showRow(cursor, task);
      if ('needs' in row) needs.add(row.needs);
      else rows.push(row);
    }
  }
  return needs.size > 0 ? { needs: [...needs] } : rows;
}

function detailOf(bytes: Buffer, task: Extract<Task, { kind: 'detail' }>): DetailAnswer | Lacking {
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
    const detail = showDetail(found.cursor, header, state, task);
    return 'needs' in detail ? { needs: [detail.needs] } : { kind: 'found', detail };
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
