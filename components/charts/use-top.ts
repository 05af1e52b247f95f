'use client';

import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import type { TopMeasure, TopSeries } from '#lib/model/series.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';
import { useRange } from './use-range.ts';

/** The largest (or least) series of a kind over the page's range. */
export function useTop(options: {
  clusterId: string;
  kind: SeriesKind;
  by?: TopMeasure;
  order?: 'most' | 'least';
  q?: string;
  limit?: number;
  initial?: TopSeries;
  enabled?: boolean;
}): LiveQuery<TopSeries> {
  const { clusterId, kind, by, order, q, limit, initial, enabled } = options;
  const [range] = useRange();
  return useLiveQuery<TopSeries>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/series/top', {
      clusterId,
      kind,
      by,
      order,
      range: range.text,
      q,
      limit,
    }),
    initial,
    enabled: enabled ?? true,
  });
}
