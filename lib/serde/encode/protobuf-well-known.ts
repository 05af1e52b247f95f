import type { Type } from 'protobufjs';
import { type JsonNode, memberPath } from '#lib/model/json-tree.ts';
import { instantNanos } from './avro-logical.ts';
import { ByteWriter } from './byte-writer.ts';
import { type FieldErrors, floatingNumber } from './field-errors.ts';
import { counted, scalar, tag, wireTypes } from './protobuf-scalar.ts';

const wrapped: Record<string, string> = {
  DoubleValue: 'double',
  FloatValue: 'float',
  Int64Value: 'int64',
  UInt64Value: 'uint64',
  Int32Value: 'int32',
  UInt32Value: 'uint32',
  BoolValue: 'bool',
  StringValue: 'string',
  BytesValue: 'bytes',
};
const nanosPerSecond = 1_000_000_000n;

/** Writes a message by its fields. */
type WriteMessage = (type: Type, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) => void;

/**
 * Writes the types of google.protobuf that have a JSON form of their own: a timestamp is text, a Struct is any object. An object with
 * the fields of a timestamp or duration is left to the ordinary way.
 * @returns false when the type is none of them
 */
export function writeWellKnown(
  type: Type,
  node: JsonNode,
  path: string,
  out: ByteWriter,
  errors: FieldErrors,
  writeMessage: WriteMessage,
): boolean {
  const name = /^\.google\.protobuf\.(\w+)$/.exec(type.fullName)?.[1];
  if (name === undefined) return false;
  const scalarType = wrapped[name];
  if (scalarType !== undefined) {
    if (node.kind === 'object') return false;
    tag(1, wireTypes[scalarType] ?? 0, out);
    scalar(scalarType, node, path, out, errors);
    return true;
  }
  switch (name) {
    case 'Timestamp':
    case 'Duration':
      if (node.kind === 'object') return false;
      writeNanos(name, node, path, out, errors);
      return true;
    case 'FieldMask':
      if (node.kind === 'object') return false;
      if (node.kind !== 'string') errors.needs(path, node, 'text such as name,address.city');
      else
        for (const each of node.value.split(',').filter((part) => part !== '')) text(1, snakeOf(each), out);
      return true;
    case 'Struct':
      if (node.kind !== 'object') errors.needs(path, node, 'an object');
      else writeStruct(node, path, out, errors);
      return true;
    case 'ListValue':
      if (node.kind !== 'array') errors.needs(path, node, 'a list');
      else writeList(node, path, out, errors);
      return true;
    case 'Value':
      writeValue(node, path, out, errors);
      return true;
    case 'Any':
      return writeAny(type, node, path, out, errors, writeMessage);
    default:
      return false;
  }
}

/** `{"@type": "…/name", …}` with the fields of that message beside it, or its `value` where it has a JSON form of its own. */
function writeAny(
  type: Type,
  node: JsonNode,
  path: string,
  out: ByteWriter,
  errors: FieldErrors,
  writeMessage: WriteMessage,
): boolean {
  const named =
    node.kind === 'object' ? node.members.find((member) => member.name === '@type')?.value : undefined;
  if (node.kind !== 'object' || !named) return false;
  const url = named.kind === 'string' ? named.value : '';
  const inner = type.root.lookup(url.slice(url.lastIndexOf('/') + 1));
  if (!inner || !('fieldsArray' in inner)) {
    errors.add(memberPath(path, '@type'), named, 'names a message type that the schema does not know');
    return true;
  }
  const rest = node.members.filter((member) => member.name !== '@type');
  const only = rest.length === 1 && rest[0]?.name === 'value' ? rest[0].value : undefined;
  const bytes = new ByteWriter();
  // Types with a form of their own stand in `value`; all others have their fields here.
  if (!only || !writeWellKnown(inner as Type, only, memberPath(path, 'value'), bytes, errors, writeMessage))
    writeMessage(inner as Type, { ...node, members: rest }, path, bytes, errors);
  text(1, url, out);
  tag(2, 2, out);
  counted(bytes.finish(), out);
  return true;
}

function writeNanos(
  name: 'Timestamp' | 'Duration',
  node: JsonNode,
  path: string,
  out: ByteWriter,
  errors: FieldErrors,
) {
  const isTime = name === 'Timestamp';
  const value = node.kind !== 'string' ? null : isTime ? instantNanos(node.value) : durationNanos(node.value);
  if (value === null) {
    errors.add(
      path,
      node,
      isTime ? 'a moment is needed, as 2026-11-21T03:12:40.250Z' : 'a duration is needed, as 1.5s',
    );
    return;
  }
  // Of a moment before 1970 the nanoseconds still count forward; of a duration both have one sign.
  const nanos = isTime
    ? ((value % nanosPerSecond) + nanosPerSecond) % nanosPerSecond
    : value % nanosPerSecond;
  const seconds = (value - nanos) / nanosPerSecond;
  if (seconds !== 0n) {
    tag(1, 0, out);
    out.varint(seconds);
  }
  if (nanos !== 0n) {
    tag(2, 0, out);
    out.varint(nanos);
  }
}

function durationNanos(text: string): bigint | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/.exec(text);
  if (!match) return null;
  const [, sign, seconds = '0', fraction = ''] = match;
  const nanos = BigInt(seconds) * nanosPerSecond + BigInt(fraction.padEnd(9, '0'));
  return sign === '-' ? -nanos : nanos;
}

function writeStruct(
  node: Extract<JsonNode, { kind: 'object' }>,
  path: string,
  out: ByteWriter,
  errors: FieldErrors,
) {
  for (const member of node.members) {
    const entry = new ByteWriter();
    text(1, member.name, entry);
    const value = new ByteWriter();
    writeValue(member.value, memberPath(path, member.name), value, errors);
    tag(2, 2, entry);
    counted(value.finish(), entry);
    tag(1, 2, out);
    counted(entry.finish(), out);
  }
}

function writeList(
  node: Extract<JsonNode, { kind: 'array' }>,
  path: string,
  out: ByteWriter,
  errors: FieldErrors,
) {
  node.items.forEach((item, index) => {
    const value = new ByteWriter();
    writeValue(item, `${path}[${index}]`, value, errors);
    tag(1, 2, out);
    counted(value.finish(), out);
  });
}

/** google.protobuf.Value: any JSON. Its numbers are doubles, so a whole number beyond 2^53 is refused, not rounded. */
function writeValue(node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
  switch (node.kind) {
    case 'null':
      tag(1, 0, out);
      return out.byte(0);
    case 'number': {
      const value = floatingNumber(node, path, errors);
      if (value !== null && /^-?\d+$/.test(node.text) && BigInt(node.text) !== BigInt(value))
        errors.add(path, node, `${node.text} cannot be held exactly: google.protobuf.Value has doubles only`);
      tag(2, 1, out);
      return out.double(value ?? 0);
    }
    case 'string':
      return text(3, node.value, out);
    case 'boolean':
      tag(4, 0, out);
      return out.byte(node.value ? 1 : 0);
    case 'object':
    case 'array': {
      const inner = new ByteWriter();
      if (node.kind === 'object') writeStruct(node, path, inner, errors);
      else writeList(node, path, inner, errors);
      tag(node.kind === 'object' ? 5 : 6, 2, out);
      return counted(inner.finish(), out);
    }
  }
}

function text(id: number, value: string, out: ByteWriter) {
  tag(id, 2, out);
  counted(Buffer.from(value, 'utf8'), out);
}

/** In JSON the paths of a mask are camel case, on the wire as in the schema. */
const snakeOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
