/** A growing buffer for one request body. Counterpart of `FlatReader`. */
export class FlatWriter {
  private buffer: Buffer;
  private length = 0;

  constructor(sizeHint = 256) {
    this.buffer = Buffer.allocUnsafe(Math.max(16, sizeHint));
  }

  private room(bytes: number): number {
    const at = this.length;
    const needed = at + bytes;
    if (needed > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(grown, 0, 0, at);
      this.buffer = grown;
    }
    this.length = needed;
    return at;
  }

  int8(value: number): this {
    const at = this.room(1);
    this.buffer.writeInt8(value, at);
    return this;
  }

  bool(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  int16(value: number): this {
    const at = this.room(2);
    this.buffer.writeInt16BE(value, at);
    return this;
  }

  int32(value: number): this {
    const at = this.room(4);
    this.buffer.writeInt32BE(value, at);
    return this;
  }

  int64(value: bigint): this {
    const at = this.room(8);
    this.buffer.writeBigInt64BE(value, at);
    return this;
  }

  uvarint(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      const at = this.room(1);
      this.buffer[at] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    const at = this.room(1);
    this.buffer[at] = rest;
    return this;
  }

  string(value: string | null, flexible: boolean): this {
    if (value === null) return flexible ? this.uvarint(0) : this.int16(-1);
    const size = Buffer.byteLength(value);
    if (flexible) this.uvarint(size + 1);
    else this.int16(size);
    const at = this.room(size);
    this.buffer.write(value, at, 'utf8');
    return this;
  }

  bytes(value: Buffer | null, flexible: boolean): this {
    if (value === null) return flexible ? this.uvarint(0) : this.int32(-1);
    if (flexible) this.uvarint(value.length + 1);
    else this.int32(value.length);
    return this.raw(value);
  }

  raw(value: Uint8Array): this {
    const at = this.room(value.length);
    this.buffer.set(value, at);
    return this;
  }

  /** The head of an array; -1 for null. The elements follow. */
  count(value: number, flexible: boolean): this {
    return flexible ? this.uvarint(value + 1) : this.int32(value);
  }

  uuid(value: string): this {
    const bytes = Buffer.from(value.replaceAll('-', ''), 'hex');
    if (bytes.length !== 16) throw new RangeError('A topic id has 16 bytes.');
    return this.raw(bytes);
  }

  /** Closes a structure of a flexible version: no tagged fields. */
  tags(flexible: boolean): this {
    return flexible ? this.uvarint(0) : this;
  }

  /** The bytes so far, as a view. */
  done(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}
