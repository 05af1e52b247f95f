'use client';

import { useMemo } from 'react';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { SeriesKinds } from '#lib/model/series.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';

export type KindsOfCluster = {
  isKnown: boolean;
  /** Why a cluster has no numbers of a kind, in words; null when it has. */
  missing: (kind: SeriesKind) => string | null;
};

/** Which numbers a cluster has, and why it has not the others. Sources come and go rarely: it is asked twice a minute. */
export function useKinds(clusterId: string): KindsOfCluster {
  const { data } = useLiveQuery<SeriesKinds>({
    clusterId: null,
    url: apiPath('/clusters/[clusterId]/series/kinds', { clusterId }),
    everyMs: 30_000,
  });
  return useMemo(() => {
    const reasons = new Map(data?.rows.map((row) => [row.kind, row.missing]));
    return { isKnown: data !== undefined, missing: (kind) => reasons.get(kind) ?? null };
  }, [data]);
}
