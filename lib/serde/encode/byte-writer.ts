/** Bytes that grow as they are written; integers as Avro and Protobuf write them. */
export class ByteWriter {
  private bytes = Buffer.allocUnsafe(256);
  private length = 0;

  finish(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.length++] = value;
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** An unsigned number of at most 64 bits, seven bits a byte, the lowest first. */
  varint(value: bigint): void {
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  /** A signed number of at most 64 bits, such that small ones of either sign are short. */
  zigzag(value: bigint): void {
    this.varint((value << 1n) ^ (value >> 63n));
  }

  float(value: number): void {
    this.room(4);
    this.length = this.bytes.writeFloatLE(value, this.length);
  }

  double(value: number): void {
    this.room(8);
    this.length = this.bytes.writeDoubleLE(value, this.length);
  }

  fixed32(value: bigint): void {
    this.room(4);
    this.length = this.bytes.writeUInt32LE(Number(BigInt.asUintN(32, value)), this.length);
  }

  fixed64(value: bigint): void {
    this.room(8);
    this.length = this.bytes.writeBigUInt64LE(BigInt.asUintN(64, value), this.length);
  }

  private room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
