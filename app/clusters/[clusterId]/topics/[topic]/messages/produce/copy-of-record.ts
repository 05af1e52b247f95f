import { base64OfField, isExactText, isMasked, isWhole } from '#components/message/field-bytes.ts';
import { formatJson } from '#lib/model/json-text.ts';
import type { MessageDetail, MessageField } from '#lib/model/message.ts';
import type { DraftHeader } from '#lib/model/message-draft.ts';
import type { HeaderRow } from '../header-rows.tsx';
import { type DraftValues, emptyDraft, headerRows } from './draft-values.ts';

/**
 * A record as a draft of another one. Key and headers keep their bytes; a value that a schema made is there as JSON to be changed and
 * is encoded anew. What a policy hides, and what was cut, is not the record's: it is left empty and said.
 */
export function copyOfRecord(record: MessageDetail): {
  values: DraftValues;
  headers: HeaderRow[];
  notes: string[];
  /** The bytes of a value that is there as JSON to be encoded anew. */
  valueBytes: string | null;
} {
  const notes: string[] = [];
  const values: DraftValues = { ...emptyDraft, partition: String(record.partition) };
  if (record.key) Object.assign(values, keyFieldOf(record.key, notes));
  if (record.value === null) values.valueEncoding = 'none';
  else Object.assign(values, valueFieldOf(record.value, notes));
  const headers: DraftHeader[] = [];
  for (const { name, nameBase64, value } of record.headers) {
    if (nameBase64 !== null) {
      notes.push(`The header ${name} is left out: its name is no text.`);
      continue;
    }
    const lost = value ? lostOf(value, `The header ${name}`) : null;
    if (lost) notes.push(lost);
    if (value === null) notes.push(`The header ${name} has no value; here it is sent with an empty one.`);
    const bytes = value === null || lost ? { value: '', encoding: 'text' as const } : bytesOf(value);
    headers.push({ name, ...bytes });
  }
  if (record.headers.length < record.headerCount)
    notes.push(
      `Only the first ${record.headers.length} of ${record.headerCount.toLocaleString('en-US')} headers are here.`,
    );
  const valueBytes = values.valueEncoding === 'schema' && record.value ? base64OfField(record.value) : null;
  return { values, headers: headerRows(headers), notes, valueBytes };
}

function keyFieldOf(field: MessageField, notes: string[]): Partial<DraftValues> {
  const lost = lostOf(field, 'The key');
  if (lost) {
    notes.push(lost);
    return {};
  }
  const { value, encoding } = bytesOf(field);
  return { key: value, keyEncoding: field.sizeBytes === 0 ? 'empty' : encoding };
}

function valueFieldOf(field: MessageField, notes: string[]): Partial<DraftValues> {
  const lost = lostOf(field, 'The value');
  if (lost) {
    notes.push(lost);
    return {};
  }
  const { schema } = field;
  if (schema?.subject && field.format === 'json') {
    notes.push('The value is encoded anew by its schema. To send its bytes as they were, choose Base64.');
    return {
      value: formatJson(field.text) ?? field.text,
      valueEncoding: 'schema',
      valueSubject: schema.subject,
      valueVersion: schema.version === null ? '' : String(schema.version),
      valueMessage: schema.type === 'PROTOBUF' ? (schema.name ?? '') : '',
    };
  }
  const isJson = field.format === 'json' && isExactText(field) && field.sizeBytes > 0;
  const { value, encoding } = bytesOf(field);
  return { value, valueEncoding: isJson ? 'json' : encoding };
}

function lostOf(field: MessageField, what: string): string | null {
  if (isMasked(field))
    return `${what} is hidden from you by ${field.maskedBy.join(', ')}, so it is left empty.`;
  if (!isWhole(field)) return `${what} is too large to be copied here, so it is left empty.`;
  return null;
}

/** The same bytes: as text where the text is exactly them, else in base64. */
const bytesOf = (field: MessageField): { value: string; encoding: 'text' | 'base64' } =>
  isExactText(field)
    ? { value: field.text, encoding: 'text' }
    : { value: base64OfField(field), encoding: 'base64' };
