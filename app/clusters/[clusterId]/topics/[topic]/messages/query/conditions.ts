import { formatCount } from '#lib/format.ts';
import type { MessageAddress } from '../message-address.ts';

/** Conditions that are decided on the bytes of a record, before anything is decoded. */
export const conditionKinds = {
  contains: 'Text contains',
  excludes: 'Text is absent',
  key: 'Key is',
  keyPrefix: 'Key begins with',
  header: 'Header',
  tombstones: 'Tombstones',
  size: 'Size',
} as const;
export type ConditionKind = keyof typeof conditionKinds;

export type HeaderTest = 'there' | 'is' | 'has';

/** What the panel of one condition holds, as text. */
export type ConditionFields = {
  text: string;
  header: string;
  test: HeaderTest;
  tombstones: 'only' | 'none';
  minSize: string;
  maxSize: string;
};

export const emptyFields: ConditionFields = {
  text: '',
  header: '',
  test: 'is',
  tombstones: 'only',
  minSize: '',
  maxSize: '',
};

export type Condition = {
  kind: ConditionKind;
  /** Which line of `headers`, from 0; 0 for all others, of which there is one each. */
  line: number;
  /** In words: what it is about, and the value that a person chose. */
  lead: string;
  value: string;
  fields: ConditionFields;
};

const maxHeaders = 8;

const linesOf = (headers: string): string[] => headers.split('\n').filter((line) => line !== '');

/** `name`, `name=value` or `name~part`: the first of both signs divides. */
function headerFields(line: string): Pick<ConditionFields, 'header' | 'test' | 'text'> {
  const at = line.search(/[=~]/);
  if (at < 0) return { header: line, test: 'there', text: '' };
  return { header: line.slice(0, at), test: line[at] === '=' ? 'is' : 'has', text: line.slice(at + 1) };
}

const testWords: Record<HeaderTest, string> = { there: 'is there', is: 'is', has: 'contains' };

function sizeWords(min: string, max: string): string {
  const words = (text: string) => (/^\d+$/.test(text) ? formatCount(text) : text);
  if (max === '') return `at least ${words(min)} B`;
  return min === '' ? `at most ${words(max)} B` : `${words(min)} to ${words(max)} B`;
}

/** The conditions of an address, in the order in which they are offered. */
export function conditionsOf(address: MessageAddress): Condition[] {
  const found: Condition[] = [];
  const add = (
    kind: ConditionKind,
    lead: string,
    value: string,
    fields: Partial<ConditionFields>,
    line = 0,
  ) => found.push({ kind, line, lead, value, fields: { ...emptyFields, ...fields } });
  const { contains, excludes, key, keyPrefix, tombstones, minSize, maxSize } = address;
  if (contains) add('contains', 'text contains', contains, { text: contains });
  if (excludes) add('excludes', 'text without', excludes, { text: excludes });
  if (key) add('key', 'key is', key, { text: key });
  if (keyPrefix) add('keyPrefix', 'key begins with', keyPrefix, { text: keyPrefix });
  for (const [line, text] of linesOf(address.headers).entries()) {
    const fields = headerFields(text);
    const lead = fields.test === 'there' ? 'has header' : `header ${fields.header} ${testWords[fields.test]}`;
    add('header', lead, fields.test === 'there' ? fields.header : fields.text, fields, line);
  }
  if (tombstones === 'only') add('tombstones', 'tombstones only', '', { tombstones });
  else if (tombstones) add('tombstones', 'no tombstones', '', { tombstones: 'none' });
  if (minSize || maxSize) add('size', sizeWords(minSize, maxSize), '', { minSize, maxSize });
  return found;
}

/** The address without this condition. */
export function withoutCondition(address: MessageAddress, { kind, line }: Condition): MessageAddress {
  if (kind === 'size') return { ...address, minSize: '', maxSize: '' };
  if (kind !== 'header') return { ...address, [kind]: '' };
  return { ...address, headers: linesOf(address.headers).toSpliced(line, 1).join('\n') };
}

/**
 * The address with this condition; of another kind than a header there is one at most, so it takes the place of the one before.
 * @returns a sentence when the fields say no condition.
 */
export function withCondition(
  address: MessageAddress,
  kind: ConditionKind,
  fields: ConditionFields,
  line: number | null = null,
): MessageAddress | string {
  if (kind === 'tombstones') return { ...address, tombstones: fields.tombstones };
  if (kind === 'size') {
    const [minSize, maxSize] = [fields.minSize, fields.maxSize].map((text) =>
      text.replaceAll(/[\s,]/g, ''),
    ) as [string, string];
    if (minSize === '' && maxSize === '') return 'Give the least size, the largest, or both.';
    if (![minSize, maxSize].every((text) => /^\d{0,12}$/.test(text)))
      return 'Sizes are whole numbers of bytes.';
    if (minSize && maxSize && Number(minSize) > Number(maxSize))
      return 'The least size is larger than the largest.';
    return { ...address, minSize, maxSize };
  }
  if (kind !== 'header') {
    if (fields.text === '') return 'Give the text.';
    return fields.text.length > 1000 ? 'At most 1,000 characters.' : { ...address, [kind]: fields.text };
  }
  const name = fields.header.trim();
  if (name === '') return 'Give the name of the header.';
  if (/[\n=~]/.test(name)) return 'A name with = or ~ can be asked for below, in the expression.';
  if (fields.text.includes('\n')) return 'The value is one line.';
  const lines = linesOf(address.headers);
  if (line === null && lines.length >= maxHeaders) return `At most ${maxHeaders} headers.`;
  const sign = { there: '', is: '=', has: '~' }[fields.test];
  const text = `${name}${sign}${fields.test === 'there' ? '' : fields.text}`;
  return {
    ...address,
    headers: lines.toSpliced(line ?? lines.length, line === null ? 0 : 1, text).join('\n'),
  };
}
