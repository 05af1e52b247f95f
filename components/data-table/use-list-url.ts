'use client';

import { debounce, parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { Sort } from './column.ts';

/** State of a list in the address: search, sort, page and the filters of this list, all as text. */
export type ListUrl<F extends string> = {
  q: string;
  setQ: (q: string) => void;
  sort: Sort;
  setSort: (sort: Sort) => void;
  page: number;
  setPage: (page: number) => void;
  filters: Record<F, string>;
  /** An empty text takes the filter away. */
  setFilter: (name: F, value: string) => void;
  /** Search and filters away; sort stays. */
  clear: () => void;
  /** What was asked, in the words of the address: for the face of no results. */
  asked: string[];
  isFiltered: boolean;
};

/**
 * Keeps a list's state in the address, so that it can be found again, linked and gone back to. A new search, sort or filter returns
 * to the first page. Typing replaces the address; pages, sorts and filters can be gone back from.
 */
export function useListUrl<F extends string = never>(options: {
  sort: Sort;
  filters?: readonly F[];
}): ListUrl<F> {
  const { sort: defaultSort, filters: names = [] } = options;
  const namesKey = names.join(',');
  const parsers = useMemo(
    () => ({
      q: parseAsString.withDefault(''),
      sort: parseAsString.withDefault(defaultSort),
      page: parseAsInteger.withDefault(1),
      ...Object.fromEntries(
        namesKey
          .split(',')
          .filter(Boolean)
          .map((name) => [name, parseAsString.withDefault('')]),
      ),
    }),
    [defaultSort, namesKey],
  );
  const [raw, set] = useQueryStates(parsers, { history: 'push', scroll: false });
  const state = raw as { q: string; sort: string; page: number } & Record<string, string | number>;
  const change = set as (
    values: Record<string, string | number | null>,
    how?: { history?: 'push' | 'replace'; limitUrlUpdates?: ReturnType<typeof debounce> },
  ) => void;

  const setQ = useCallback(
    (q: string) =>
      change(
        { q: q || null, page: null },
        { history: 'replace', limitUrlUpdates: q ? debounce(200) : undefined },
      ),
    [change],
  );
  const setSort = useCallback((sort: Sort) => change({ sort, page: null }), [change]);
  const setPage = useCallback((page: number) => change({ page: page === 1 ? null : page }), [change]);
  const setFilter = useCallback(
    (name: F, value: string) => change({ [name]: value || null, page: null }),
    [change],
  );
  const clear = useCallback(
    () =>
      change({
        q: null,
        page: null,
        ...Object.fromEntries(
          namesKey
            .split(',')
            .filter(Boolean)
            .map((name) => [name, null]),
        ),
      }),
    [change, namesKey],
  );
  const filters = Object.fromEntries(names.map((name) => [name, String(state[name] ?? '')])) as Record<
    F,
    string
  >;
  const asked = [state.q, ...names.map((name) => filters[name])].filter(Boolean);
  return {
    q: state.q,
    setQ,
    sort: state.sort,
    setSort,
    page: Math.max(1, state.page),
    setPage,
    filters,
    setFilter,
    clear,
    asked,
    isFiltered: asked.length > 0,
  };
}
