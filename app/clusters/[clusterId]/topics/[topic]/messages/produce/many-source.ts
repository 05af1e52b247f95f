import { formatBytes, formatCount } from '#lib/format.ts';
import type { DraftEncoding } from '#lib/model/message-draft.ts';
import { maxManyBytes, maxManyRecords } from '#lib/model/message-many.ts';
import { lineKindOf, type ParsedLines, parseLines } from '#lib/model/record-lines.ts';
import { type ColumnRole, readTable, recordsOfTable, rolesOf, type Table } from '#lib/model/record-table.ts';

export type ManyFormat = 'records' | 'values' | 'csv';

/** What a text most likely is, by the name of its file and its first line. */
export function formatOf(text: string, fileName: string | null): ManyFormat {
  if (/\.(csv|tsv)$/i.test(fileName ?? '')) return 'csv';
  if (/\.(nd)?jsonl?$/i.test(fileName ?? '') || /^\s*[[{"\d-]/.test(text)) return lineKindOf(text);
  const [first = '', second = ''] = text.split('\n');
  return /[,;\t]/.test(first) && second !== '' ? 'csv' : 'values';
}

export type ManySource = {
  parsed: ParsedLines;
  table: Table | null;
  roles: ColumnRole[];
  refusal: string | null;
};

/** A text as records, and why it is too much for one go. */
export function readSource(
  text: string,
  format: ManyFormat,
  encodings: { key: DraftEncoding; value: DraftEncoding },
  chosenRoles: readonly ColumnRole[] | null,
): ManySource {
  const bytes = new TextEncoder().encode(text).length;
  const limit = formatBytes(maxManyBytes);
  if (bytes > maxManyBytes) {
    const size = formatBytes(bytes);
    return {
      parsed: { records: [], errors: [], wrong: 0, ignored: [] },
      table: null,
      roles: [],
      refusal: `This has ${size.value} ${size.unit}. At once at most ${limit.value} ${limit.unit} can be written: divide it.`,
    };
  }
  const table = format === 'csv' ? readTable(text) : null;
  const roles = table ? fitting(chosenRoles, table) : [];
  const parsed =
    table === null
      ? parseLines(text, format === 'csv' ? 'values' : format, encodings)
      : recordsOfTable(table, roles);
  const count = parsed.records.length + parsed.wrong;
  const refusal =
    count > maxManyRecords
      ? `These are ${formatCount(count)} records. At once at most ${formatCount(maxManyRecords)} can be written: divide them.`
      : null;
  return { parsed, table, roles, refusal };
}

const fitting = (roles: readonly ColumnRole[] | null, table: Table): ColumnRole[] =>
  roles?.length === table.names.length ? [...roles] : rolesOf(table.names);
