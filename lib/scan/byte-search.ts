import type { DecodePlan } from '#lib/serde/decode-plan.ts';
import type { RecordCursor } from './record-cursor.ts';

/** Finds the occurrences of one text in ascending order, each searched for once. */
class Occurrences {
  private readonly body: Buffer;
  private readonly needle: Buffer;
  private at = -1;

  constructor(body: Buffer, needle: Buffer) {
    this.body = body;
    this.needle = needle;
  }

  /** Whether one lies within `[from, to)`; `from` must not go back. */
  isWithin(from: number, to: number): boolean {
    if (this.at < from) {
      const found = this.body.indexOf(this.needle, from);
      this.at = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.at + this.needle.length <= to;
  }
}

const BACKSLASH = Buffer.from('\\');
/** Some serializers name the schema in a header: then the bytes may be of any format. */
const SCHEMA_HEADER = Buffer.from('_schema_id');
const plainSerdes = new Set(['auto', 'json', 'text']);

/**
 * Bytes that must occur in a record for its expression to be true, looked for in a whole batch at once. Only where the record is
 * written as it is decoded: JSON and text without escapes. Everything else may be true without them and is decoded.
 */
export class BatchSearch {
  /** One member of each must lie within a record. */
  private readonly sets: Occurrences[][];
  private readonly escapes: Occurrences;
  private readonly isOff: boolean;

  constructor(body: Buffer, needles: readonly (readonly Buffer[])[], plan: DecodePlan) {
    this.isOff = !mayPushDown(plan) || needles.length === 0 || body.includes(SCHEMA_HEADER);
    this.sets = this.isOff ? [] : needles.map((set) => set.map((needle) => new Occurrences(body, needle)));
    this.escapes = new Occurrences(body, BACKSLASH);
  }

  /** False when the record cannot match. The records of a batch must be asked in their order. */
  mayMatch(cursor: RecordCursor): boolean {
    if (this.isOff) return true;
    const { bytes, recordStart, recordEnd } = cursor;
    let isThere = true;
    for (const set of this.sets) {
      let has = false;
      for (const needle of set) has = needle.isWithin(recordStart, recordEnd) || has;
      isThere = has && isThere;
    }
    if (isThere) return true;
    if (!isPlain(bytes, cursor.valueStart, cursor.valueEnd)) return true;
    if (!isPlain(bytes, cursor.keyStart, cursor.keyEnd)) return true;
    return this.escapes.isWithin(recordStart, recordEnd);
  }
}

/** Whether anything may be concluded from bytes that are not there. */
export const mayPushDown = (plan: DecodePlan): boolean =>
  plan.masks === null &&
  !plan.topic.startsWith('__') &&
  plainSerdes.has(plan.key.serde) &&
  plainSerdes.has(plan.value.serde);

/** Whether a field begins as text or JSON does, and as no format that hides its text: a registry's prefix, gzip, zstd. */
function isPlain(bytes: Buffer, start: number, end: number): boolean {
  if (end - start <= 0) return true;
  const first = bytes[start] as number;
  if (first < 0x20) return first === 0x09 || first === 0x0a || first === 0x0d;
  // 28 b5 2f fd begins a frame of zstd.
  if (first === 0x28) return bytes[start + 1] !== 0xb5;
  return first !== 0x7f;
}
