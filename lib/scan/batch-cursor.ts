import type { BatchHeader } from './batch-header.ts';
import { RecordCursor } from './record-cursor.ts';

/** The records of one batch of magic 2, `bytes` being its inflated body from `start`. */
export class BatchCursor extends RecordCursor {
  private at: number;
  private readonly end: number;
  private readonly lastOffsetDelta: number;
  private remaining: number;
  private isCut = false;

  constructor(header: BatchHeader, bytes: Buffer, start: number, end: number) {
    super(
      bytes,
      header.baseOffset,
      header.timestampType === 'append' ? header.maxTimestamp : header.baseTimestamp,
    );
    this.at = start;
    this.end = end;
    this.lastOffsetDelta = Number(header.lastOffset - header.baseOffset);
    this.remaining = header.recordCount;
    this.timestampType = header.timestampType;
  }

  override next(): boolean {
    if (this.problem !== undefined) return false;
    if (this.remaining <= 0) {
      if (this.remaining < 0) this.problem = `the batch claims ${this.remaining} records`;
      else if (this.at !== this.end) this.problem = `${this.end - this.at} bytes follow the last record`;
      return false;
    }
    this.recordStart = this.at;
    const length = this.varint();
    const recordEnd = this.at + length;
    if (this.isCut || length < 0 || recordEnd > this.end) return this.broken('is cut off');
    // One byte of record attributes, which no version uses.
    this.at++;
    this.varlong();
    const offsetDelta = this.varint();
    const keyLength = this.varint();
    this.keyStart = keyLength < 0 ? -1 : this.at;
    this.keyEnd = keyLength < 0 ? -1 : this.at + keyLength;
    if (keyLength > 0) this.at += keyLength;
    if (this.at > recordEnd) return this.broken('has a key longer than itself');
    const valueLength = this.varint();
    this.valueStart = valueLength < 0 ? -1 : this.at;
    this.valueEnd = valueLength < 0 ? -1 : this.at + valueLength;
    if (valueLength > 0) this.at += valueLength;
    if (this.at > recordEnd) return this.broken('has a value longer than itself');
    this.headerCount = this.varint();
    if (this.isCut || this.at > recordEnd || this.headerCount < 0) return this.broken('is damaged');
    if (offsetDelta <= this.offsetDelta || offsetDelta > this.lastOffsetDelta) {
      return this.broken('has an offset outside its batch or out of order');
    }
    this.offsetDelta = offsetDelta;
    if (this.timestampType === 'append') {
      this.timestampDelta = 0;
      this.timestampExact = undefined;
    }
    this.headersStart = this.at;
    this.recordEnd = recordEnd;
    this.at = recordEnd;
    this.remaining--;
    return true;
  }

  private broken(what: string): false {
    this.problem = `a record ${what}; ${this.remaining} of the batch's records were not read`;
    return false;
  }

  private varint(): number {
    const bytes = this.bytes;
    let byte = bytes[this.at++] as number;
    if (byte < 0x80 && this.at <= this.end) return (byte >>> 1) ^ -(byte & 1);
    let raw = byte & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      if (this.at >= this.end) break;
      byte = bytes[this.at++] as number;
      raw |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (raw >>> 1) ^ -(raw & 1);
    }
    this.isCut = true;
    return 0;
  }

  /** Sets `timestampDelta`, and `timestampExact` where a double cannot hold it. */
  private varlong(): void {
    const start = this.at;
    this.timestampExact = undefined;
    let raw = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      if (this.at >= this.end) break;
      const byte = this.bytes[this.at++] as number;
      raw += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte >= 0x80) continue;
      // Seven groups are 49 bits: exact in a double. Longer ones are rare and take the slow way.
      if (i >= 7) {
        this.timestampExact = exactVarlong(this.bytes, start, this.at);
        this.timestampDelta = Number(this.timestampExact);
      } else {
        this.timestampDelta = raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
      }
      return;
    }
    this.isCut = true;
    this.timestampDelta = 0;
  }
}

function exactVarlong(bytes: Buffer, start: number, end: number): bigint {
  let raw = 0n;
  for (let i = end - 1; i >= start; i--) raw = (raw << 7n) | BigInt((bytes[i] as number) & 0x7f);
  raw = BigInt.asUintN(64, raw);
  return (raw >> 1n) ^ -(raw & 1n);
}
