'use client';

import { useMemo } from 'react';
import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import type { EventListing, EventMark } from '#lib/model/cluster-event.ts';
import { apiPath } from '#lib/paths.ts';
import type { Flag } from './flags.ts';
import { flagsOf } from './flags.ts';
import { useRange } from './use-range.ts';

export type EventsOfPage = {
  live: LiveQuery<EventListing>;
  /** Newest first. */
  events: readonly EventMark[];
  total: number;
  flags: Flag[];
};

const none: readonly EventMark[] = [];

/**
 * What happened over the page's range: changes, elections, rebalances, restarts, alerts.
 * @param subject only what happened to it, beside what happened to the cluster: `topic:orders`
 */
export function useEvents(clusterId: string, subject?: string): EventsOfPage {
  const [range] = useRange();
  const live = useLiveQuery<EventListing>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/events', { clusterId, range: range.text, subject }),
  });
  const events = live.data?.rows ?? none;
  const flags = useMemo(() => flagsOf(events, 0, Number.POSITIVE_INFINITY), [events]);
  return { live, events, total: live.data?.total ?? 0, flags };
}
