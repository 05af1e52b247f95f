import { type FieldPath, parseFieldPath } from '#lib/model/field-path.ts';
import type { DataValue } from '#lib/serde/decode-plan.ts';
import { printValue } from '#lib/serde/print-value.ts';
import type { SiftedRecord } from './sifted-record.ts';

/** Most characters of one cell of a column. */
const CELL_CHARS = 1_000;

/** The fields of these paths as text, null where the record has none such; or the fact that decoding lacks. */
export function showColumns(
  record: SiftedRecord,
  paths: readonly string[],
  maxChars = CELL_CHARS,
): (string | null)[] | { needs: string } {
  const cells: (string | null)[] = [];
  for (const text of paths) {
    const path = parseFieldPath(text);
    const value = path && valueAt(record, path);
    if (value && 'needs' in value) return value;
    cells.push(value ? textOf(value.found, maxChars) : null);
  }
  return cells;
}

function valueAt(
  record: SiftedRecord,
  { side, steps }: FieldPath,
): { found: DataValue } | { needs: string } | null {
  let value: DataValue;
  if (side === 'headers') value = record.headers();
  else {
    const decoded = side === 'key' ? record.key() : record.value();
    if ('needs' in decoded) return decoded;
    if (!('value' in decoded)) return null;
    value = decoded.value;
  }
  for (const step of steps) {
    const next = childOf(value, step);
    if (next === undefined) return null;
    value = next;
  }
  return { found: value };
}

function childOf(value: DataValue, step: string | number): DataValue | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) {
    const index = typeof step === 'number' ? step : /^\d{1,9}$/.test(step) ? Number(step) : -1;
    return value[index];
  }
  return Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
}

function textOf(value: DataValue, maxChars: number): string {
  const text = typeof value === 'string' ? value : printValue(value, maxChars).text;
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;
}
