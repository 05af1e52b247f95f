import { type JsonNode, parseJsonTree } from '#lib/model/json-tree.ts';

/** An Avro schema as a graph: named types refer to each other, and to themselves. */
export type AvroNode =
  | { kind: 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'string'; logical?: Logical }
  | { kind: 'bytes'; logical?: Logical }
  | { kind: 'fixed'; name: string; size: number; logical?: Logical }
  | { kind: 'enum'; name: string; symbols: string[] }
  | { kind: 'array'; items: AvroNode }
  | { kind: 'map'; values: AvroNode }
  | { kind: 'union'; branches: AvroNode[] }
  | { kind: 'record'; name: string; fields: AvroField[] };

/** `fallback` is the default as the schema writes it: it may be a number that no JavaScript number holds. */
export type AvroField = { name: string; type: AvroNode; fallback: JsonNode | null };

export type Logical = { type: string; precision: number; scale: number };

type Scope = { named: Map<string, AvroNode>; count: number };

const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;
type Primitive = (typeof primitives)[number];
const isPrimitive = (name: string): name is Primitive => (primitives as readonly string[]).includes(name);

/** Schemas written by people have some hundreds. */
const MAX_NODES = 50_000;
const MAX_NESTING = 200;
/** Of the text: each type within a type is some levels of JSON. */
const MAX_TEXT_DEPTH = 1_000;
const MAX_FIXED_BYTES = 16 * 1024 * 1024;

/** What is wrong with a schema, as a clause. */
export class SchemaProblem extends Error {}

/**
 * Reads a schema and what it refers to, which comes first. Nothing of the text becomes code: names, docs and defaults are data.
 * @throws SchemaProblem
 */
export function readAvroSchema(text: string, references: readonly { text: string }[] = []): AvroNode {
  const scope: Scope = { named: new Map(), count: 0 };
  for (const reference of references) readText(reference.text, scope);
  return readText(text, scope);
}

/** The full name of a named type, null for others. */
export const nameOf = (node: AvroNode): string | null => ('name' in node ? node.name : null);

/** How a branch of a union is called in Avro's JSON. */
export const branchName = (node: AvroNode): string => nameOf(node) ?? node.kind;

/** Precision and scale where the bytes of a value are those of a decimal. */
export const decimalOf = ({ logical }: { logical?: Logical }): Logical | null =>
  logical?.type === 'decimal' ? logical : null;

/** Months, days and milliseconds in twelve bytes. */
export const isDuration = (node: Extract<AvroNode, { kind: 'fixed' }>): boolean =>
  node.logical?.type === 'duration' && node.size === 12;

function readText(text: string, scope: Scope): AvroNode {
  const tree = parseJsonTree(text, MAX_TEXT_DEPTH);
  if ('root' in tree) return read(tree.root, '', scope, 0);
  // Confluent's API allows a primitive's bare name.
  if (isPrimitive(text.trim())) return { kind: text.trim() as Primitive };
  throw new SchemaProblem(
    tree.reason === 'too-deep' ? 'the schema is nested too deep to be read' : 'the schema is not JSON',
  );
}

