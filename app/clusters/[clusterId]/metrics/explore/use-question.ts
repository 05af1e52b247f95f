'use client';

import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { topMeasures } from '#lib/model/series.ts';
import { type SeriesKind, seriesKinds } from '#lib/model/series-kinds.ts';

export const limits = ['10', '20', '50', '100'] as const;

const parsers = {
  kind: parseAsStringLiteral<SeriesKind>(seriesKinds).withDefault('topic.size'),
  by: parseAsStringLiteral(topMeasures).withDefault('growth'),
  order: parseAsStringLiteral(['most', 'least'] as const).withDefault('most'),
  q: parseAsString.withDefault(''),
  limit: parseAsStringLiteral(limits).withDefault('20'),
  face: parseAsStringLiteral(['lines', 'heat'] as const).withDefault('lines'),
};

/** What is asked of the explorer, from and to the address: without anything, which topics grew most. */
export function useQuestion() {
  const [question, set] = useQueryStates(parsers, { history: 'push', scroll: false });
  return {
    question,
    ask: set,
    type: (q: string) =>
      void set({ q: q || null }, { history: 'replace', limitUrlUpdates: q ? debounce(250) : undefined }),
  };
}
