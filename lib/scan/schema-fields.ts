import type { FilterField } from '#lib/model/filter-check.ts';
import type { RegistrySchema } from '#lib/model/registry-schema.ts';
import { type AvroNode, readAvroSchema, SchemaProblem } from '#lib/serde/avro/avro-schema.ts';

const MAX_FIELDS = 400;
const MAX_DEPTH = 8;

/** Fields that records of a schema can have, those included that no record has had yet. None where they cannot be told. */
export function fieldsOfSchema(side: 'key' | 'value', schema: RegistrySchema): FilterField[] {
  try {
    if (schema.type === 'AVRO') return fieldsOfAvro(side, readAvroSchema(schema.text, schema.references));
    return schema.type === 'JSON' ? fieldsOfJsonSchema(side, JSON.parse(schema.text), 0) : [];
  } catch (error) {
    if (error instanceof SchemaProblem || error instanceof SyntaxError) return [];
    throw error;
  }
}

const pathIn = (path: string, name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;

function fieldsOfAvro(path: string, node: AvroNode, depth = 0): FilterField[] {
  const plain = withoutNull(node);
  if (depth > MAX_DEPTH) return [];
  if (plain.kind === 'array') return fieldsOfAvro(`${path}[0]`, plain.items, depth + 1);
  if (plain.kind !== 'record') return [];
  return plain.fields
    .flatMap(({ name, type }) => {
      const at = pathIn(path, name);
      return [{ path: at, type: wordOf(type), sample: null }, ...fieldsOfAvro(at, type, depth + 1)];
    })
    .slice(0, MAX_FIELDS);
}

/** A union of null and one other is that other, which may be missing. */
function withoutNull(node: AvroNode): AvroNode {
  if (node.kind !== 'union') return node;
  const branches = node.branches.filter(({ kind }) => kind !== 'null');
  return branches.length === 1 ? (branches[0] as AvroNode) : node;
}

/** The word for what decoding makes of it. Only instants in milliseconds can be compared with `timestamp(…)`. */
function wordOf(node: AvroNode): string {
  const plain = withoutNull(node);
  switch (plain.kind) {
    case 'long':
    case 'int':
      return plain.logical?.type === 'timestamp-millis' ? 'timestamp' : 'int';
    case 'float':
    case 'double':
      return 'double';
    case 'boolean':
      return 'bool';
    case 'record':
    case 'map':
      return 'map';
    case 'array':
      return `list of ${wordOf(plain.items)}`;
    case 'bytes':
    case 'fixed':
      return plain.logical?.type === 'decimal' ? 'decimal' : 'bytes';
    case 'union':
      return 'any';
    case 'null':
      return 'null';
    default:
      return 'string';
  }
}

const words: Record<string, string> = {
  integer: 'int',
  number: 'double',
  boolean: 'bool',
  object: 'map',
  array: 'list',
  string: 'string',
};

function fieldsOfJsonSchema(path: string, schema: unknown, depth: number): FilterField[] {
  if (typeof schema !== 'object' || schema === null || depth > MAX_DEPTH) return [];
  const properties = Object.entries((own(schema, 'properties') as object | undefined) ?? {});
  return properties
    .flatMap(([name, property]): FilterField[] => {
      const at = pathIn(path, name);
      const types = [own(property, 'type')].flat().filter((type) => type !== 'null');
      const word =
        types.length === 1 && Object.hasOwn(words, String(types[0])) ? words[String(types[0])] : 'any';
      return [
        { path: at, type: word ?? 'any', sample: null },
        ...fieldsOfJsonSchema(at, property, depth + 1),
      ];
    })
    .slice(0, MAX_FIELDS);
}

const own = (object: unknown, name: string): unknown =>
  typeof object === 'object' && object !== null && Object.hasOwn(object, name)
    ? (object as Record<string, unknown>)[name]
    : undefined;
