import type { TextMark } from '#components/code/text-view.ts';
import { checkJson } from '#lib/model/json-text.ts';
import { errorSentence, type PlannedField } from '#lib/model/message-draft.ts';

/** Where a text is not JSON; null when it is. */
export function jsonMark(text: string): TextMark | null {
  if (text.trim() === '') return null;
  const check = checkJson(text, 10_000);
  if (check.ok) return null;
  const from = Math.min(check.position, Math.max(0, text.length - 1));
  const line = text.slice(0, check.position).split('\n').length;
  const what = check.position >= text.length ? 'the text ends too early' : 'this does not belong here';
  return { from, to: Math.min(text.length, from + 1), message: `Not JSON: ${what}, line ${line}.` };
}

/** What is wrong by the schema, at its place in the text. */
export const schemaMarks = (
  side: 'key' | 'value',
  field: PlannedField | undefined,
  length: number,
): TextMark[] =>
  (field?.errors ?? []).map((error) => ({
    from: Math.min(error.from, length),
    to: Math.min(error.to, length),
    message: errorSentence(side, error),
  }));
