'use client';

import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { SeriesAnswer } from '#lib/model/series.ts';
import { apiPath } from '#lib/paths.ts';

/** The fastest this group has read in the last day and when; null while it is not known or nothing was read. */
export function useBestRate(
  clusterId: string,
  groupId: string,
  isAsked: boolean,
): { perSecond: number; at: number } | null {
  const { data } = useLiveQuery<SeriesAnswer>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/series', {
      clusterId,
      series: `group.records-out:${groupId}`,
      range: '24h',
      points: 144,
    }),
    enabled: isAsked,
  });
  if (!isAsked || !data) return null;
  let best: { perSecond: number; at: number } | null = null;
  data.series[0]?.values.forEach((value, i) => {
    const at = data.at[i];
    if (value !== null && at !== undefined && value > (best?.perSecond ?? 0)) best = { perSecond: value, at };
  });
  return best;
}
