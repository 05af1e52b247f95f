import type { FilterTrial } from '#lib/model/filter-check.ts';
import type { DataValue, DecodePlan } from '#lib/serde/decode-plan.ts';
import { printValue } from '#lib/serde/print-value.ts';
import { walkBatches } from './batch-header.ts';
import { type Compiled, compileFilter } from './filter/compile-filter.ts';
import { progress } from './progress-cell.ts';
import { openBatch } from './record-batch.ts';
import type { RecordCursor } from './record-cursor.ts';
import { SiftedRecord } from './sifted-record.ts';

/** One expression on one record. */
export interface TrialTask {
  kind: 'trial';
  where: string;
  partition: number;
  offset: bigint;
  maxInflatedBytes: number;
  plan: DecodePlan;
  /** What was missing will not come. */
  isFinal?: boolean;
}

/** `absent`: no record of these bytes has that offset, or its batch cannot be read. */
export type TrialAnswer =
  | { kind: 'tried'; trial: Omit<FilterTrial, 'partition' | 'offset'> }
  | { kind: 'absent'; reason: string | undefined };

const CELL_CHARS = 300;

/** Inside a worker. @throws Error for an expression that does not compile: it was refused before it came here. */
export function runTrial(bytes: Buffer, task: TrialTask): TrialAnswer | { needs: string[] } {
  const compiled = compileFilter(task.where);
  if ('problem' in compiled) throw new Error(compiled.problem.message);
  const found = cursorAt(bytes, task);
  if ('reason' in found) return { kind: 'absent', reason: found.reason };
  const record = new SiftedRecord(task.plan, task.partition, found.cursor, task.isFinal ?? false);
  // The verdict may not need all that is shown of the record.
  const needs = compiled.places.flatMap(({ root }) => lackedBy(record, root));
  if (needs.length > 0) return { needs: [...new Set(needs)] };
  const cell = progress();
  cell.enterFilter(task.partition, task.offset);
  const verdict = compiled.filter.test(record);
  cell.leaveFilter();
  if (typeof verdict === 'object' && 'needs' in verdict) return { needs: [verdict.needs] };
  const reason =
    typeof verdict === 'string' ? null : 'failed' in verdict ? verdict.failed : verdict.undecoded;
  const outcomes = { match: 'matched', no: 'unmatched' } as const;
  const word = typeof verdict === 'string' ? outcomes[verdict] : 'failed' in verdict ? 'failed' : 'undecoded';
  return { kind: 'tried', trial: { verdict: word, reason, values: valuesOf(record, compiled) } };
}

function lackedBy(record: SiftedRecord, root: string): string[] {
  if (root !== 'key' && root !== 'value') return [];
  const decoded = root === 'key' ? record.key() : record.value();
  return 'needs' in decoded ? [decoded.needs] : [];
}

function cursorAt(
  bytes: Buffer,
  { offset, maxInflatedBytes }: TrialTask,
): { cursor: RecordCursor } | { reason: string | undefined } {
  let reason: string | undefined;
  for (const header of walkBatches(bytes, { checkCrc: false }).headers) {
    if (header.isControl || offset > header.lastOffset) continue;
    const opened = openBatch(bytes, header, maxInflatedBytes);
    if ('problem' in opened) {
      reason ??= opened.problem;
      continue;
    }
    while (opened.cursor.next()) if (opened.cursor.offset === offset) return { cursor: opened.cursor };
  }
  return { reason };
}

function valuesOf(record: SiftedRecord, { places }: Compiled): FilterTrial['values'] {
  return places.map(({ path, root, steps }) => {
    const start = rootOf(record, root);
    if ('reason' in start) return { path, type: 'not decoded', text: start.reason };
    const found = pick(start.value, steps);
    if (found === undefined) return { path, type: 'missing', text: '' };
    const text = typeof found === 'string' ? found : printValue(found, CELL_CHARS).text;
    return {
      path,
      type: typeOf(found),
      text: text.length > CELL_CHARS ? `${text.slice(0, CELL_CHARS)}…` : text,
    };
  });
}

function rootOf(record: SiftedRecord, root: string): { value: DataValue } | { reason: string } {
  switch (root) {
    case 'key':
    case 'value': {
      const decoded = root === 'key' ? record.key() : record.value();
      return 'needs' in decoded ? { reason: 'its schema is not known' } : decoded;
    }
    case 'headers':
      return { value: record.headers() };
    case 'timestamp':
      return { value: instantText(record.timestamp) };
    case 'topic':
      return { value: record.topic };
    case 'partition':
      return { value: record.partition };
    case 'offset':
      return { value: record.offset };
    default:
      return { value: record.size };
  }
}

/** ISO 8601 where it is a date; the bare milliseconds otherwise. */
function instantText(ms: bigint): string {
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

/** A name asked of a list is asked of its elements. */
function pick(value: DataValue, steps: readonly string[]): DataValue | undefined {
  const [name, ...rest] = steps;
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    const found = value.slice(0, 20).map((item) => pick(item, steps));
    const there = found.filter((item) => item !== undefined);
    return there.length > 0 ? there : undefined;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  return Object.hasOwn(value, name) ? pick(value[name] as DataValue, rest) : undefined;
}

/** The word for what a value is, as the editor names types. */
export function typeOf(value: DataValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (value instanceof Uint8Array) return 'bytes';
  return Array.isArray(value) ? 'list' : 'map';
}
