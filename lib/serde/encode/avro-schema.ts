import { type JsonNode, parseJsonTree } from '#lib/model/json-tree.ts';

/** An Avro schema with its names resolved. Only data: nothing of it becomes code. */
export type AvroType =
  | { kind: 'null' | 'boolean' | 'float' | 'double' }
  | { kind: 'int' | 'long' | 'string'; logical: string | null }
  | { kind: 'bytes'; logical: Decimal | null }
  | { kind: 'fixed'; name: string; size: number; logical: Decimal | 'duration' | null }
  | { kind: 'enum'; name: string; symbols: string[] }
  | { kind: 'record'; name: string; fields: AvroField[] }
  | { kind: 'array'; items: AvroType }
  | { kind: 'map'; values: AvroType }
  | { kind: 'union'; branches: AvroType[] };
/** `fallback` is the default, as the schema writes it. */
export type AvroField = { name: string; type: AvroType; fallback: JsonNode | null };
export type Decimal = { precision: number; scale: number };

/** The schema cannot be used; the message says why in words. */
export class SchemaProblem extends Error {
  override name = 'SchemaProblem';
}

const primitives = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);
const maxDepth = 100;

/**
 * Reads an Avro schema; references define names before it.
 * @throws SchemaProblem
 */
export function parseAvro(text: string, references: readonly { text: string }[] = []): AvroType {
  const names = new Map<string, AvroType>();
  for (const reference of references) read(jsonOf(reference.text), '', names, 0);
  return read(jsonOf(text), '', names, 0);
}

/** How a branch of a union is called in Avro's JSON: the full name of a named type, else the kind. */
export const branchName = (type: AvroType): string => ('name' in type ? type.name : type.kind);

/** The schema as a tree, because a default may be a number that no JavaScript number holds. */
function jsonOf(text: string): JsonNode {
  // A primitive may be written as its bare name.
  const parsed = parseJsonTree(primitives.has(text.trim()) ? JSON.stringify(text.trim()) : text, 1_000);
  if (!('root' in parsed)) throw new SchemaProblem('The schema is not JSON.');
  return parsed.root;
}

type Names = Map<string, AvroType>;

function read(schema: JsonNode | undefined, space: string, names: Names, depth: number): AvroType {
  if (depth > maxDepth) throw new SchemaProblem(`The schema is nested more than ${maxDepth} levels deep.`);
  if (schema?.kind === 'string') return named(schema.value, space, names);
  if (schema?.kind === 'array') {
    return { kind: 'union', branches: schema.items.map((branch) => read(branch, space, names, depth + 1)) };
  }
  if (schema?.kind !== 'object') throw new SchemaProblem('The schema has a type that is no type.');
  const type = own(schema, 'type');
  const word = textOf(type);
  switch (word) {
    case 'record':
    case 'error':
      return readRecord(schema, space, names, depth);
    case 'enum': {
      const symbols = own(schema, 'symbols');
      if (symbols?.kind !== 'array') throw new SchemaProblem('An enum of the schema has no symbols.');
      const words = symbols.items.map((symbol) => textOf(symbol) ?? '');
      return define(schema, space, names, (name) => ({ kind: 'enum', name, symbols: words }));
    }
    case 'fixed': {
      const size = numberOf(own(schema, 'size'));
      if (size === null || !Number.isInteger(size) || size < 0)
        throw new SchemaProblem('A fixed type of the schema has no size.');
      const isDuration = textOf(own(schema, 'logicalType')) === 'duration' && size === 12;
      const logical = isDuration ? 'duration' : decimalOf(schema);
      return define(schema, space, names, (name) => ({ kind: 'fixed', name, size, logical }));
    }
    case 'array':
      return { kind: 'array', items: read(own(schema, 'items'), space, names, depth + 1) };
    case 'map':
      return { kind: 'map', values: read(own(schema, 'values'), space, names, depth + 1) };
    case 'int':
    case 'long':
    case 'string':
      return { kind: word, logical: textOf(own(schema, 'logicalType')) };
    case 'bytes':
      return { kind: 'bytes', logical: decimalOf(schema) };
    default:
      return read(type, space, names, depth + 1);
  }
}

function readRecord(schema: JsonNode, space: string, names: Names, depth: number): AvroType {
  const fields: AvroField[] = [];
  const record = define(schema, space, names, (name) => ({ kind: 'record', name, fields }));
  const inner = branchName(record).split('.').slice(0, -1).join('.');
  const listed = own(schema, 'fields');
  if (listed?.kind !== 'array') throw new SchemaProblem('A record of the schema has no fields.');
  for (const each of listed.items) {
    fields.push({
      name: textOf(own(each, 'name')) ?? '',
      type: read(own(each, 'type'), inner, names, depth + 1),
      fallback: own(each, 'default') ?? null,
    });
  }
  return record;
}

function named(name: string, space: string, names: Names): AvroType {
  switch (name) {
    case 'null':
    case 'boolean':
    case 'float':
    case 'double':
      return { kind: name };
    case 'int':
    case 'long':
    case 'string':
      return { kind: name, logical: null };
    case 'bytes':
      return { kind: 'bytes', logical: null };
    default: {
      const inSpace = name.includes('.') || space === '' ? undefined : names.get(`${space}.${name}`);
      const found = inSpace ?? names.get(name);
      if (!found) throw new SchemaProblem(`The schema names the type ${name}, which it does not define.`);
      return found;
    }
  }
}

function define(schema: JsonNode, space: string, names: Names, make: (name: string) => AvroType): AvroType {
  const given = textOf(own(schema, 'name')) ?? '';
  if (given === '') throw new SchemaProblem('A named type of the schema has no name.');
  const prefix = textOf(own(schema, 'namespace')) ?? space;
  const name = given.includes('.') || prefix === '' ? given : `${prefix}.${given}`;
  const type = make(name);
  names.set(name, type);
  return type;
}

function decimalOf(schema: JsonNode): Decimal | null {
  if (textOf(own(schema, 'logicalType')) !== 'decimal') return null;
  const precision = numberOf(own(schema, 'precision'));
  const scale = numberOf(own(schema, 'scale')) ?? 0;
  if (precision === null || precision < 1 || scale < 0 || scale > precision) return null;
  return { precision, scale };
}

const own = (node: JsonNode, name: string): JsonNode | undefined =>
  node.kind === 'object' ? node.members.findLast((member) => member.name === name)?.value : undefined;
const textOf = (node: JsonNode | undefined): string | null => (node?.kind === 'string' ? node.value : null);
const numberOf = (node: JsonNode | undefined): number | null =>
  node?.kind === 'number' ? Number(node.text) : null;
