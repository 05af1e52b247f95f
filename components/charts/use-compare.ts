'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';

/** What the page's range can be held against. */
export const comparisons = [
  { value: '1d', label: 'Yesterday', words: 'A day before' },
  { value: '7d', label: 'Last week', words: 'A week before' },
] as const;
export type Comparison = (typeof comparisons)[number]['value'];

/** The time the page's range is compared with, from and to the address; null for none. */
export function useCompare(): [compare: Comparison | null, setCompare: (value: Comparison | null) => void] {
  const [value, setValue] = useQueryState(
    'compare',
    parseAsStringLiteral(comparisons.map((each) => each.value)).withOptions({
      history: 'push',
      scroll: false,
    }),
  );
  return [value, (next) => void setValue(next)];
}

export const compareWords = (compare: Comparison | null): string | null =>
  comparisons.find((each) => each.value === compare)?.words ?? null;
