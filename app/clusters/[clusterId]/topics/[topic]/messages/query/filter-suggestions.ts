import type { Suggestion } from '#components/code/suggestions.ts';
import type { FilterField } from '#lib/model/filter-check.ts';
import { filterFunctions } from '#lib/model/filter-help.ts';

/** What every record has, whatever its topic. */
const roots: readonly (readonly [name: string, type: string, info: string])[] = [
  ['value', 'any', 'The decoded value; null is a tombstone.'],
  ['key', 'any', 'The decoded key, or null.'],
  ['headers', 'map', 'Values by name; of several with one name the last.'],
  ['timestamp', 'timestamp', 'The moment the record carries.'],
  ['partition', 'int', 'Its partition.'],
  ['offset', 'int', 'Its offset, exact.'],
  ['size', 'int', 'Bytes of key, value and headers.'],
  ['topic', 'string', 'Name of the topic.'],
];

const plain = (
  label: string,
  kind: Suggestion['kind'],
  detail: string | null,
  info: string | null,
): Suggestion => ({ label, kind, detail, info, text: label, caretBack: 0 });

const fixed: readonly Suggestion[] = [
  ...roots.map(([name, type, info]) => plain(name, 'root', type, info)),
  ...['true', 'false', 'null', 'in'].map((word) => plain(word, 'word', null, null)),
  ...filterFunctions.map(({ name, signature, isMethod, what, example }): Suggestion => {
    const takesNothing = signature.endsWith('()');
    return {
      label: name,
      kind: isMethod ? 'method' : 'function',
      detail: signature.slice(name.length),
      info: `${what} ${example}`,
      text: `${name}()`,
      caretBack: takesNothing ? 0 : 1,
    };
  }),
];

/** What can be written in an expression over this topic. */
export function suggestionsOf(fields: readonly FilterField[]): readonly Suggestion[] {
  const names = new Set(roots.map(([name]) => name));
  return [
    ...fields
      .filter(({ path }) => !names.has(path))
      .map(({ path, type, sample }) =>
        plain(path, 'field', type, sample === null ? null : `Such as ${sample}`),
      ),
    ...fixed,
  ];
}
