import type { MessageFilter } from '#lib/model/message-filter.ts';
import type { MaskFact } from '#lib/serde/masks.ts';
import { hidesBytes } from '#lib/serde/masks.ts';
import type { RecordHeader } from './record-cursor.ts';
import type { SiftedRecord } from './sifted-record.ts';

type HeaderCondition = { name: Buffer; nameText: string; test: 'there' | 'is' | 'holds'; value: Buffer };

/**
 * Everything of a filter but its expression, decided on bytes as they lie in the batch. Where a mask hides what would be looked at,
 * the same is asked of what the reader sees instead, so that nobody finds a hidden value by searching for it.
 */
export class Conditions {
  /** Bytes that must all occur in a batch for any of its records to count: most batches end here. */
  readonly batchNeedles: readonly Buffer[];
  /** Whether a record has to be looked at at all. */
  readonly isEmpty: boolean;
  /** What `contains` looks for, where it may look at bytes. */
  readonly contains: Buffer | undefined;
  private readonly filter: MessageFilter;
  private readonly keyIs: Buffer | undefined;
  private readonly keyBegins: Buffer | undefined;
  private readonly headers: readonly HeaderCondition[];
  private readonly excludes: Buffer | undefined;
  private readonly isKeyHidden: boolean;
  private readonly isAnyHidden: boolean;
  private readonly masks: MaskFact | null;

  constructor(filter: MessageFilter, masks: MaskFact | null) {
    this.filter = filter;
    this.masks = masks;
    this.isKeyHidden = hidesBytes(masks, 'key');
    this.isAnyHidden =
      this.isKeyHidden || hidesBytes(masks, 'value') || (masks !== null && hidesBytes(masks, 'header'));
    this.keyIs = filter.key === undefined ? undefined : bytesOf(filter.key);
    this.keyBegins = filter.keyPrefix === undefined ? undefined : bytesOf(filter.keyPrefix);
    this.headers = headerConditions(filter.headers ?? '');
    this.contains = filter.contains === undefined ? undefined : Buffer.from(filter.contains);
    this.excludes = filter.excludes === undefined ? undefined : Buffer.from(filter.excludes);
    const { tombstones, minSize, maxSize } = filter;
    this.isEmpty =
      [this.keyIs, this.keyBegins, this.contains, this.excludes, tombstones, minSize, maxSize].every(
        (condition) => condition === undefined,
      ) && this.headers.length === 0;
    const needles: Buffer[] = [];
    if (!this.isKeyHidden) needles.push(...[this.keyIs, this.keyBegins].filter((one) => one !== undefined));
    if (!this.isAnyHidden && this.contains) needles.push(this.contains);
    for (const { name, nameText, test, value } of this.headers) {
      needles.push(name);
      if (test !== 'there' && !hidesBytes(masks, 'header', nameText)) needles.push(value);
    }
    this.batchNeedles = needles.filter((needle) => needle.length > 0);
  }

  /**
   * @param holds whether the bytes of `contains` occur within the record at all, when that is known.
   * @returns `needs` when the reader's view of a hidden field takes a schema that is missing.
   */
  test(record: SiftedRecord, holds: boolean): boolean | { needs: string } {
    const { cursor } = record;
    const { tombstones, minSize, maxSize } = this.filter;
    if (tombstones !== undefined && cursor.valueStart < 0 !== (tombstones === 'only')) return false;
    if (minSize !== undefined && record.size < minSize) return false;
    if (maxSize !== undefined && record.size > maxSize) return false;
    const key = this.testKey(record);
    if (key !== true) return key;
    if (this.headers.length > 0 && !this.testHeaders(record)) return false;
    if (this.isAnyHidden) return this.testSeen(record);
    if (this.contains && !(holds && occurs(record, this.contains))) return false;
    return !(this.excludes && occurs(record, this.excludes));
  }

  private testKey(record: SiftedRecord): boolean | { needs: string } {
    const { keyIs, keyBegins } = this;
    if (!keyIs && !keyBegins) return true;
    let key = record.keyBytes;
    if (this.isKeyHidden) {
      const seen = record.seenText('key');
      if (typeof seen === 'object' && seen !== null) return seen;
      key = seen === null ? null : Buffer.from(seen);
    }
    if (key === null) return false;
    if (keyIs && !key.equals(keyIs)) return false;
    return !(keyBegins && !key.subarray(0, keyBegins.length).equals(keyBegins));
  }

