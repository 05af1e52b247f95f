'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getJson } from '#lib/client/get-json.ts';
import { keys } from '#lib/client/keys.ts';
import type { FilterCheck, FilterFields } from '#lib/model/filter-check.ts';
import { apiPath } from '#lib/paths.ts';
import type { MessageAddress } from '../message-address.ts';

const messages = '/clusters/[clusterId]/topics/[topic]/messages';

/** The text once nobody has written for so long. */
function useSettled(text: string, afterMs: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), afterMs);
    return () => clearTimeout(timer);
  }, [text, afterMs]);
  return settled;
}

const decoding = ({ keySerde, valueSerde }: MessageAddress) => ({ keySerde, valueSerde });

/** What the server says of the expression while it is written; `data` is of the text that it names. */
export function useFilterCheck(clusterId: string, topic: string, address: MessageAddress) {
  const where = useSettled(address.where.trim(), 350);
  const url = apiPath(`${messages}/check-filter`, { clusterId, topic, where, ...decoding(address) });
  const query = useQuery<FilterCheck>({
    queryKey: keys.of(null, url),
    queryFn: ({ signal }) => getJson<FilterCheck>(url, signal),
    enabled: where !== '',
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const isCurrent = where === address.where.trim() && where !== '';
  return {
    check: isCurrent ? query.data : undefined,
    isChecking: isCurrent ? query.isFetching : where !== address.where.trim(),
  };
}

/** Fields that records of the topic have, asked for once they are wanted. */
export function useFilterFields(
  clusterId: string,
  topic: string,
  address: MessageAddress,
  isWanted: boolean,
) {
  const url = apiPath(`${messages}/fields`, { clusterId, topic, ...decoding(address) });
  const query = useQuery<FilterFields>({
    queryKey: keys.of(null, url),
    queryFn: ({ signal }) => getJson<FilterFields>(url, signal),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
  return { fields: query.data, isAsking: query.isFetching, hasFailed: query.isError };
}

/** Runs the expression on one record, each time anew. */
export const tryFilter = (
  clusterId: string,
  topic: string,
  address: MessageAddress,
  { partition, offset }: { partition: number; offset: string },
): Promise<FilterCheck> =>
  getJson<FilterCheck>(
    apiPath(`${messages}/check-filter`, {
      clusterId,
      topic,
      where: address.where.trim(),
      partition,
      offset,
      ...decoding(address),
    }),
  );
