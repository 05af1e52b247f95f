import { csvLine } from '#lib/model/csv.ts';
import type { ExportFormat } from '#lib/model/message-export.ts';
import type { DecodePlan } from '#lib/serde/decode-plan.ts';
import { type ExportedField, exportField, exportHeader } from '#lib/serde/export-field.ts';
import { masksOf } from '#lib/serde/masks.ts';
import type { Needs } from '#lib/serde/show-field.ts';
import { walkBatches } from './batch-header.ts';
import { isoOf } from './iso-time.ts';
import { openBatch } from './record-batch.ts';
import type { RecordCursor } from './record-cursor.ts';
import { showColumns } from './show-columns.ts';
import { SiftedRecord } from './sifted-record.ts';

export interface LinesOptions {
  partition: number;
  plan: DecodePlan;
  offsets: bigint[];
  maxInflatedBytes: number;
  /** What was missing will not come. */
  isFinal?: boolean;
  format: ExportFormat;
  /** Names of `exportFields`, and field paths. */
  fields: readonly string[];
  bytes: 'lossy' | 'all' | 'none';
}

/** Lines one after the other as bytes, each ending at its place in `ends`; in the order of `offsets`. */
export interface LinesAnswer {
  offsets: bigint[];
  ends: number[];
  kept: Uint8Array<ArrayBuffer>;
  guardedCells: number;
  maskedBy: string[];
}

/** What is said of the lines of one task besides themselves. */
type Tally = { guardedCells: number; maskedBy: Set<string> };

/** The records at these offsets as lines of a file, whole and as their reader may see them. */
export function linesOf(bytes: Buffer, options: LinesOptions): LinesAnswer | { needs: string[] } {
  const wanted = new Set(options.offsets);
  const needs = new Set<string>();
  const offsets: bigint[] = [];
  const lines: Buffer[] = [];
  const tally: Tally = { guardedCells: 0, maskedBy: new Set() };
  for (const header of walkBatches(bytes, { checkCrc: false }).headers) {
    if (header.isControl) continue;
    const opened = openBatch(bytes, header, options.maxInflatedBytes);
    if ('problem' in opened) continue;
    const { cursor } = opened;
    while (cursor.next()) {
      if (!wanted.has(cursor.offset)) continue;
      const line = lineOf(cursor, options, tally);
      if (typeof line === 'object') {
        needs.add(line.needs);
        continue;
      }
      offsets.push(cursor.offset);
      lines.push(Buffer.from(line));
    }
  }
  if (needs.size > 0) return { needs: [...needs] };
  const kept = new Uint8Array(lines.reduce((sum, { length }) => sum + length, 0));
  const ends: number[] = [];
  let at = 0;
  for (const line of lines) {
    kept.set(line, at);
    at += line.length;
    ends.push(at);
  }
  return { offsets, ends, kept, guardedCells: tally.guardedCells, maskedBy: [...tally.maskedBy] };
}

function lineOf(cursor: RecordCursor, options: LinesOptions, tally: Tally): string | Needs {
  const { fields, format, plan } = options;
  const record = new SiftedRecord(plan, options.partition, cursor, options.isFinal ?? false);
  const sides: { key?: ExportedField | null; value?: ExportedField | null } = {};
  for (const side of ['key', 'value'] as const) {
    const wants = (name: string) => fields.includes(name);
    if (![side, `${side}Base64`, `${side}Serde`].some(wants) && !(side === 'value' && wants('schemaId')))
      continue;
    const bytes = cursor[side];
    const field = bytes && exportField(bytes, record.context(side, Number.POSITIVE_INFINITY, false));
    if (field && 'needs' in field) return field;
    for (const name of field?.maskedBy ?? []) tally.maskedBy.add(name);
    sides[side] = field;
  }
  const paths = fields.filter((field) => field.includes('.') || field.includes('['));
  const cells = paths.length > 0 ? showColumns(record, paths, Number.POSITIVE_INFINITY) : [];
  if ('needs' in cells) return cells;
  const cellOf = (field: string): unknown => {
    const path = paths.indexOf(field);
    return path >= 0 ? (cells[path] ?? null) : known(field, cursor, sides, options, tally);
  };
  return format === 'csv' ? csvOf(fields, cellOf, tally) : jsonOf(fields, cellOf);
}