  private testHeaders(record: SiftedRecord): boolean {
    const { headers } = record.cursor.headers();
    return this.headers.every((wanted) =>
      headers.some((header) => header.key.equals(wanted.name) && this.fits(record, header, wanted)),
    );
  }

  private fits(record: SiftedRecord, header: RecordHeader, wanted: HeaderCondition): boolean {
    if (wanted.test === 'there') return true;
    const value = hidesBytes(this.masks, 'header', wanted.nameText)
      ? record.seenHeader(header)
      : header.value;
    if (value === null) return false;
    return wanted.test === 'is' ? value.equals(wanted.value) : value.includes(wanted.value);
  }

  /** Looks for texts in what the reader sees. */
  private testSeen(record: SiftedRecord): boolean | { needs: string } {
    const { contains, excludes } = this.filter;
    if (contains === undefined && excludes === undefined) return true;
    const seen: string[] = [];
    for (const side of ['key', 'value'] as const) {
      const text = record.seenText(side);
      if (typeof text === 'object' && text !== null) return text;
      if (text !== null) seen.push(text);
    }
    for (const header of record.cursor.headers().headers) {
      const value = record.seenHeader(header);
      if (value !== null) seen.push(value.toString('utf8'));
    }
    if (contains !== undefined && !seen.some((text) => text.includes(contains))) return false;
    return excludes === undefined || !seen.some((text) => text.includes(excludes));
  }

  /** In words, for the plan of a search: what is decided without decoding. */
  describe(): string[] {
    const { filter } = this;
    const said: string[] = [];
    const say = (condition: unknown, sentence: string) => condition !== undefined && said.push(sentence);
    say(
      filter.key,
      this.isKeyHidden ? 'The key is compared as you see it.' : 'The key is compared as bytes.',
    );
    say(filter.keyPrefix, 'The beginning of the key is compared.');
    if (this.headers.length > 0)
      said.push(
        `${this.headers.length === 1 ? 'One header is' : `${this.headers.length} headers are`} looked at.`,
      );
    const where = this.isAnyHidden ? 'in what you see of each record' : 'in the undecoded bytes';
    say(filter.contains, `“${shortened(filter.contains ?? '')}” is looked for ${where}.`);
    say(filter.excludes, `“${shortened(filter.excludes ?? '')}” must not occur ${where}.`);
    say(
      filter.tombstones,
      filter.tombstones === 'only' ? 'Only tombstones count.' : 'Tombstones are left out.',
    );
    say(filter.minSize ?? filter.maxSize, 'The size of each record is compared.');
    return said;
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Whether the bytes occur in the key, the value or a header's value. */
function occurs({ cursor, keyBytes, valueBytes }: SiftedRecord, needle: Buffer): boolean {
  if (valueBytes?.includes(needle) || keyBytes?.includes(needle)) return true;
  if (cursor.headerCount === 0) return false;
  return cursor.headers().headers.some(({ value }) => value?.includes(needle));
}

/** Text, or bytes written as `hex:` and `base64:`. What only looks like one of these is text. */
export function bytesOf(text: string): Buffer {
  const hex = /^hex:((?:[0-9a-fA-F]{2}[\s:]?)+)$/.exec(text)?.[1];
  if (hex !== undefined) return Buffer.from(hex.replace(/[\s:]/g, ''), 'hex');
  const base64 = /^base64:([A-Za-z0-9+/_-]+={0,2})$/.exec(text)?.[1];
  return base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');
}

const MAX_HEADER_CONDITIONS = 8;

/** One per line: `name`, `name=value`, `name~part`. */
function headerConditions(text: string): HeaderCondition[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  return lines
    .filter((line) => line.trim() !== '')
    .slice(0, MAX_HEADER_CONDITIONS)
    .map((line) => {
      const at = line.search(/[=~]/);
      const nameText = (at < 0 ? line : line.slice(0, at)).trim();
      const test = at < 0 ? 'there' : line[at] === '=' ? 'is' : 'holds';
      const value = at < 0 ? Buffer.alloc(0) : bytesOf(line.slice(at + 1));
      return { name: Buffer.from(nameText), nameText, test, value };
    });
}
