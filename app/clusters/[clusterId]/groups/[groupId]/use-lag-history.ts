'use client';

import { useMemo } from 'react';
import { rangeWords } from '#components/charts/range.ts';
import { useRange } from '#components/charts/use-range.ts';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { GroupPartitionRow } from '#lib/model/group.ts';
import type { SeriesAnswer } from '#lib/model/series.ts';
import { memberSeries } from '#lib/model/series-kinds.ts';
import { apiPath } from '#lib/paths.ts';

export type LagHistory = {
  /** Lag in time of a partition over the page's range; null where none is kept, undefined before it is known. */
  of: (topic: string, partition: number) => readonly (number | null)[] | null | undefined;
  /** The largest of all that is shown: they share one scale. */
  most: number;
  /** `last hour`. */
  words: string;
};

/** Cells of a strip: more cannot be told apart. */
const cells = 48;
/** Below this everything keeps up, and the strips stay pale. */
const leastScaleMs = 60_000;

/** What the partitions that are shown were behind in time over the page's range. */
export function useLagHistory(
  clusterId: string,
  groupId: string,
  rows: readonly GroupPartitionRow[],
): LagHistory {
  const [range] = useRange();
  const asked = rows
    .slice(0, 50)
    .map(({ topic, partition }) => memberSeries(groupId, topic, partition))
    .sort();
  const search = asked.map((name) => `series=${encodeURIComponent(`member.lag-time:${name}`)}`).join('&');
  const live = useLiveQuery<SeriesAnswer>({
    clusterId,
    url: `${apiPath('/clusters/[clusterId]/series', { clusterId, range: range.text, points: cells })}&${search}`,
    enabled: asked.length > 0,
  });
  const answer = live.data;
  const words = rangeWords(range).toLowerCase();
  return useMemo(() => {
    const byName = new Map((answer?.series ?? []).map((one) => [one.name, cellsOf(answer, one.values)]));
    let most = leastScaleMs;
    for (const values of byName.values()) for (const value of values) most = Math.max(most, value ?? 0);
    return {
      of: (topic, partition) => {
        const values = byName.get(memberSeries(groupId, topic, partition));
        if (values === undefined) return undefined;
        return values.some((value) => value !== null) ? values : null;
      },
      most,
      words,
    };
  }, [answer, groupId, words]);
}

/** The range in cells of one length, each with its largest value: samples stand where they were taken, not where they come in the list. */
function cellsOf(answer: SeriesAnswer | undefined, values: readonly (number | null)[]): (number | null)[] {
  const filled: (number | null)[] = new Array(cells).fill(null);
  if (!answer) return filled;
  const { fromMs, toMs, at } = answer;
  at.forEach((time, i) => {
    const value = values[i] ?? null;
    const cell = Math.min(cells - 1, Math.max(0, Math.floor(((time - fromMs) / (toMs - fromMs)) * cells)));
    if (value !== null) filled[cell] = Math.max(filled[cell] ?? 0, value);
  });
  return filled;
}
