'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '#lib/model/problem.ts';
import { getJson, ProblemError } from './get-json.ts';
import { keys } from './keys.ts';

export type LiveQuery<T> = {
  data: T | undefined;
  /** The problem of the newest attempt; `data` is then from before. */
  problem: Problem | undefined;
  isLoading: boolean;
  isRefreshing: boolean;
  refetch: () => void;
};

/**
 * Data of a page that stays fresh: seeded by what the server drew, then read from the same query by GET
 * whenever the cluster's collector has a new sample (see `useLiveCluster`), and every `everyMs` besides.
 */
export function useLiveQuery<T>(options: {
  clusterId: string | null;
  url: string;
  initial?: T | undefined;
  everyMs?: number | false;
  enabled?: boolean;
}): LiveQuery<T> {
  // What the server drew belongs to the address it drew it for, not to the next page or filter.
  const [firstUrl] = useState(options.url);
  const query = useQuery<T>({
    queryKey: keys.of(options.clusterId, options.url),
    queryFn: ({ signal }) => getJson<T>(options.url, signal),
    ...(options.initial === undefined || options.url !== firstUrl ? {} : { initialData: options.initial }),
    placeholderData: keepPreviousData,
    staleTime: 2_000,
    refetchInterval: options.everyMs ?? (options.clusterId === null ? 10_000 : 30_000),
    enabled: options.enabled ?? true,
    retry: false,
  });
  return {
    data: query.data,
    problem: query.error ? problemOf(query.error) : undefined,
    isLoading: query.isLoading,
    isRefreshing: query.isFetching,
    refetch: () => void query.refetch(),
  };
}

const problemOf = (error: Error): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { code: 'internal', status: 0, what: 'The answer could not be read.', next: 'Reload the page.' };
