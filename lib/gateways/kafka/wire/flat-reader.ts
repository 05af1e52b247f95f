import { AppError } from '#lib/errors/app-error.ts';

/**
 * A cursor over one contiguous response. No object is made per field, lengths are checked against what is left
 * before anything is allocated, and a broken frame ends as `kafka.bad-frame`, whatever it claims.
 * Encodings: https://kafka.apache.org/protocol (compact ones are KIP-482).
 */
export class FlatReader {
  readonly buffer: Buffer;
  position = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  get remaining(): number {
    return this.buffer.length - this.position;
  }

  private take(length: number): number {
    const at = this.position;
    if (length < 0 || at + length > this.buffer.length) throw badFrame('a field ends after the frame');
    this.position = at + length;
    return at;
  }

  skip(length: number): void {
    this.take(length);
  }

  int8(): number {
    return this.buffer.readInt8(this.take(1));
  }

  bool(): boolean {
    return this.buffer[this.take(1)] !== 0;
  }

  int16(): number {
    return this.buffer.readInt16BE(this.take(2));
  }

  int32(): number {
    return this.buffer.readInt32BE(this.take(4));
  }

  int64(): bigint {
    return this.buffer.readBigInt64BE(this.take(8));
  }

  /** A 64-bit number that is exact up to 2^53: sizes in bytes, without an object for each. */
  int64AsNumber(): number {
    const at = this.take(8);
    return this.buffer.readInt32BE(at) * 4_294_967_296 + this.buffer.readUInt32BE(at + 4);
  }

  uvarint(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.buffer[this.take(1)] as number;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw badFrame('a number has more than five bytes');
  }

  /** Text, or null. Flexible versions carry length + 1 as a varint, the others an int16. */
  string(flexible: boolean): string | null {
    const length = flexible ? this.uvarint() - 1 : this.int16();
    if (length < 0) return null;
    const at = this.take(length);
    return this.buffer.toString('utf8', at, at + length);
  }

  skipString(flexible: boolean): void {
    const length = flexible ? this.uvarint() - 1 : this.int16();
    if (length > 0) this.take(length);
  }

  /** A view into the response, or null. Copy what outlives it. */
  bytes(flexible: boolean): Buffer | null {
    const length = flexible ? this.uvarint() - 1 : this.int32();
    if (length < 0) return null;
    const at = this.take(length);
    return this.buffer.subarray(at, at + length);
  }

  /**
   * Number of elements, -1 for a null array. `leastBytes` is the size of the smallest possible element: a count that
   * cannot fit in what is left is a lie, and is refused before memory is set aside for it.
   */
  count(flexible: boolean, leastBytes: number): number {
    const count = flexible ? this.uvarint() - 1 : this.int32();
    if (count * leastBytes > this.remaining) throw badFrame('a list is longer than the frame');
    return count;
  }

  uuid(): string {
    const at = this.take(16);
    const hex = this.buffer.toString('hex', at, at + 16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** Skips tagged fields, or hands each known one to `visit`. */
  tags(flexible: boolean, visit?: (tag: number, field: FlatReader) => void): void {
    if (!flexible) return;
    const count = this.uvarint();
    for (let i = 0; i < count; i += 1) {
      const tag = this.uvarint();
      const size = this.uvarint();
      const at = this.take(size);
      visit?.(tag, new FlatReader(this.buffer.subarray(at, at + size)));
    }
  }
}

export const badFrame = (reason: string, cause?: unknown): AppError =>
  new AppError('kafka.bad-frame', { reason }, { cause });
