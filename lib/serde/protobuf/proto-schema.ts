import { createRequire } from 'node:module';
import type { Field, INamespace, NamespaceBase, Root, Type } from 'protobufjs';
import { SchemaProblem } from '../avro/avro-schema.ts';
import { builtInProtos } from './built-in-protos.ts';

type Protobuf = typeof import('protobufjs');
/** Loaded when a schema of this kind is first met: most workers never meet one. */
let loaded: Protobuf | undefined;
const require = createRequire(import.meta.url);
export const protobuf = (): Protobuf => {
  loaded ??= require('protobufjs') as Protobuf;
  return loaded;
};

/** The types of a .proto text with all that it refers to. */
export interface ProtoSchema {
  root: Root;
  /** Full names by their path in the file, such as `1,0`, as the wire names them. */
  byIndex: Map<string, string>;
}

const MAX_TEXT = 1_000_000;

/**
 * Reads a .proto text with its references. The parser only reads: nothing of it becomes code.
 * @throws SchemaProblem
 */
export function readProtoSchema(
  text: string,
  references: readonly { name: string; text: string }[],
): ProtoSchema {
  const { Root: RootOf } = protobuf();
  const size = references.reduce((sum, reference) => sum + reference.text.length, text.length);
  if (size > MAX_TEXT)
    throw new SchemaProblem(`the schema and its references are longer than ${MAX_TEXT} characters`);
  try {
    const root = new RootOf();
    const given = new Set(references.map(({ name }) => name));
    const wanted = new Set<string>();
    for (const source of [...references.map((reference) => reference.text), text]) {
      for (const name of load(source, root)) if (!given.has(name)) wanted.add(name);
    }
    addBuiltIns(root, wanted);
    root.resolveAll();
    return { root, byIndex: indexOf(text) };
  } catch (error) {
    if (error instanceof SchemaProblem) throw error;
    const reason =
      error instanceof Error ? error.message.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200) : 'it cannot be read';
    throw new SchemaProblem(`its text cannot be read: ${reason}`);
  }
}

/** Parses one file into the root and gives the names it imports. */
function load(source: string, root: Root): string[] {
  const { imports = [], weakImports = [] } = protobuf().parse(source, root, { keepCase: true });
  return [...imports, ...weakImports];
}

/** What every schema may import without anybody giving it. Imports that are not known matter only if a type of theirs is used. */
function addBuiltIns(root: Root, wanted: Set<string>): void {
  for (const name of wanted) {
    const known = protobuf().common.get(name) ?? packaged(name);
    if (known?.nested) root.addJSON(known.nested);
    else {
      const text = builtInProtos.get(name);
      // Sets grow while they are walked: what is imported here has its turn too.
      if (text !== undefined) for (const inner of load(text, root)) wanted.add(inner);
    }
  }
}

/** Each by its own literal name: a bundler that sees a computed one takes the whole package for modules. */
const packagedFiles: Readonly<Record<string, () => unknown>> = {
  'google/protobuf/descriptor.proto': () => require('protobufjs/google/protobuf/descriptor.json'),
  'google/protobuf/api.proto': () => require('protobufjs/google/protobuf/api.json'),
  'google/protobuf/type.proto': () => require('protobufjs/google/protobuf/type.json'),
  'google/protobuf/source_context.proto': () => require('protobufjs/google/protobuf/source_context.json'),
};

function packaged(name: string): INamespace | undefined {
  const file = Object.hasOwn(packagedFiles, name) ? packagedFiles[name] : undefined;
  return file && (asWritten(file()) as INamespace);
}

/** The package has these files with the names of JavaScript; here fields are called as their .proto calls them. */
function asWritten(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, inner]) => {
      if (key === 'fields') return [key, withSnakeKeys(inner as Record<string, unknown>)];
      if (key === 'oneof') return [key, (inner as string[]).map(snake)];
      return [key, asWritten(inner)];
    }),
  );
}

const withSnakeKeys = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([key, field]) => [snake(key), field]));

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** In the tree of all files those of one package are mixed: the order is that of the file alone. */
function indexOf(text: string): Map<string, string> {
  const { Root: RootOf, parse } = protobuf();
  const alone = new RootOf();
  const { package: space } = parse(text, alone, { keepCase: true });
  const top = space ? alone.lookup(space) : alone;
  const byIndex = new Map<string, string>();
  if (top) number(top as NamespaceBase, '', byIndex);
  return byIndex;
}

function number(space: NamespaceBase, path: string, byIndex: Map<string, string>): void {
  const { Type: TypeOf } = protobuf();
  let index = 0;
  for (const nested of space.nestedArray) {
    if (!(nested instanceof TypeOf) || isGroup(nested)) continue;
    const at = path === '' ? String(index) : `${path},${index}`;
    byIndex.set(at, nameOf(nested));
    number(nested, at, byIndex);
    index++;
  }
}

/** A group's type is not counted: it is part of its field. The typings do not know the mark. */
const isGroup = (type: Type): boolean => 'group' in type && type.group === true;

/** Full name without the dot that the parser puts before it. */
export const nameOf = (type: { fullName: string }): string => type.fullName.replace(/^\./, '');

export type { Field, Type };
