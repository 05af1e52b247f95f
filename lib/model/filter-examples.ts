import type { FilterField } from './filter-check.ts';

export type FilterExample = { title: string; where: string };

/** Names that often have few values, which is what people look for. */
const telling = /(status|state|type|kind|event|country|currency|reason|code)$/i;

/** Expressions to begin with, made of the fields that a topic has and of values that its messages have. Pure. */
export function examplesOf(fields: readonly FilterField[]): FilterExample[] {
  const examples: FilterExample[] = [];
  const add = (title: string, where: string | undefined) => where && examples.push({ title, where });
  const inValue = fields.filter(({ path }) => path.startsWith('value.') || path.startsWith('value['));
  const texts = inValue.filter(isShortText);
  const text =
    texts.find(({ path }) => telling.test(path) && !path.includes('[0]')) ?? texts.find(isNoElement);
  const number = inValue.find(
    ({ type, path, sample }) => isNumber(type) && !/id$/i.test(path) && sample !== null,
  );
  const element = texts.find(({ path }) => path.includes('[0]'));
  const list = inValue.find(({ type, path }) => type === 'list of string' && isNoElement({ path }));
  const header = fields.find((field) => field.path.startsWith('headers') && isShortText(field));
  const key = fields.find((field) => field.path === 'key' && isShortText(field));
  const optional = inValue.find(({ path }) => /^value(\.\w+)+$/.test(path));

  const isText = text && `${text.path} == ${quoted(text.sample)}`;
  const isMore = number && `${number.path} > ${number.sample}`;
  add('A field has a value', isText);
  add('A number is more', isMore);
  add('Both at once', isText && isMore && `${isText} && ${isMore}`);
  add('One element of a list', element && elementExample(element));
  add('A list has a text', list && `"…" in ${list.path}`);
  add('A header', header && `${header.path} == ${quoted(header.sample)}`);
  add('The key begins with', key && `key.startsWith(${quoted((key.sample ?? '').slice(0, 4))})`);
  add('A field is missing', optional && `!has(${optional.path})`);
  return examples;
}

const isNumber = (type: string): boolean => type === 'int' || type === 'double' || type === 'decimal';
const isNoElement = ({ path }: { path: string }): boolean => !path.includes('[0]');
const isShortText = ({ type, sample }: FilterField): boolean =>
  type === 'string' && sample !== null && sample !== '' && sample.length <= 40 && !sample.endsWith('…');

/** As CEL writes a text: the escapes of JSON are a part of its own. */
const quoted = (text: string | null): string => JSON.stringify(text ?? '');

/** `value.items[0].sku` is any element's `sku` in a macro. */
function elementExample({ path, sample }: FilterField): string | undefined {
  const [list, rest, more] = path.split('[0]');
  if (!list || !rest || more !== undefined) return undefined;
  return `${list}.exists(one, one${rest} == ${quoted(sample)})`;
}
