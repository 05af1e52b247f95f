import type { Enum, Field, Type } from 'protobufjs';
import { type JsonNode, memberPath } from '#lib/model/json-tree.ts';
import { nameOf } from '../protobuf/proto-schema.ts';
import { ByteWriter } from './byte-writer.ts';
import { type FieldErrors, wholeNumber } from './field-errors.ts';
import { nearest } from './nearest.ts';
import { counted, scalar, tag, wireTypes } from './protobuf-scalar.ts';
import { choiceOf, enumOf, mapOf, typeOfField } from './protobuf-schema.ts';
import { writeWellKnown } from './protobuf-well-known.ts';

/**
 * A JSON value as a Protobuf message, read as Protobuf's own JSON is: names in camel case or as in the schema, 64-bit numbers also as
 * text, bytes in base64, enums by name or number. Fields are written in the order of their numbers.
 */
export function writeMessage(type: Type, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
  if (writeWellKnown(type, node, path, out, errors, writeMessage)) return;
  if (node.kind !== 'object') return errors.needs(path, node, 'an object');
  const given = new Map<Field, { value: JsonNode; path: string }>();
  const chosen = new Map<string, string>();
  for (const member of node.members) {
    const place = { start: member.nameStart, end: member.nameEnd };
    const memberAt = memberPath(path, member.name);
    const field = type.fieldsArray.find(
      ({ name, jsonName }) => name === member.name || jsonName === member.name,
    );
    if (!field) {
      const meant = nearest(
        member.name,
        type.fieldsArray.map(({ name }) => name),
      );
      errors.add(memberAt, place, `${nameOf(type)} has no such field${meant ? `; ${meant} is meant?` : ''}`);
      continue;
    }
    if (given.has(field)) errors.add(memberAt, place, 'is given twice');
    // Null is "not set", as in Protobuf's own JSON.
    if (member.value.kind === 'null' && !takesNull(field)) continue;
    const choice = choiceOf(field);
    const other = choice === null ? undefined : chosen.get(choice);
    if (choice !== null && other !== undefined)
      errors.add(memberAt, place, `only one of ${choice} can be set, and ${other} is`);
    else if (choice !== null) chosen.set(choice, member.name);
    given.set(field, { value: member.value, path: memberAt });
  }
  for (const field of type.fieldsArray) {
    if (field.required && !given.has(field))
      errors.add(
        memberPath(path, field.name),
        { start: node.start, end: node.start + 1 },
        'is missing, and is required',
      );
  }
  for (const field of [...given.keys()].sort((a, b) => a.id - b.id)) {
    const { value, path: fieldAt } = given.get(field)!;
    writeField(field, value, fieldAt, out, errors);
  }
}

const takesNull = (field: Field): boolean =>
  !field.repeated &&
  !field.map &&
  ['.google.protobuf.Value', '.google.protobuf.NullValue'].includes(field.resolvedType?.fullName ?? '');

function writeField(field: Field, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
  const map = mapOf(field);
  if (map) return writeMap(field, map.keyType, node, path, out, errors);
  if (!field.repeated) return writeOne(field, node, path, out, errors, !field.hasPresence);
  if (node.kind !== 'array') return errors.needs(path, node, 'a list');
  if (node.items.length === 0) return;
  if (!field.packed || typeOfField(field) || wireTypes[field.type] === 2) {
    node.items.forEach((item, index) => {
      writeOne(field, item, `${path}[${index}]`, out, errors, false);
    });
    return;
  }
  const packed = new ByteWriter();
  node.items.forEach((item, index) => {
    writeScalar(field, item, `${path}[${index}]`, packed, errors);
  });
  tag(field.id, 2, out);
  counted(packed.finish(), out);
}

/** One value with its tag. `isZeroLeftOut`: where nobody can tell zero from not set, it is not written. */
function writeOne(
  field: Field,
  node: JsonNode,
  path: string,
  out: ByteWriter,
  errors: FieldErrors,
  isZeroLeftOut: boolean,
) {
  const type = typeOfField(field);
  const inner = new ByteWriter();
  if (type) {
    writeMessage(type, node, path, inner, errors);
    if (field.delimited) {
      tag(field.id, 3, out);
      out.raw(inner.finish());
      return tag(field.id, 4, out);
    }
    tag(field.id, 2, out);
    return counted(inner.finish(), out);
  }
  writeScalar(field, node, path, inner, errors);
  const bytes = inner.finish();
  if (isZeroLeftOut && bytes.every((byte) => byte === 0)) return;
  tag(field.id, enumOf(field) ? 0 : (wireTypes[field.type] ?? 0), out);
  out.raw(bytes);
}

function writeMap(
  field: Field,
  keyType: string,
  node: JsonNode,
  path: string,
  out: ByteWriter,
  errors: FieldErrors,
) {
  if (node.kind !== 'object') return errors.needs(path, node, 'an object');
  for (const member of node.members) {
    const entry = new ByteWriter();
    const memberAt = `${path}[${JSON.stringify(member.name)}]`;
    const place = { start: member.nameStart, end: member.nameEnd };
    const key: JsonNode =
      keyType === 'bool' && ['true', 'false'].includes(member.name)
        ? { kind: 'boolean', value: member.name === 'true', ...place }
        : { kind: 'string', value: member.name, ...place };
    tag(1, wireTypes[keyType] ?? 0, entry);
    scalar(keyType, key, memberAt, entry, errors);
    const value = new ByteWriter();
    const type = typeOfField(field);
    if (type) {
      writeMessage(type, member.value, memberAt, value, errors);
      tag(2, 2, entry);
      counted(value.finish(), entry);
    } else {
      tag(2, enumOf(field) ? 0 : (wireTypes[field.type] ?? 0), entry);
      writeScalar(field, member.value, memberAt, entry, errors);
    }
    tag(field.id, 2, out);
    counted(entry.finish(), out);
  }
}

function writeScalar(field: Field, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
  const values = enumOf(field);
  if (values) writeEnum(values, node, path, out, errors);
  else scalar(field.type, node, path, out, errors);
}

function writeEnum(type: Enum, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
  if (type.fullName === '.google.protobuf.NullValue' && node.kind === 'null') return out.byte(0);
  if (node.kind === 'number') {
    const value = wholeNumber(node, path, { bits: 32, name: 'enum' }, errors);
    if (value !== null) out.varint(value);
    return;
  }
  const names = Object.keys(type.values);
  if (node.kind === 'string' && Object.hasOwn(type.values, node.value)) {
    return out.varint(BigInt(type.values[node.value] ?? 0));
  }
  const shown = node.kind === 'string' ? JSON.stringify(node.value.slice(0, 40)) : null;
  const listed = names.slice(0, 12).join(', ') + (names.length > 12 ? ` or ${names.length - 12} more` : '');
  if (shown === null) errors.needs(path, node, `one of ${listed}`);
  else errors.add(path, node, `one of ${listed} is needed, this is ${shown}`);
}
