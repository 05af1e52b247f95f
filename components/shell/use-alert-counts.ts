'use client';

import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { IncidentSummary } from '#lib/model/incident-view.ts';
import { apiPath } from '#lib/paths.ts';
import type { Trouble } from './nav.ts';

const everyMs = 5_000;

/** How many alerts are open, of all clusters; undefined while it is not known. */
export function useAlertCounts(): IncidentSummary | undefined {
  return useLiveQuery<IncidentSummary>({ clusterId: null, url: apiPath('/alerts/count', {}), everyMs }).data;
}

/** What the rail says of them: those that nobody has acknowledged. */
export function alertTrouble(counts: IncidentSummary | undefined): Trouble | undefined {
  if (!counts?.worstWaiting) return undefined;
  return { count: counts.waiting, mark: counts.worstWaiting, word: 'acknowledged by nobody' };
}
