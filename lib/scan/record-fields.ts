import type { FilterField } from '#lib/model/filter-check.ts';
import type { RegistrySchema } from '#lib/model/registry-schema.ts';
import type { DataValue, DecodePlan } from '#lib/serde/decode-plan.ts';
import { registryPrefix } from '#lib/serde/registry-prefix.ts';
import { walkBatches } from './batch-header.ts';
import { factOf } from './facts.ts';
import { typeOf } from './filter-trial.ts';
import { openBatch } from './record-batch.ts';
import { fieldsOfSchema } from './schema-fields.ts';
import { SiftedRecord } from './sifted-record.ts';

/** Which fields the records at these offsets have. */
export interface FieldsTask {
  kind: 'fields';
  partition: number;
  offsets: bigint[];
  maxInflatedBytes: number;
  plan: DecodePlan;
  /** What was missing will not come. */
  isFinal?: boolean;
}

/** Fields of one record, as its reader may see them, and those that its schemas know of. */
export interface RecordFields {
  offset: string;
  seen: FilterField[];
  known: FilterField[];
}

/** Of one record: a message with a thousand different names is no table of fields. */
const MAX_FIELDS = 400;
const MAX_DEPTH = 8;
const SAMPLE_CHARS = 60;

/** Inside a worker. */
export function fieldsOfRecords(bytes: Buffer, task: FieldsTask): RecordFields[] | { needs: string[] } {
  const wanted = new Set(task.offsets);
  const needs = new Set<string>();
  const records: RecordFields[] = [];
  for (const header of walkBatches(bytes, { checkCrc: false }).headers) {
    if (header.isControl) continue;
    const opened = openBatch(bytes, header, task.maxInflatedBytes);
    if ('problem' in opened) continue;
    while (opened.cursor.next()) {
      if (!wanted.has(opened.cursor.offset)) continue;
      const record = new SiftedRecord(task.plan, task.partition, opened.cursor, task.isFinal ?? false);
      const seen: FilterField[] = [];
      for (const side of ['key', 'value'] as const) {
        const decoded = record[side]();
        if ('needs' in decoded) needs.add(decoded.needs);
        else if ('value' in decoded && decoded.value !== null) addFields(seen, side, decoded.value, 0);
      }
      for (const [name, value] of Object.entries(record.headers())) {
        addFields(seen, pathIn('headers', name), value, 1);
      }
      records.push({ offset: String(opened.cursor.offset), seen, known: knownOf(record, task.plan) });
    }
  }
  return needs.size > 0 ? { needs: [...needs] } : records;
}

function addFields(fields: FilterField[], path: string, value: DataValue, depth: number): void {
  if (fields.length >= MAX_FIELDS) return;
  fields.push({ path, type: listType(value), sample: sampleOf(value) });
  if (depth >= MAX_DEPTH) return;
  // Of a list, what its first element has stands for all of them.
  const inner = Array.isArray(value) ? value[0] : value;
  const at = Array.isArray(value) ? `${path}[0]` : path;
  if (typeof inner !== 'object' || inner === null || inner instanceof Uint8Array || Array.isArray(inner))
    return;
  for (const [name, field] of Object.entries(inner)) addFields(fields, pathIn(at, name), field, depth + 1);
}

const pathIn = (path: string, name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;

function listType(value: DataValue): string {
  if (!Array.isArray(value) || value.length === 0) return typeOf(value);
  const types = new Set(value.slice(0, 20).map(typeOf));
  return types.size === 1 ? `list of ${[...types][0]}` : 'list';
}

function sampleOf(value: DataValue): string | null {
  if (typeof value === 'string')
    return value.length > SAMPLE_CHARS ? `${value.slice(0, SAMPLE_CHARS)}…` : value;
  return typeof value === 'object' ? null : String(value);
}

function knownOf(record: SiftedRecord, plan: DecodePlan): FilterField[] {
  const known: FilterField[] = [];
  for (const side of ['key', 'value'] as const) {
    const bytes = side === 'key' ? record.keyBytes : record.valueBytes;
    const id = (bytes && registryPrefix(bytes)?.id) ?? plan[side].options?.schemaId;
    const schema = id && plan.registry !== null ? factOf(`schema:${plan.registry}:${id}`) : undefined;
    if (schema && typeof schema === 'object' && 'text' in schema) {
      known.push(...fieldsOfSchema(side, schema as RegistrySchema));
    }
  }
  return known;
}
