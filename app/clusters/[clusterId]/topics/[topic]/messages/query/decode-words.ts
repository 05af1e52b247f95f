import { serdeOptionOf } from '#lib/model/serde-choice.ts';

/** A choice for each side as its text; empty is none. */
export type SerdeTexts = { key: string; value: string };

/** What a text such as `schema:12` is called. */
export function serdeWords(text: string): string {
  const label = serdeOptionOf(text)?.label ?? text;
  const rest = text.split(':').slice(1).join(':');
  return text.startsWith('schema:') ? `Schema ${rest}` : label;
}

/** How key and value are read, in a few words: what was chosen for this view, else for the topic, else what is found by itself. */
export function decodeWords(view: SerdeTexts, topic: SerdeTexts | null): string {
  const part = (side: keyof SerdeTexts) => {
    const text = view[side] || topic?.[side] || 'auto';
    return text === 'auto' ? '' : serdeWords(text);
  };
  const [key, value] = [part('key'), part('value')];
  if (key === '' && value === '') return 'Found by itself';
  if (key === '') return value;
  return value === '' ? `Key: ${key}` : `${value}, key: ${key}`;
}
