import type { Suggestion } from '#components/code/suggestions.ts';

/** What every record has, whatever its topic. */
const roots: readonly (readonly [name: string, type: string, info: string])[] = [
  ['value', 'any', 'The decoded value; null is a tombstone.'],
  ['key', 'any', 'The decoded key, or null.'],
  ['headers', 'map', 'Values by name; of several with one name the last.'],
  ['timestamp', 'timestamp', 'When the record was made or appended.'],
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
): Suggestion => ({
  label,
  kind,
  detail,
  info,
  text: label,
  caretBack: 0,
});

export const rootSuggestions: readonly Suggestion[] = [
  ...roots.map(([name, type, info]) => plain(name, 'root', type, info)),
  ...['true', 'false', 'null', 'in'].map((word) => plain(word, 'word', null, null)),
];
