import type { DataValue } from '../decode-plan.ts';
import { Malformed } from '../malformed.ts';
import { numberOf, type ProtoCursor, shortFloat } from './proto-cursor.ts';

/** 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes. */
export type WireType = 0 | 1 | 2 | 5;

/** How a scalar stands on the wire and what it is read as. */
export interface Scalar {
  wire: WireType;
  /** Several may stand together behind one length. */
  isPackable: boolean;
  absent: DataValue;
  read: (cursor: ProtoCursor, field: number) => DataValue;
}

const number = (wire: WireType, read: Scalar['read']): Scalar => ({
  wire,
  isPackable: true,
  absent: 0,
  read,
});

const zigzag64 = (value: number | bigint): number | bigint => {
  if (typeof value === 'number') return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  return numberOf((value & 1n) === 0n ? value >> 1n : -((value + 1n) >> 1n));
};

const scalars: Readonly<Record<string, Scalar>> = {
  double: number(1, (c) => c.bytes.readDoubleLE(c.skip(8))),
  float: number(5, (c) => shortFloat(c.bytes.readFloatLE(c.skip(4)))),
  int32: number(0, (c) => c.readInt32()),
  uint32: number(0, (c) => c.readInt32() >>> 0),
  sint32: number(0, (c) => {
    const value = c.readInt32();
    return (value >>> 1) ^ -(value & 1);
  }),
  int64: number(0, (c) => c.readVarint64(true)),
  uint64: number(0, (c) => c.readVarint64(false)),
  sint64: number(0, (c) => zigzag64(c.readVarint64(false))),
  fixed32: number(5, (c) => c.bytes.readUInt32LE(c.skip(4))),
  sfixed32: number(5, (c) => c.bytes.readInt32LE(c.skip(4))),
  fixed64: number(1, (c) => numberOf(c.bytes.readBigUInt64LE(c.skip(8)))),
  sfixed64: number(1, (c) => numberOf(c.bytes.readBigInt64LE(c.skip(8)))),
  bool: { wire: 0, isPackable: true, absent: false, read: (c) => c.readVarint64(false) !== 0 },
  string: {
    wire: 2,
    isPackable: false,
    absent: '',
    read: (c, field) => {
      const length = c.readLength(field);
      const at = c.skip(length);
      return c.bytes.toString('utf8', at, at + length);
    },
  },
  bytes: {
    wire: 2,
    isPackable: false,
    absent: Buffer.alloc(0),
    read: (c, field) => {
      const length = c.readLength(field);
      const at = c.skip(length);
      return c.bytes.subarray(at, at + length);
    },
  },
};

/** The scalar of a type's name; of an enum the names of its numbers. */
export function scalarOf(type: string, symbols: Readonly<Record<number, string>> | null): Scalar {
  if (symbols) {
    const names = new Map(Object.entries(symbols).map(([value, name]) => [Number(value), name]));
    const read = (cursor: ProtoCursor): DataValue => {
      const value = cursor.readInt32();
      return names.get(value) ?? value;
    };
    return { wire: 0, isPackable: true, absent: names.get(0) ?? [...names.values()][0] ?? 0, read };
  }
  const scalar = Object.hasOwn(scalars, type) ? scalars[type] : undefined;
  if (!scalar) throw new Malformed(`the schema has a type ${type} that is not known`);
  return scalar;
}
