'use client';

import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import type { TopMeasure, TopSeries } from '#lib/model/series.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';
import { useRange } from './use-range.ts';

/** Up to this length a range is asked for again with each sample. */
const livelyMs = 6 * 3_600_000;

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
  // Over a long time one sample changes nothing that could be seen, and reading it is much work.
  const isLong = (range.kind === 'last' ? range.ms : range.to - range.from) > livelyMs;
  return useLiveQuery<TopSeries>({
    clusterId: isLong ? null : clusterId,
    url: apiPath('/clusters/[clusterId]/series/top', {
      clusterId,
      kind,
      by,
      order,
      range: range.text,
      q,
      limit,
    }),
    ...(isLong ? { everyMs: 60_000 } : {}),
    initial,
    enabled: enabled ?? true,
  });
}
