import type { DataValue } from '../decode-plan.ts';
import { Malformed } from '../malformed.ts';
import { numberOf } from '../protobuf/proto-cursor.ts';

/** Reads Kafka's own encoding, big-endian. Throws `Malformed`. */
export class ByteCursor {
  at: number;
  readonly bytes: Buffer;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  skip(length: number): number {
    if (length < 0 || length > this.left) {
      throw new Malformed(`${length} bytes are announced at byte ${this.at}, and ${this.left} are left`);
    }
    const { at } = this;
    this.at += length;
    return at;
  }

  int8 = (): number => this.bytes.readInt8(this.skip(1));
  int16 = (): number => this.bytes.readInt16BE(this.skip(2));
  int32 = (): number => this.bytes.readInt32BE(this.skip(4));
  int64 = (): number | bigint => numberOf(this.bytes.readBigInt64BE(this.skip(8)));

  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.skip(1)] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Malformed(`the length at byte ${this.at} is longer than 32 bits`);
  }

  /** A text with its length in two bytes; null for -1. */
  string(): string | null {
    const length = this.int16();
    return length < 0 ? null : this.text(length);
  }

  text(length: number): string {
    const at = this.skip(length);
    return this.bytes.toString('utf8', at, at + length);
  }

  view(length: number): DataValue {
    const at = this.skip(length);
    return this.bytes.subarray(at, at + length);
  }
}
