import { createRequire } from 'node:module';
import type { Enum, Field, MapField, Namespace, Root, Type } from 'protobufjs';
import { SchemaProblem } from './avro-schema.ts';

type Protobuf = typeof import('protobufjs');
/** Loaded when a schema of this kind is first met: most workers never meet one. */
let loaded: Protobuf | undefined;
const protobuf = (): Protobuf => {
  loaded ??= createRequire(import.meta.url)('protobufjs') as Protobuf;
  return loaded;
};

export type ProtobufMessage = {
  /** Full name, without a dot before it. */
  name: string;
  /** Place of the message in its file, as the wire prefix counts: of the outer message first. */
  path: number[];
  type: Type;
};

/**
 * The message types of a .proto file in its order, nested ones after the one they are in. The parser only reads: nothing becomes code.
 * @throws SchemaProblem
 */
export function parseProtobuf(
  text: string,
  references: readonly { name: string; text: string }[] = [],
): ProtobufMessage[] {
  const { Root: RootOf, Type: TypeOf, parse, common } = protobuf();
  const root: Root = new RootOf();
  try {
    const given = new Set(references.map(({ name }) => name));
    const builtIn = new Set<string>();
    const load = (source: string) => {
      const { imports = [], weakImports = [] } = parse(source, root, { keepCase: true });
      for (const name of [...imports, ...weakImports]) if (!given.has(name)) builtIn.add(name);
    };
    for (const reference of references) load(reference.text);
    load(text);
    for (const name of builtIn) {
      const known = common.get(name)?.nested;
      if (known) root.addJSON(known);
      else if (!/^(google\/protobuf\/descriptor|confluent\/)/.test(name))
        throw new SchemaProblem(`The schema imports ${name}, which the registry does not give.`);
    }
    root.resolveAll();
    // In the tree of all files those of one package are mixed: the order is that of the file alone.
    const alone = new RootOf();
    const { package: space } = parse(text, alone, { keepCase: true });
    const top: Namespace = space ? (alone.lookup(space) as Namespace) : alone;
    return messagesIn(top, [], TypeOf).map(({ name, path }) => ({ name, path, type: root.lookupType(name) }));
  } catch (error) {
    if (error instanceof SchemaProblem) throw error;
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
    throw new SchemaProblem(`The schema is no Protobuf that can be read: ${reason}.`);
  }
}

function messagesIn(
  space: Namespace,
  path: number[],
  TypeOf: Protobuf['Type'],
): Omit<ProtobufMessage, 'type'>[] {
  return space.nestedArray
    .filter((each) => each instanceof TypeOf)
    .flatMap((each, index) => [
      { name: nameOf(each), path: [...path, index] },
      ...messagesIn(each as Type, [...path, index], TypeOf),
    ]);
}

/** Full name without the dot that protobufjs puts before it. */
export const nameOf = (type: { fullName: string }): string => type.fullName.replace(/^\./, '');

export const enumOf = (field: Field): Enum | null =>
  field.resolvedType instanceof protobuf().Enum ? field.resolvedType : null;
export const typeOfField = (field: Field): Type | null =>
  field.resolvedType instanceof protobuf().Type ? field.resolvedType : null;
export const mapOf = (field: Field): MapField | null => (field instanceof protobuf().MapField ? field : null);

/** The fields that exclude each other with this one; null where it stands alone or is only `optional`. */
export const choiceOf = (field: Field): string | null =>
  field.partOf && !(field.partOf.oneof.length === 1 && field.partOf.name.startsWith('_'))
    ? field.partOf.name
    : null;