/** JSON that is to stand in a line as it is. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function known(
  field: string,
  cursor: RecordCursor,
  sides: { key?: ExportedField | null; value?: ExportedField | null },
  options: LinesOptions,
  tally: Tally,
): unknown {
  switch (field) {
    case 'partition':
      return options.partition;
    case 'offset':
      return new Raw(String(cursor.offset));
    case 'timestamp':
      return isoOf(cursor.timestamp);
    case 'timestampMs':
      return cursor.timestampType === 'none' ? null : new Raw(String(cursor.timestamp));
    case 'timestampType':
      return cursor.timestampType;
    case 'key':
    case 'value':
      return shown(sides[field] ?? null);
    case 'keyBase64':
      return base64Of(cursor.key, sides.key, options);
    case 'valueBase64':
      return base64Of(cursor.value, sides.value, options);
    case 'keySerde':
      return sides.key?.serde ?? null;
    case 'valueSerde':
      return sides.value?.serde ?? null;
    case 'keySize':
      return cursor.key?.length ?? null;
    case 'valueSize':
      return cursor.value?.length ?? null;
    case 'schemaId':
      return sides.value?.schemaId ?? null;
    case 'headers':
      return new Raw(JSON.stringify(headersOf(cursor, options, tally)));
    default:
      return null;
  }
}

function shown(field: ExportedField | null): unknown {
  if (!field || field.kind === 'bytes') return null;
  return field.kind === 'json' ? new Raw(field.text) : field.text;
}

/** The bytes beside their text. Of a field that is hidden, some or all of it, there are none. */
function base64Of(
  bytes: Buffer | null,
  field: ExportedField | null | undefined,
  options: LinesOptions,
): string | null {
  if (!bytes || !field || options.bytes === 'none' || field.maskedBy.length > 0) return null;
  // In a line of NDJSON there is no place for line ends between the parts of a value.
  const isSame =
    field.isFaithful && !(options.format === 'ndjson' && field.kind === 'json' && /[\r\n]/.test(field.text));
  return isSame && options.bytes === 'lossy' ? null : bytes.toString('base64');
}

function headersOf(cursor: RecordCursor, { plan, bytes }: LinesOptions, tally: Tally) {
  const masks = masksOf(plan);
  return cursor.headers().headers.map(({ key, value }) => {
    const name = key.toString('utf8');
    const isName = Buffer.from(name).equals(key);
    const field = exportHeader(name, value, masks);
    for (const policy of field?.maskedBy ?? []) tally.maskedBy.add(policy);
    const isHidden = (field?.maskedBy.length ?? 0) > 0;
    const hasBytes =
      value !== null && !isHidden && (bytes === 'all' || (bytes === 'lossy' && !field?.isFaithful));
    return {
      name,
      ...(isName ? {} : { nameBase64: key.toString('base64') }),
      value: field === null || (!field.isFaithful && !isHidden) ? null : field.text,
      ...(hasBytes ? { valueBase64: value.toString('base64') } : {}),
    };
  });
}

/** One object per line. A member that the record has nothing for is null; bytes stand there only where they are needed. */
function jsonOf(fields: readonly string[], cellOf: (name: string) => unknown): string {
  const members: string[] = [];
  for (const field of fields) {
    const value = cellOf(field);
    if (value === null && field.endsWith('Base64')) continue;
    const text = value instanceof Raw ? value.text.replace(/[\r\n]+/g, '') : JSON.stringify(value);
    members.push(`${JSON.stringify(field)}:${text}`);
  }
  return `{${members.join(',')}}\n`;
}

/** Whether CSV holds a cell otherwise than it is (see `csvLine`). */
const isGuarded = (text: string): boolean => '=+-@\t\r'.includes(text[0] ?? ' ') || text.includes('\0');

function csvOf(fields: readonly string[], cellOf: (name: string) => unknown, tally: Tally): string {
  const cells = fields.map((field) => {
    const value = cellOf(field);
    const text = value instanceof Raw ? value.text : value === null ? '' : String(value);
    if (isGuarded(text)) tally.guardedCells++;
    return text;
  });
  return csvLine(cells);
}
