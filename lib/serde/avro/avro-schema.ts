/** An Avro schema as a graph: named types refer to each other, and to themselves. */
export type AvroNode =
  | { kind: 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'string'; logical?: Logical }
  | { kind: 'bytes'; logical?: Logical }
  | { kind: 'fixed'; name: string; size: number; logical?: Logical }
  | { kind: 'enum'; name: string; symbols: string[] }
  | { kind: 'array'; items: AvroNode }
  | { kind: 'map'; values: AvroNode }
  | { kind: 'union'; branches: AvroNode[] }
  | { kind: 'record'; name: string; fields: { name: string; type: AvroNode }[] };

export type Logical = { type: string; precision: number; scale: number };

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Scope = { named: Map<string, AvroNode>; count: number };

const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;
type Primitive = (typeof primitives)[number];
const isPrimitive = (name: string): name is Primitive => (primitives as readonly string[]).includes(name);

/** Schemas written by people have some hundreds. */
const MAX_NODES = 50_000;
const MAX_NESTING = 200;
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

function readText(text: string, scope: Scope): AvroNode {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    // Confluent's API allows a primitive's bare name.
    if (isPrimitive(text.trim())) return { kind: text.trim() as Primitive };
    throw new SchemaProblem('the schema is not JSON');
  }
  return read(json, '', scope, 0);
}

function read(json: Json, namespace: string, scope: Scope, depth: number): AvroNode {
  if (++scope.count > MAX_NODES) throw new SchemaProblem(`the schema has more than ${MAX_NODES} parts`);
  if (depth > MAX_NESTING) throw new SchemaProblem(`the schema is nested deeper than ${MAX_NESTING} levels`);
  if (typeof json === 'string') return readName(json, namespace, scope);
  if (Array.isArray(json)) {
    return { kind: 'union', branches: json.map((one) => read(one, namespace, scope, depth + 1)) };
  }
  if (typeof json !== 'object' || json === null)
    throw new SchemaProblem('a type of the schema is neither a name nor an object');
  const type = own(json, 'type');
  if (typeof type !== 'string') {
    if (type === undefined) throw new SchemaProblem('a type of the schema has no "type"');
    return read(type, namespace, scope, depth + 1);
  }
  switch (type) {
    case 'record':
    case 'error':
      return readRecord(json, namespace, scope, depth);
    case 'enum': {
      const symbols = own(json, 'symbols');
      if (!Array.isArray(symbols)) throw new SchemaProblem('an enum has no symbols');
      return define(json, namespace, scope, (name) => ({ kind: 'enum', name, symbols: symbols.map(String) }));
    }
    case 'fixed': {
      const size = own(json, 'size');
      if (typeof size !== 'number' || !Number.isInteger(size) || size < 0 || size > MAX_FIXED_BYTES) {
        throw new SchemaProblem('a fixed type has no size that can be');
      }
      return define(json, namespace, scope, (name) => ({ kind: 'fixed', name, size, ...logicalOf(json) }));
    }
    case 'array':
      return { kind: 'array', items: read(own(json, 'items') ?? null, namespace, scope, depth + 1) };
    case 'map':
      return { kind: 'map', values: read(own(json, 'values') ?? null, namespace, scope, depth + 1) };
    default:
      if (isPrimitive(type)) return { kind: type, ...logicalOf(json) } as AvroNode;
      return readName(type, namespace, scope);
  }
}

function readRecord(json: { [key: string]: Json }, namespace: string, scope: Scope, depth: number): AvroNode {
  const fields = own(json, 'fields');
  if (!Array.isArray(fields)) throw new SchemaProblem('a record has no fields');
  const node: Extract<AvroNode, { kind: 'record' }> = { kind: 'record', name: '', fields: [] };
  define(json, namespace, scope, (name) => {
    node.name = name;
    return node;
  });
  const inner = node.name.includes('.') ? node.name.slice(0, node.name.lastIndexOf('.')) : '';
  for (const field of fields) {
    const name = isObject(field) ? own(field, 'name') : undefined;
    if (!isObject(field) || typeof name !== 'string') throw new SchemaProblem('a field has no name');
    node.fields.push({ name, type: read(own(field, 'type') ?? null, inner, scope, depth + 1) });
  }
  return node;
}

/** Gives a named type its full name before its parts are read, so that they may refer to it. */
function define(
  json: { [key: string]: Json },
  namespace: string,
  scope: Scope,
  make: (name: string) => AvroNode,
): AvroNode {
  const short = own(json, 'name');
  if (typeof short !== 'string' || short === '') throw new SchemaProblem('a named type has no name');
  const given = own(json, 'namespace');
  const space = typeof given === 'string' ? given : namespace;
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

function logicalOf(json: { [key: string]: Json }): { logical?: Logical } {
  const type = own(json, 'logicalType');
  if (typeof type !== 'string') return {};
  const precision = own(json, 'precision');
  const scale = own(json, 'scale') ?? 0;
  const isWhole = typeof scale === 'number' && Number.isInteger(scale) && scale >= 0 && scale <= 1_000;
  if (type === 'decimal' && (typeof precision !== 'number' || !isWhole)) return {};
  return { logical: { type, precision: Number(precision ?? 0), scale: isWhole ? scale : 0 } };
}

const isObject = (json: Json): json is { [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const own = (json: { [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(json, key) ? json[key] : undefined;
