import { RE2JS } from '@bufbuild/re2';
import type { Cell } from './cell.ts';
import type { Expression } from './expression.ts';
import { mismatch } from './operations.ts';

/** RE2: linear time, whatever the pattern. It is found anywhere in the text unless it says otherwise. */
export function matchOf(pattern: Expression | undefined): ((left: Cell, right: Cell) => Cell) | undefined {
  if (pattern?.kind !== 'constant' || typeof pattern.value !== 'string') return undefined;
  const compiled = RE2JS.compile(pattern.value);
  return textTest('matches', (text) => compiled.test(text));
}

/** Whether a text has another in it, or at its ends. */
export const textTestOf = (name: keyof typeof texts) => textTest(name, texts[name]);

const texts = {
  contains: (text: string, part: string) => text.includes(part),
  startsWith: (text: string, part: string) => text.startsWith(part),
  endsWith: (text: string, part: string) => text.endsWith(part),
};

const textTest =
  (name: string, test: (text: string, part: string) => boolean) =>
  (left: Cell, right: Cell): Cell =>
    typeof left === 'string' && typeof right === 'string' ? test(left, right) : mismatch(name, left, right);
