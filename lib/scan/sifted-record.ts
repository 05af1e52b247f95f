import { DETAIL_BYTES } from '#lib/model/message-limits.ts';
import { decodeField } from '#lib/serde/decode-field.ts';
import type { Decoded, DecodePlan } from '#lib/serde/decode-plan.ts';
import { type MaskFact, maskHeader, masksOf } from '#lib/serde/masks.ts';
import type { SerdeContext } from '#lib/serde/serde.ts';
import { showField } from '#lib/serde/show-field.ts';
import type { RecordView } from './filter/record-view.ts';
import type { RecordCursor, RecordHeader } from './record-cursor.ts';

type Side = 'key' | 'value';

/**
 * The record a cursor stands on, as filters and columns see it. One object serves all records of a batch: `begin` is called for each,
 * and nothing is decoded before it is asked for, and then once.
 */
export class SiftedRecord implements RecordView {
  readonly topic: string;
  readonly partition: number;
  cursor: RecordCursor;
  /** Whether the key or the value of this record was decoded. */
  isDecoded = false;
  private readonly plan: DecodePlan;
  private readonly masks: MaskFact | null;
  private readonly isFinal: boolean;
  private decodedKey: Decoded | undefined;
  private decodedValue: Decoded | undefined;
  private headersByName: { [name: string]: string | Uint8Array | null } | undefined;

  constructor(plan: DecodePlan, partition: number, cursor: RecordCursor, isFinal: boolean) {
    this.topic = plan.topic;
    this.plan = plan;
    this.masks = masksOf(plan);
    this.partition = partition;
    this.cursor = cursor;
    this.isFinal = isFinal;
  }

  /** The cursor has moved. */
  begin(cursor: RecordCursor): void {
    this.cursor = cursor;
    this.isDecoded = false;
    this.decodedKey = undefined;
    this.decodedValue = undefined;
    this.headersByName = undefined;
  }

  get offset(): bigint {
    return this.cursor.offset;
  }

  get timestamp(): bigint {
    return this.cursor.timestamp;
  }

  /** Key, value and headers, uncompressed. */
  get size(): number {
    const { keyStart, keyEnd, valueStart, valueEnd, recordEnd, headersStart } = this.cursor;
    return keyEnd - keyStart + valueEnd - valueStart + recordEnd - headersStart;
  }

  get keyBytes(): Buffer | null {
    return this.cursor.key;
  }

  get valueBytes(): Buffer | null {
    return this.cursor.value;
  }

  key(): Decoded {
    this.decodedKey ??= this.decode('key', this.cursor.key);
    return this.decodedKey;
  }

  value(): Decoded {
    this.decodedValue ??= this.decode('value', this.cursor.value);
    return this.decodedValue;
  }

  headers(): { [name: string]: string | Uint8Array | null } {
    if (!this.headersByName) {
      this.headersByName = Object.create(null) as { [name: string]: string | Uint8Array | null };
      for (const header of this.cursor.headers().headers) {
        const name = header.key.toString('utf8');
        const value = header.value && textOrBytes(header.value);
        this.headersByName[name] = this.masks ? maskHeader(name, value, this.masks).value : value;
      }
    }
    return this.headersByName;
  }

  /** What the reader is shown of a side, masked; null for a null field. */
  seenText(side: Side): string | null | { needs: string } {
    const bytes = side === 'key' ? this.cursor.key : this.cursor.value;
    if (bytes === null) return null;
    this.isDecoded = true;
    const shown = showField(bytes, this.context(side, DETAIL_BYTES, false));
    return 'needs' in shown ? shown : shown.text;
  }

  seenHeader({ key, value }: RecordHeader): Buffer | null {
    const seen = maskHeader(key.toString('utf8'), value && textOrBytes(value), this.masks).value;
    return seen === null ? null : Buffer.from(seen);
  }

  /** How a field of this record is to be decoded or shown. */
  context(side: Side, limitBytes: number, isPreview: boolean): SerdeContext {
    return {
      side,
      limitBytes,
      isPreview,
      plan: this.plan,
      key: side === 'value' ? this.cursor.key : null,
      header: (name) => this.lastHeader(name),
      ...(this.isFinal ? { isFinal: true } : {}),
    };
  }

  private decode(side: Side, bytes: Buffer | null): Decoded {
    if (bytes === null) return { value: null };
    this.isDecoded = true;
    return decodeField(bytes, this.context(side, Number.POSITIVE_INFINITY, false));
  }

  private lastHeader(name: string): Buffer | null | undefined {
    if (this.cursor.headerCount === 0) return undefined;
    const wanted = Buffer.from(name);
    return this.cursor.headers().headers.findLast(({ key }) => key.equals(wanted))?.value;
  }
}

/** Text where the bytes are UTF-8, otherwise the bytes. */
export function textOrBytes(bytes: Buffer): string | Uint8Array {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') && !Buffer.from(text).equals(bytes) ? bytes : text;
}
