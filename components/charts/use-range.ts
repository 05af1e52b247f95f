'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import type { Range } from './range.ts';
import { defaultRange, parseRange } from './range.ts';

/** The page's range of time, from and to the address. `null` goes back to the last hour. */
export function useRange(): [range: Range, setRange: (text: string | null) => void] {
  const [text, setText] = useQueryState(
    'range',
    parseAsString.withDefault(defaultRange).withOptions({ history: 'push', scroll: false }),
  );
  const range = useMemo(() => parseRange(text), [text]);
  return [range, (next) => void setText(next === defaultRange ? null : next)];
}
