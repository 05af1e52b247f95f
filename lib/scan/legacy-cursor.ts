import type { BatchHeader } from './batch-header.ts';
import { RecordCursor } from './record-cursor.ts';

const OVERHEAD_BYTES = 12;

/**
 * Messages of magic 0 or 1: one plain message, or those inside a compressed one (KIP-31, KIP-32). Inner offsets of magic 1
 * count from 0 and the wrapper carries the last one; inner offsets of magic 0 are absolute.
 */
export class LegacyCursor extends RecordCursor {
  private at: number;
  private readonly end: number;
  private readonly wrapper: BatchHeader;
  private readonly isInner: boolean;

  constructor(wrapper: BatchHeader, bytes: Buffer, start: number, end: number, isInner: boolean) {
    super(bytes, isInner ? baseOffsetOf(wrapper, bytes, start, end) : wrapper.baseOffset, 0n);
    this.at = start;
    this.end = end;
    this.wrapper = wrapper;
    this.isInner = isInner;
    this.timestampType = wrapper.timestampType;
  }

  override next(): boolean {
    if (this.problem !== undefined || this.at >= this.end) return false;
    const { bytes, at: start } = this;
    const size = start + OVERHEAD_BYTES <= this.end ? bytes.readInt32BE(start + 8) : -1;
    const end = start + OVERHEAD_BYTES + size;
    const magic = bytes[start + 16];
    const fixedBytes = magic === 1 ? 26 : 18;
    if (size < 0 || end > this.end || end - start < fixedBytes + 8 || (magic !== 0 && magic !== 1)) {
      return this.broken('is cut off');
    }
    const offset = bytes.readBigInt64BE(start);
    const absolute = this.isInner && this.wrapper.magic === 1 ? this.baseOffset + offset : offset;
    const delta = Number(absolute - this.baseOffset);
    if (delta <= this.offsetDelta || absolute > this.wrapper.lastOffset) {
      return this.broken('has an offset outside its set or out of order');
    }
    this.setTimestamp(magic === 1 ? bytes.readBigInt64BE(start + 18) : -1n);
    let at = start + fixedBytes;
    const keyLength = bytes.readInt32BE(at);
    at += 4;
    this.keyStart = keyLength < 0 ? -1 : at;
    at += Math.max(0, keyLength);
    this.keyEnd = keyLength < 0 ? -1 : at;
    if (at + 4 > end) return this.broken('has a key longer than itself');
    const valueLength = bytes.readInt32BE(at);
    at += 4;
    this.valueStart = valueLength < 0 ? -1 : at;
    at += Math.max(0, valueLength);
    this.valueEnd = valueLength < 0 ? -1 : at;
    if (at > end) return this.broken('has a value longer than itself');
    this.offsetDelta = delta;
    this.headerCount = 0;
    this.headersStart = end;
    this.recordStart = start;
    this.recordEnd = end;
    this.at = end;
    return true;
  }

  private setTimestamp(own: bigint): void {
    // With log append time the broker stamps the wrapper only.
    this.timestampExact = this.wrapper.timestampType === 'append' ? this.wrapper.maxTimestamp : own;
    this.timestampDelta = Number(this.timestampExact);
  }

  private broken(what: string): false {
    this.problem = `a message ${what}; the rest of its set was not read`;
    return false;
  }
}

function baseOffsetOf(wrapper: BatchHeader, bytes: Buffer, start: number, end: number): bigint {
  let first: bigint | undefined;
  let last = 0n;
  for (let at = start; at + OVERHEAD_BYTES <= end; ) {
    last = bytes.readBigInt64BE(at);
    first ??= last;
    const size = bytes.readInt32BE(at + 8);
    if (size < 0) break;
    at += OVERHEAD_BYTES + size;
  }
  if (wrapper.magic === 0) return first ?? wrapper.baseOffset;
  return wrapper.lastOffset - last;
}
