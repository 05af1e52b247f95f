import type { Enum, Field, MapField, Type } from 'protobufjs';
import { protobuf, readProtoSchema } from '../protobuf/proto-schema.ts';

export type ProtobufMessage = {
  /** Full name, without a dot before it. */
  name: string;
  /** Place of the message in its file, as the wire prefix counts: of the outer message first. */
  path: number[];
  type: Type;
};

/**
 * The message types of a .proto file in its order, nested ones after the one they are in.
 * @throws SchemaProblem
 */
export function parseProtobuf(
  text: string,
  references: readonly { name: string; text: string }[] = [],
): ProtobufMessage[] {
  const { root, byIndex } = readProtoSchema(text, references);
  return [...byIndex].map(([at, name]) => ({
    name,
    path: at.split(',').map(Number),
    type: root.lookupType(name),
  }));
}

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
