'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getJson, ProblemError } from '#lib/client/get-json.ts';
import { keys } from '#lib/client/keys.ts';
import type { MessageDetail, MessagePage } from '#lib/model/message.ts';
import type { Problem } from '#lib/model/problem.ts';

const problemOf = (error: Error | null): Problem | null =>
  error === null
    ? null
    : error instanceof ProblemError
      ? error.problem
      : { code: 'internal', status: 0, what: 'The answer could not be read.', next: 'Try again.' };

/** Every read of messages is in the audit, so nothing is read again that nobody asked for. */
const onlyWhenAsked = {
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  retry: false,
} as const;

/** One page of messages, as it was when it was read; nothing is read without an address. */
export function useMessages(url: string | null, initial: MessagePage | undefined) {
  const [firstUrl] = useState(url);
  const drawn = url === firstUrl ? initial : undefined;
  const query = useQuery<MessagePage>({
    queryKey: keys.of(null, url ?? ''),
    queryFn: ({ signal }) => getJson<MessagePage>(url ?? '', signal),
    enabled: url !== null,
    ...(drawn ? { initialData: drawn } : {}),
    placeholderData: keepPreviousData,
    ...onlyWhenAsked,
  });
  // The server may have drawn this address anew while an older answer was still kept.
  const data = drawn && query.data && drawn.asOf > query.data.asOf ? drawn : query.data;
  return {
    data,
    problem: problemOf(query.error),
    isBusy: query.isFetching,
    readAgain: () => void query.refetch(),
  };
}

/** One record; it never changes, so it is read once. */
export function useMessage(url: string, initial: MessageDetail | undefined) {
  const query = useQuery<MessageDetail>({
    queryKey: keys.of(null, url),
    queryFn: ({ signal }) => getJson<MessageDetail>(url, signal),
    ...(initial ? { initialData: initial } : {}),
    ...onlyWhenAsked,
  });
  return {
    data: query.data,
    problem: problemOf(query.error),
    readAgain: () => void query.refetch(),
  };
}
