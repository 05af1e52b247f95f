import type { DataValue } from './decode-plan.ts';
import { numberOf, shortFloat } from './protobuf/proto-cursor.ts';
import type { Serde } from './serde.ts';

/** A number in so many bytes, as Kafka's own serializers write it: big-endian. Only where it is chosen. */
function numberSerde(
  name: string,
  words: string,
  sizeBytes: number,
  read: (bytes: Buffer) => DataValue,
): Serde {
  return {
    name,
    read(bytes) {
      if (bytes.length !== sizeBytes) {
        return { fits: false, nearMiss: `It has ${bytes.length} bytes, ${words} has ${sizeBytes}.` };
      }
      return {
        fits: true,
        reason: `${sizeBytes} bytes, big-endian.`,
        body: { as: 'value', value: read(bytes) },
      };
    },
    decode: (bytes) =>
      bytes.length === sizeBytes
        ? { value: read(bytes) }
        : { reason: `It has ${bytes.length} bytes, ${words} has ${sizeBytes}.` },
  };
}

const uuidText = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

const uuidOf = (bytes: Buffer): string | null => {
  if (bytes.length === 16) {
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
  const text = bytes.length === 36 ? bytes.toString('latin1') : '';
  return uuidText.test(text) ? text.toLowerCase() : null;
};

/** A UUID as 16 bytes or as its text, which is what Kafka's own serializer writes. */
const uuidSerde: Serde = {
  name: 'uuid',
  read(bytes) {
    const value = uuidOf(bytes);
    if (value === null)
      return { fits: false, nearMiss: `Its ${bytes.length} bytes are neither 16 nor the text of a UUID.` };
    const reason = bytes.length === 16 ? '16 bytes.' : 'Text of a UUID.';
    return { fits: true, reason, body: { as: 'value', value } };
  },
  decode(bytes) {
    const value = uuidOf(bytes);
    return value === null ? { reason: 'It is not a UUID.' } : { value };
  },
};

export const numberSerdes: readonly Serde[] = [
  numberSerde('int32', 'a 32-bit integer', 4, (bytes) => bytes.readInt32BE(0)),
  numberSerde('int64', 'a 64-bit integer', 8, (bytes) => numberOf(bytes.readBigInt64BE(0))),
  numberSerde('float', 'a 32-bit floating point number', 4, (bytes) => shortFloat(bytes.readFloatBE(0))),
  numberSerde('double', 'a 64-bit floating point number', 8, (bytes) => bytes.readDoubleBE(0)),
  uuidSerde,
];
