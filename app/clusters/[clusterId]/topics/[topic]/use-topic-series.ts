'use client';

import { useMemo } from 'react';
import type { SeriesInput } from '#components/charts/prepare.ts';
import { boundsOf, coveringRange } from '#components/charts/range.ts';
import { useRange } from '#components/charts/use-range.ts';
import { useNow, useZone } from '#components/values/clock.tsx';
import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatDay, formatTime } from '#lib/format.ts';
import type { SeriesAnswer, SeriesKind } from '#lib/model/series.ts';
import { apiPath } from '#lib/paths.ts';

const names: Partial<Record<SeriesKind, string>> = {
  'topic.records-in': 'Records in',
  'topic.bytes-in': 'Bytes in',
  'topic.size': 'Size',
};

export type TopicSeries = {
  live: LiveQuery<SeriesAnswer>;
  /** One list of a single series for each kind that was asked, unchanged until the answer changes. */
  byKind: (kind: SeriesKind) => SeriesInput[];
  from: number;
  to: number;
  emptySentence: string;
};

/** Numbers of a topic over the page's range, for charts. */
export function useTopicSeries(clusterId: string, topic: string, kinds: readonly SeriesKind[]): TopicSeries {
  const [range] = useRange();
  const now = useNow();
  const zone = useZone();
  const asked = kinds.map((kind) => `series=${encodeURIComponent(`${kind}:${topic}`)}`).join('&');
  const live = useLiveQuery<SeriesAnswer>({
    clusterId,
    url: `${apiPath('/clusters/[clusterId]/series', {
      clusterId,
      range: range.kind === 'last' ? range.text : coveringRange(range, now),
    })}&${asked}`,
  });
  const answer = live.data;
  const made = useMemo(() => {
    const lists = new Map<string, SeriesInput[]>();
    for (const one of answer?.series ?? []) {
      lists.set(one.kind, [
        {
          id: one.kind,
          name: names[one.kind] ?? one.kind,
          points: answer?.at.map((at, i) => [at, one.values[i] ?? null] as const) ?? [],
        },
      ]);
    }
    return lists;
  }, [answer]);
  const [from, to] = range.kind === 'fixed' || !answer ? boundsOf(range, now) : [answer.fromMs, answer.toMs];
  return {
    live,
    byKind: (kind) => made.get(kind) ?? noSeries,
    from,
    to,
    emptySentence: answer?.since
      ? `No sample in this range. Collection began ${formatDay(answer.since, zone, now)} ${formatTime(answer.since, zone, 'min')}.`
      : 'No sample yet. The first comes within a minute.',
  };
}

const noSeries: SeriesInput[] = [];
