import { Malformed } from '../malformed.ts';

/** Reads Avro's binary encoding from `at` on, never past `end`. Throws `Malformed`. */
export class AvroCursor {
  at: number;
  readonly end: number;
  readonly bytes: Buffer;
  depth = 0;
  /** How many more items collections may have: more than there are bytes is a lie, but for a few that take none. */
  itemsLeft: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
    this.end = bytes.length;
    this.itemsLeft = bytes.length + 10_000;
  }

  /** An int or a long, as bigint where a number would lose digits. */
  readLong(): number | bigint {
    const { bytes, end } = this;
    let at = this.at;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) throw ended(at);
      const byte = bytes[at++] as number;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return (low >>> 1) ^ -(low & 1);
      }
    }
    let middle = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) throw ended(at);
      const byte = bytes[at++] as number;
      middle |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return joined(low, middle, 0);
      }
    }
    let high = 0;
    for (let shift = 0; shift < 14; shift += 7) {
      if (at >= end) throw ended(at);
      const byte = bytes[at++] as number;
      high |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (high > 0xff) break;
        this.at = at;
        return joined(low, middle, high);
      }
    }
    throw new Malformed(`the number at byte ${this.at} is longer than 64 bits`);
  }

  /** A length or a count within what an index can be. */
  readSize(what: string): number {
    const at = this.at;
    const size = this.readLong();
    if (typeof size === 'bigint' || size < 0) throw new Malformed(`${what} at byte ${at} is ${size}`);
    return size;
  }

  /** The next `length` bytes: a view of them. */
  take(length: number): Buffer {
    const { at } = this;
    if (length > this.end - at) {
      throw new Malformed(`${length} bytes are announced at byte ${at}, and ${this.end - at} are left`);
    }
    this.at = at + length;
    return this.bytes.subarray(at, at + length);
  }

  readString(): string {
    const length = this.readSize('the length of a text');
    const { at, bytes } = this;
    if (length > this.end - at) this.take(length);
    this.at = at + length;
    return length < 24 ? shortText(bytes, at, at + length) : bytes.toString('utf8', at, at + length);
  }

  readByte(): number {
    if (this.at >= this.end) throw ended(this.at);
    return this.bytes[this.at++] as number;
  }
}

/** Crossing into native code costs more than a short ASCII text. */
function shortText(bytes: Buffer, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte > 0x7f) return bytes.toString('utf8', from, to);
    text += String.fromCharCode(byte);
  }
  return text;
}

function joined(low: number, middle: number, high: number): number | bigint {
  // 53 bits of the zigzag form fit a double: below that no bigint is needed.
  if (high === 0 && middle < 2 ** 25) {
    const zigzag = middle * 2 ** 28 + low;
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }
  const zigzag = (BigInt(high) << 56n) | (BigInt(middle) << 28n) | BigInt(low);
  const value = (zigzag & 1n) === 0n ? zigzag >> 1n : -((zigzag + 1n) >> 1n);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const ended = (at: number): Malformed => new Malformed(`it ends at byte ${at}, in the middle of a value`);
