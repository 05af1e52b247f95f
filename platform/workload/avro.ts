import avro from 'avsc';
import { orderSchemaV1, orderSchemaV2 } from './schemas.ts';

/** `long` as bigint, so that numbers above 2^53 are written exactly. */
const longAsBigint = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

/** The shortest two's complement bytes of a whole number, big end first, as Avro's decimal wants it. */
export function unscaledBytes(unscaled: bigint): Buffer {
  let bytes = 1;
  while (BigInt.asIntN(bytes * 8, unscaled) !== unscaled) bytes += 1;
  const hex = BigInt.asUintN(bytes * 8, unscaled).toString(16);
  return Buffer.from(hex.padStart(bytes * 2, '0'), 'hex');
}

const typeOf = (schema: object) =>
  avro.Type.forSchema(schema as avro.Schema, { registry: { long: longAsBigint } });

/** Writers and readers of the order schemas. Plain longs are bigint, times numbers, decimals their unscaled bytes. */
export const orderTypes = { v1: typeOf(orderSchemaV1), v2: typeOf(orderSchemaV2) };
