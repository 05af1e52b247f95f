import { type JsonNode, parseJsonTree } from './json-tree.ts';
import type { DraftEncoding, DraftHeader } from './message-draft.ts';
import type { ManyRecord } from './message-many.ts';

/**
 * What lines of a file are: `records` are JSON objects `{"key", "value", "headers", "partition", "timestamp"}`, `values` one value
 * each.
 */
export type LineKind = 'records' | 'values';
export type LineError = { line: number; message: string };
export type ParsedLines = { records: ManyRecord[]; errors: LineError[]; wrong: number; ignored: string[] };

/** What a record of an export or of a copied record holds besides, and what is not written. */
const passedOver = new Set([
  'topic',
  'offset',
  'timestampMs',
  'timestampType',
  'keySchema',
  'valueSchema',
  'schema',
  'keyBytesInAll',
  'valueBytesInAll',
  'headersInAll',
  'sizeBytes',
  'size',
]);
const written = new Set([
  'key',
  'value',
  'headers',
  'partition',
  'timestamp',
  'keyEncoding',
  'valueEncoding',
]);
const mostErrors = 100;

/** Whether the first line that says something is a record with its parts rather than a value. */
export function lineKindOf(text: string): LineKind {
  const first =
    text
      .slice(0, 200_000)
      .split('\n')
      .find((line) => line.trim() !== '') ?? '';
  const tree = parseJsonTree(first.trim());
  if (!('root' in tree) || tree.root.kind !== 'object') return 'values';
  const names = tree.root.members.map(({ name }) => name);
  const isRecord = names.includes('value') || names.includes('key');
  return isRecord && names.every((name) => written.has(name) || passedOver.has(name)) ? 'records' : 'values';
}

/**
 * Lines as records to write. Empty lines are passed over. The JSON of a value stays the text that was written, with every digit. Never
 * throws; a line that is wrong is named with what is wrong.
 */
export function parseLines(
  text: string,
  kind: LineKind,
  encodings: { key: DraftEncoding; value: DraftEncoding },
): ParsedLines {
  const parsed: ParsedLines = { records: [], errors: [], wrong: 0, ignored: [] };
  const ignored = new Set<string>();
  text.split('\n').forEach((raw, index) => {
    const line = index + 1;
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (content.trim() === '') return;
    const made = kind === 'values' ? { line, value: content } : recordOf(content, line, encodings, ignored);
    if (!('message' in made)) parsed.records.push(made);
    else {
      parsed.wrong += 1;
      if (parsed.errors.length < mostErrors) parsed.errors.push(made);
    }
  });
  parsed.ignored = [...ignored];
  return parsed;
}

class Wrong extends Error {}

function recordOf(
  text: string,
  line: number,
  encodings: { key: DraftEncoding; value: DraftEncoding },
  ignored: Set<string>,
): ManyRecord | LineError {
  const tree = parseJsonTree(text);
  if (!('root' in tree)) return { line, message: `Not JSON: error at character ${tree.position + 1}.` };
  if (tree.root.kind !== 'object') return { line, message: 'A record is an object with key and value.' };
  const record: ManyRecord = { line };
  try {
    // First, because they say how key and value are to be read.
    for (const { name, value } of tree.root.members)
      if (name === 'keyEncoding' || name === 'valueEncoding') record[name] = encodingOf(name, value);
    for (const { name, value } of tree.root.members) {
      if (name === 'key' || name === 'value')
        record[name] = fieldText(value, record[`${name}Encoding`] ?? encodings[name], text);
      else if (name === 'headers') record.headers = headersOf(value, text);
      else if (name === 'partition') record.partition = partitionOf(value);
      else if (name === 'timestamp') record.timestamp = timestampOf(value);
      else if (passedOver.has(name)) ignored.add(name);
      else if (!written.has(name)) throw new Wrong(`${name} is no part of a record.`);
    }
  } catch (error) {
    if (error instanceof Wrong) return { line, message: error.message };
    throw error;
  }
  return record;
}

function encodingOf(name: string, node: JsonNode): 'text' | 'json' | 'base64' | 'hex' {
  if (node.kind === 'string' && ['text', 'json', 'base64', 'hex'].includes(node.value))
    return node.value as 'text' | 'json' | 'base64' | 'hex';
  throw new Wrong(`${name}: one of text, json, base64 or hex is needed.`);
}

/** JSON stays as it was written; for other encodings a string is what it says. */
function fieldText(node: JsonNode, encoding: DraftEncoding, source: string): string | null {
  if (node.kind === 'null') return null;
  if (node.kind === 'string' && encoding !== 'json' && encoding !== 'schema') return node.value;
  return source.slice(node.start, node.end);
}

function headersOf(node: JsonNode, source: string): DraftHeader[] {
  if (node.kind === 'null') return [];
  if (node.kind === 'object')
    return node.members.flatMap(({ name, value }) =>
      value.kind === 'array'
        ? value.items.map((item) => ({ name, ...headerValue(item, source) }))
        : [{ name, ...headerValue(value, source) }],
    );
  if (node.kind !== 'array') throw new Wrong('headers: a list of {"name", "value"} is needed.');
  return node.items.map((item) => {
    const part = (name: string) =>
      item.kind === 'object' ? item.members.find((member) => member.name === name)?.value : undefined;
    const name = part('name') ?? part('key');
    if (name?.kind !== 'string') throw new Wrong('headers: a header has no name.');
    const encoding = part('valueEncoding') ?? part('encoding');
    const isBase64 = encoding?.kind === 'string' && encoding.value === 'base64';
    const value = part('value');
    return {
      name: name.value,
      ...(value ? headerValue(value, source) : { value: '' }),
      ...(isBase64 ? { encoding: 'base64' as const } : {}),
    };
  });
}

const headerValue = (node: JsonNode, source: string): { value: string } => ({
  value: node.kind === 'string' ? node.value : node.kind === 'null' ? '' : source.slice(node.start, node.end),
});

function partitionOf(node: JsonNode): number | null {
  if (node.kind === 'null') return null;
  const value = node.kind === 'number' && /^\d{1,6}$/.test(node.text) ? Number(node.text) : null;
  if (value === null) throw new Wrong('partition: a whole number from 0 is needed.');
  return value;
}

function timestampOf(node: JsonNode): string {
  if (node.kind === 'null') return '';
  if (node.kind === 'string' && node.value.length <= 40) return node.value;
  if (node.kind === 'number' && node.text.length <= 40) return node.text;
  throw new Wrong('timestamp: a moment as 2026-11-21T03:12:40Z or epoch milliseconds is needed.');
}
