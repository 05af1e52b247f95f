import type { TimestampType } from './batch-header.ts';

/** Bytes of a field in the cursor's `bytes`; `null` where the record has no such field (start below 0). */
export type FieldBytes = Buffer | null;

export interface RecordHeader {
  key: Buffer;
  value: Buffer | null;
}

/**
 * Goes through the records of one opened batch without making an object per record: after `next()` has answered true, the
 * fields describe the current record by positions in `bytes`. When `next()` answers false, `problem` tells whether the
 * batch was broken there; the records before it stand.
 */
export abstract class RecordCursor {
  readonly bytes: Buffer;
  /** What the deltas are relative to. */
  readonly baseOffset: bigint;
  readonly baseTimestamp: bigint;
  problem: string | undefined;

  /** Non-negative and strictly ascending within a batch. */
  offsetDelta = -1;
  /** Milliseconds; exact up to 2^53, beyond that `timestampExact` holds the delta. */
  timestampDelta = 0;
  timestampExact: bigint | undefined;
  timestampType: TimestampType = 'create';
  /** Start of key and value, below 0 for null. */
  keyStart = -1;
  keyEnd = -1;
  valueStart = -1;
  valueEnd = -1;
  /** As the record says; it is checked when the headers are read. */
  headerCount = 0;
  headersStart = 0;
  recordStart = 0;
  recordEnd = 0;

  constructor(bytes: Buffer, baseOffset: bigint, baseTimestamp: bigint) {
    this.bytes = bytes;
    this.baseOffset = baseOffset;
    this.baseTimestamp = baseTimestamp;
  }

  /** Moves to the next record. */
  abstract next(): boolean;

  get offset(): bigint {
    return this.baseOffset + BigInt(this.offsetDelta);
  }

  /** Epoch milliseconds, as the record says them: -1, the far past and the far future are possible. */
  get timestamp(): bigint {
    return this.baseTimestamp + (this.timestampExact ?? BigInt(this.timestampDelta));
  }

  /** A view, not a copy. */
  get key(): FieldBytes {
    return this.keyStart < 0 ? null : this.bytes.subarray(this.keyStart, this.keyEnd);
  }

  /** A view, not a copy. */
  get value(): FieldBytes {
    return this.valueStart < 0 ? null : this.bytes.subarray(this.valueStart, this.valueEnd);
  }

  /**
   * The headers in their order, repeated names kept, as views; at most `limit` of them. `isBroken` says that the bytes
   * end before the promised count.
   */
  headers(limit = Number.POSITIVE_INFINITY): { headers: RecordHeader[]; isBroken: boolean } {
    const headers: RecordHeader[] = [];
    const reader = new VarintReader(this.bytes, this.headersStart, this.recordEnd);
    for (let i = 0; i < this.headerCount && i < limit; i++) {
      const key = reader.field();
      const value = reader.field();
      if (reader.isBroken || key === null) return { headers, isBroken: true };
      headers.push({ key, value });
    }
    return { headers, isBroken: false };
  }
}

/** Reads Kafka's zigzag varints between two positions; once past the end, `isBroken` stays set and zeros come out. */
export class VarintReader {
  readonly bytes: Buffer;
  readonly end: number;
  at: number;
  isBroken = false;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** A signed 32-bit varint. */
  int(): number {
    let raw = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.at >= this.end) break;
      const byte = this.bytes[this.at++] as number;
      raw |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (raw >>> 1) ^ -(raw & 1);
    }
    this.isBroken = true;
    return 0;
  }

  /** A length-prefixed field; null for a negative length. */
  field(): Buffer | null {
    const length = this.int();
    if (length < 0) return null;
    if (length > this.end - this.at) {
      this.isBroken = true;
      return null;
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
