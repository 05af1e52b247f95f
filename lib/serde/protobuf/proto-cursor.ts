import { Malformed } from '../malformed.ts';
import type { Note } from '../serde.ts';

/** Reads Protobuf's wire format between two places. Throws `Malformed`. */
export class ProtoCursor {
  at: number;
  end: number;
  readonly bytes: Buffer;
  depth = 0;
  /** Where what no field describes is noted; null when nobody wants to know. */
  readonly notes: Note[] | null;
  path: string[] = [];

  constructor(bytes: Buffer, at: number, notes: Note[] | null = null) {
    this.bytes = bytes;
    this.at = at;
    this.end = bytes.length;
    this.notes = notes;
  }

  /** The low 32 bits of a varint, signed; the others are read over. */
  readInt32(): number {
    const start = this.at;
    let low = 0;
    for (let i = 0; i < 10; i++) {
      const byte = this.readByte();
      if (i < 5) low |= (byte & 0x7f) << (i * 7);
      if (byte < 0x80) return low;
    }
    throw tooLong(start);
  }

  /** A varint of 64 bits as two halves, for the caller to make of it what its type says. */
  readVarint64(isSigned: boolean): number | bigint {
    const start = this.at;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.readByte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return low;
    }
    let middle = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.readByte();
      middle |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return middle < 2 ** 25 ? middle * 2 ** 28 + low : numberOf((BigInt(middle) << 28n) | BigInt(low));
      }
    }
    const first = this.readByte();
    const second = first < 0x80 ? 0 : this.readByte();
    if (second > 1) throw tooLong(start);
    const high = (first & 0x7f) | (second << 7);
    const value = (BigInt(high) << 56n) | (BigInt(middle) << 28n) | BigInt(low);
    return numberOf(isSigned ? BigInt.asIntN(64, value) : value);
  }

  /** A length of what follows, within what is left. */
  readLength(field: number): number {
    const start = this.at;
    const length = this.readVarint64(false);
    if (typeof length === 'bigint' || length > this.end - this.at) {
      throw new Malformed(
        `field ${field} announces ${length} bytes at byte ${start}, and ${this.end - this.at} are left`,
      );
    }
    return length;
  }

  /** Moves over that many bytes and says where they begin. */
  skip(bytes: number): number {
    const { at } = this;
    if (bytes > this.end - at) throw ended(this.end);
    this.at = at + bytes;
    return at;
  }

  readByte(): number {
    if (this.at >= this.end) throw ended(this.end);
    return this.bytes[this.at++] as number;
  }
}

/** A number where it is exact. */
export function numberOf(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The shortest decimal that is that 32-bit float: 0.1, not 0.10000000149011612. */
export function shortFloat(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value;
  for (let digits = 6; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

const ended = (at: number): Malformed => new Malformed(`it ends at byte ${at}, in the middle of a value`);
const tooLong = (at: number): Malformed => new Malformed(`the number at byte ${at} is longer than 64 bits`);
