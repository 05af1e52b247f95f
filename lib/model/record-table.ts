import type { ManyRecord } from './message-many.ts';
import type { LineError, ParsedLines } from './record-lines.ts';

/** What a column of a table is of a record. `field` is a member of the value, which is then a JSON object. */
export const columnRoles = ['key', 'value', 'field', 'header', 'partition', 'timestamp', 'skip'] as const;
export type ColumnRole = (typeof columnRoles)[number];

export type Table = { names: string[]; rows: { line: number; cells: string[] }[]; errors: LineError[] };

/** A CSV (RFC 4180): its first row names the columns. The separator is the one that its first row has most of. */
export function readTable(text: string): Table {
  const errors: LineError[] = [];
  const separator = separatorOf(text);
  const rows = rowsOf(text.replace(/^\ufeff/, ''), separator, errors);
  const [head, ...rest] = rows;
  const names = head?.cells ?? [];
  const whole = rest.filter(({ line, cells }) => {
    if (cells.length === names.length) return true;
    errors.push({ line, message: `has ${cells.length} cells, the first row has ${names.length}.` });
    return false;
  });
  return { names, rows: whole, errors: errors.sort((a, b) => a.line - b.line) };
}

/** What a column probably is, by its name. */
export function rolesOf(names: readonly string[]): ColumnRole[] {
  const hasValue = names.includes('value');
  return names.map((name) => {
    if (name === 'key' || name === 'value' || name === 'partition' || name === 'timestamp') return name;
    if (/^headers?[._:]/.test(name)) return 'header';
    return hasValue ? 'skip' : 'field';
  });
}

/** Rows as records, by what each column is. An empty cell of a key is none, of a field it is null. */
export function recordsOfTable(table: Table, roles: readonly ColumnRole[]): ParsedLines {
  const hasFields = roles.includes('field');
  const errors: LineError[] = [...table.errors];
  const records: ManyRecord[] = [];
  for (const { line, cells } of table.rows) {
    const record: ManyRecord = { line };
    const members: string[] = [];
    const headers: NonNullable<ManyRecord['headers']> = [];
    let wrong: string | null = null;
    roles.forEach((role, index) => {
      const cell = cells[index] ?? '';
      const name = table.names[index] ?? '';
      if (role === 'key' && cell !== '') record.key = cell;
      else if (role === 'value') record.value = cell;
      else if (role === 'field') members.push(`${JSON.stringify(name)}: ${memberText(cell)}`);
      else if (role === 'header') headers.push({ name: name.replace(/^headers?[._:]/, ''), value: cell });
      else if (role === 'timestamp') record.timestamp = cell.slice(0, 40);
      else if (role === 'partition' && cell !== '') {
        if (/^\d{1,6}$/.test(cell)) record.partition = Number(cell);
        else wrong = 'partition: a whole number from 0 is needed.';
      }
    });
    if (hasFields) record.value = `{${members.join(', ')}}`;
    if (headers.length > 0) record.headers = headers;
    if (wrong === null) records.push(record);
    else errors.push({ line, message: wrong });
  }
  errors.sort((a, b) => a.line - b.line);
  return { records, errors: errors.slice(0, 100), wrong: errors.length, ignored: [] };
}

/** Numbers as JSON writes them stay numbers, true, false and null what they are, nothing is null; all else is text. */
function memberText(cell: string): string {
  if (cell === '') return 'null';
  if (/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?)$/.test(cell)) return cell;
  return JSON.stringify(cell);
}

function separatorOf(text: string): string {
  const first = text.slice(0, 100_000).split('\n')[0] ?? '';
  const count = (separator: string) => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best), ',');
}

function rowsOf(text: string, separator: string, errors: LineError[]): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  let at = 0;
  const endRow = () => {
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells });
    cells = [];
    begun = line;
  };
  while (at <= text.length) {
    let cell: string;
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      if (end < 0) {
        errors.push({ line: begun, message: 'a quoted cell does not end.' });
        return rows;
      }
      const inner = text.slice(at + 1, end);
      line += inner.split('\n').length - 1;
      cell = inner.replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = endOfCell(text, at, separator);
      cell = text.slice(at, end);
      at = end;
    }
    cells.push(cell);
    const next = text[at];
    if (next === separator) at += 1;
    else {
      if (next === '\r' && text[at + 1] === '\n') at += 1;
      if (at < text.length && text[at] !== '\n' && text[at] !== '\r') {
        errors.push({ line: begun, message: 'something stands behind a closing quote.' });
        at = endOfCell(text, at, '\n');
      }
      line += 1;
      endRow();
      at += 1;
      if (at >= text.length) break;
    }
  }
  return rows;
}

function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] !== '"') return at;
    at += 1;
  }
  return -1;
}

function endOfCell(text: string, start: number, separator: string): number {
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === separator || char === '\n' || (char === '\r' && text[at + 1] === '\n')) return at;
  }
  return text.length;
}
