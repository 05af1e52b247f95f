import type { JsonNode } from '#lib/model/json-tree.ts';
import type { ByteWriter } from './byte-writer.ts';
import { type FieldErrors, floatingNumber, wholeNumber } from './field-errors.ts';

/** What the bytes of a scalar are framed as; what is not named here is a varint (0). */
export const wireTypes: Record<string, number> = {
  double: 1,
  fixed64: 1,
  sfixed64: 1,
  float: 5,
  fixed32: 5,
  sfixed32: 5,
  string: 2,
  bytes: 2,
};

/** The bytes of a scalar without its tag; text and bytes with their length before them. */
export function scalar(type: string, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
  const bits = type.endsWith('64') ? 64 : 32;
  const whole = (isUnsigned = false) =>
    wholeNumber(node, path, { bits, isUnsigned, name: type, isTextAllowed: true }, errors) ?? 0n;
  switch (type) {
    case 'double':
      return out.double(floatingNumber(node, path, errors) ?? 0);
    case 'float':
      return out.float(floatingNumber(node, path, errors, true) ?? 0);
    case 'int32':
    case 'int64':
      return out.varint(whole());
    case 'uint32':
    case 'uint64':
      return out.varint(whole(true));
    case 'sint32':
    case 'sint64':
      return out.zigzag(whole());
    case 'fixed32':
      return out.fixed32(whole(true));
    case 'sfixed32':
      return out.fixed32(whole());
    case 'fixed64':
      return out.fixed64(whole(true));
    case 'sfixed64':
      return out.fixed64(whole());
    case 'bool':
      if (node.kind !== 'boolean') return errors.needs(path, node, 'true or false');
      return out.byte(node.value ? 1 : 0);
    case 'string':
      if (node.kind !== 'string') return errors.needs(path, node, 'text');
      return counted(Buffer.from(node.value, 'utf8'), out);
    case 'bytes': {
      if (node.kind !== 'string') return errors.needs(path, node, 'text in base64');
      const plain = node.value.replace(/=+$/, '');
      if (!/^[A-Za-z0-9+/_-]*$/.test(plain) || plain.length % 4 === 1)
        return errors.add(path, node, 'is not base64');
      return counted(Buffer.from(plain, 'base64'), out);
    }
    default:
      return errors.add(path, node, `has the type ${type}, which cannot be written here`);
  }
}

export const tag = (id: number, wireType: number, out: ByteWriter): void =>
  out.varint((BigInt(id) << 3n) | BigInt(wireType));

export function counted(bytes: Buffer, out: ByteWriter) {
  out.varint(BigInt(bytes.length));
  out.raw(bytes);
}
