import type { DataValue } from '../decode-plan.ts';
import { Malformed } from '../malformed.ts';
import type { ByteCursor } from './byte-cursor.ts';
import type { RecordField, RecordShape } from './record-type.ts';

type Message = { [key: string]: DataValue };

/** Reads the fields of one version. Tagged fields that are not there are left out, as Kafka's own tools do. Throws `Malformed`. */
export function readRecord(cursor: ByteCursor, shape: RecordShape, version: number): Message {
  if (version < shape.fromVersion || version > shape.toVersion) {
    throw new Malformed(`its version ${version} is not known here`);
  }
  return readFields(cursor, shape.fields, version, version >= shape.flexibleFrom);
}

function readFields(
  cursor: ByteCursor,
  fields: readonly RecordField[],
  version: number,
  isFlexible: boolean,
): Message {
  const message: Message = {};
  for (const field of fields) {
    if (field.tag >= 0 || version < field.from || version > field.to) continue;
    message[field.name] = readField(cursor, field, version, isFlexible);
  }
  if (!isFlexible) return message;
  for (let count = cursor.uvarint(); count > 0; count--) {
    const tag = cursor.uvarint();
    const end = cursor.uvarint() + cursor.at;
    const field = fields.find((one) => one.tag === tag && version >= one.from && version <= one.to);
    if (field) message[field.name] = readField(cursor, field, version, isFlexible);
    if (end < cursor.at) throw new Malformed(`the tagged field ${tag} is longer than it says`);
    cursor.skip(end - cursor.at);
  }
  return message;
}

function readField(cursor: ByteCursor, field: RecordField, version: number, isFlexible: boolean): DataValue {
  if (!field.isArray) return readOne(cursor, field, version, isFlexible);
  const count = isFlexible ? cursor.uvarint() - 1 : cursor.int32();
  if (count < 0) return null;
  if (count > cursor.left) throw new Malformed(`${count} items are announced at byte ${cursor.at}`);
  return Array.from({ length: count }, () => readOne(cursor, field, version, isFlexible));
}

function readOne(cursor: ByteCursor, field: RecordField, version: number, isFlexible: boolean): DataValue {
  const { type } = field;
  if (typeof type !== 'string') {
    if (!field.isArray && version >= field.nullableFrom && isNull(cursor, field)) return null;
    return readFields(cursor, type, version, isFlexible);
  }
  switch (type) {
    case 'bool':
      return cursor.int8() !== 0;
    case 'int8':
      return cursor.int8();
    case 'int16':
      return cursor.int16();
    case 'uint16':
      return cursor.int16() & 0xffff;
    case 'int32':
      return cursor.int32();
    case 'int64':
      return cursor.int64();
    case 'uuid':
      return cursor.bytes.toString('base64url', cursor.skip(16), cursor.at);
    case 'string': {
      const length = isFlexible ? cursor.uvarint() - 1 : cursor.int16();
      return length < 0 ? null : cursor.text(length);
    }
    case 'bytes': {
      const length = isFlexible ? cursor.uvarint() - 1 : cursor.int32();
      return length < 0 ? null : cursor.view(length);
    }
    default:
      throw new Malformed(`its type ${type} is not known here`);
  }
}

/** Whether a structure that may be null is: said by a signed byte in its place, by a varint among the tagged fields. */
const isNull = (cursor: ByteCursor, { tag }: RecordField): boolean =>
  tag >= 0 ? cursor.uvarint() === 0 : cursor.int8() < 0;