function read(json: JsonNode | undefined, namespace: string, scope: Scope, depth: number): AvroNode {
  if (++scope.count > MAX_NODES) throw new SchemaProblem(`the schema has more than ${MAX_NODES} parts`);
  if (depth > MAX_NESTING) throw new SchemaProblem(`the schema is nested deeper than ${MAX_NESTING} levels`);
  if (json?.kind === 'string') return readName(json.value, namespace, scope);
  if (json?.kind === 'array') {
    return { kind: 'union', branches: json.items.map((one) => read(one, namespace, scope, depth + 1)) };
  }
  if (json?.kind !== 'object')
    throw new SchemaProblem('a type of the schema is neither a name nor an object');
  const inner = own(json, 'type');
  if (inner === undefined) throw new SchemaProblem('a type of the schema has no "type"');
  const type = textOf(inner);
  if (type === undefined) return read(inner, namespace, scope, depth + 1);
  switch (type) {
    case 'record':
    case 'error':
      return readRecord(json, namespace, scope, depth);
    case 'enum': {
      const symbols = own(json, 'symbols');
      if (symbols?.kind !== 'array') throw new SchemaProblem('an enum has no symbols');
      const words = symbols.items.map((symbol) => textOf(symbol) ?? '');
      return define(json, namespace, scope, (name) => ({ kind: 'enum', name, symbols: words }));
    }
    case 'fixed': {
      const size = numberOf(own(json, 'size'));
      if (size === undefined || !Number.isInteger(size) || size < 0 || size > MAX_FIXED_BYTES) {
        throw new SchemaProblem('a fixed type has no size that can be');
      }
      return define(json, namespace, scope, (name) => ({ kind: 'fixed', name, size, ...logicalOf(json) }));
    }
    case 'array':
      return { kind: 'array', items: read(own(json, 'items'), namespace, scope, depth + 1) };
    case 'map':
      return { kind: 'map', values: read(own(json, 'values'), namespace, scope, depth + 1) };
    default:
      if (isPrimitive(type)) return { kind: type, ...logicalOf(json) } as AvroNode;
      return readName(type, namespace, scope);
  }
}

function readRecord(json: JsonNode, namespace: string, scope: Scope, depth: number): AvroNode {
  const fields = own(json, 'fields');
  if (fields?.kind !== 'array') throw new SchemaProblem('a record has no fields');
  const node: Extract<AvroNode, { kind: 'record' }> = { kind: 'record', name: '', fields: [] };
  define(json, namespace, scope, (name) => {
    node.name = name;
    return node;
  });
  const inner = node.name.includes('.') ? node.name.slice(0, node.name.lastIndexOf('.')) : '';
  for (const field of fields.items) {
    const name = textOf(own(field, 'name'));
    if (name === undefined) throw new SchemaProblem('a field has no name');
    const type = read(own(field, 'type'), inner, scope, depth + 1);
    node.fields.push({ name, type, fallback: own(field, 'default') ?? null });
  }
  return node;
}

/** Gives a named type its full name before its parts are read, so that they may refer to it. */
function define(json: JsonNode, namespace: string, scope: Scope, make: (name: string) => AvroNode): AvroNode {
  const short = textOf(own(json, 'name')) ?? '';
  if (short === '') throw new SchemaProblem('a named type has no name');
  const space = textOf(own(json, 'namespace')) ?? namespace;
  const name = short.includes('.') || space === '' ? short : `${space}.${short}`;
  const node = make(name);
  scope.named.set(name, node);
  return node;
}

function readName(name: string, namespace: string, scope: Scope): AvroNode {
  if (isPrimitive(name)) return { kind: name };
  const inSpace =
    name.includes('.') || namespace === '' ? undefined : scope.named.get(`${namespace}.${name}`);
  const found = inSpace ?? scope.named.get(name);
  if (!found) throw new SchemaProblem(`the schema refers to ${name.slice(0, 200)}, which is not there`);
  return found;
}

/** A decimal that Avro does not allow is none: its bytes are bytes. */
function logicalOf(json: JsonNode): { logical?: Logical } {
  const type = textOf(own(json, 'logicalType'));
  if (type === undefined) return {};
  const precision = numberOf(own(json, 'precision')) ?? 0;
  const scale = numberOf(own(json, 'scale')) ?? 0;
  const isWhole = Number.isInteger(scale) && scale >= 0 && scale <= 1_000;
  if (type === 'decimal' && (!isWhole || precision < 1 || scale > precision)) return {};
  return { logical: { type, precision, scale: isWhole ? scale : 0 } };
}

const own = (json: JsonNode, key: string): JsonNode | undefined =>
  json.kind === 'object' ? json.members.findLast((member) => member.name === key)?.value : undefined;
const textOf = (json: JsonNode | undefined): string | undefined =>
  json?.kind === 'string' ? json.value : undefined;
const numberOf = (json: JsonNode | undefined): number | undefined =>
  json?.kind === 'number' ? Number(json.text) : undefined;
