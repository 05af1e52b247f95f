'use client';

import { useMemo } from 'react';
import { useZone } from '#components/values/clock.tsx';
import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatDay, formatTime } from '#lib/format.ts';
import type { SeriesAnswer } from '#lib/model/series.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import type { ChartSeries } from './palette.ts';
import { boundsOf } from './range.ts';
import type { SeriesRef } from './series-url.ts';
import { seriesUrl } from './series-url.ts';
import { useCompare } from './use-compare.ts';
import { useRange } from './use-range.ts';

/** A series of a chart: what it is, and what it is called there. */
export type SeriesLine = SeriesRef & {
  /** Without it the name of its object, or for one without a name what its kind is called. */
  label?: string;
  /** The label is a name that people chose. */
  isName?: boolean;
  tone?: 'critical' | 'warning';
};

export type SeriesOfPage = {
  live: LiveQuery<SeriesAnswer>;
  /** In the order asked for, unchanged until the answer changes. */
  series: ChartSeries[];
  from: number;
  to: number;
  /** Why there is nothing to see, in words; the reason of the source first. */
  emptySentence: string;
  /** Why none of the series has any data at all; null while one of them can have. */
  missing: string | null;
};

/** Numbers over the page's range, and beside them those of the time it is compared with. */
export function useSeries(options: {
  clusterId: string;
  lines: readonly SeriesLine[];
  points?: number;
  isCompared?: boolean;
  enabled?: boolean;
}): SeriesOfPage {
  const { clusterId, lines, points, isCompared = true, enabled = true } = options;
  const [range] = useRange();
  const [compare] = useCompare();
  const zone = useZone();
  const live = useLiveQuery<SeriesAnswer>({
    clusterId,
    url: seriesUrl({
      clusterId,
      series: lines,
      range: range.text,
      compare: isCompared ? compare : null,
      points,
    }),
    enabled: enabled && lines.length > 0,
  });
  const answer = live.data;
  const drawn = JSON.stringify(lines.map(({ label, isName, tone }) => ({ label, isName, tone })));
  const series = useMemo(
    () => (answer ? chartSeries(answer, JSON.parse(drawn) as Drawn[]) : noSeries),
    [answer, drawn],
  );
  const [from, to] = answer ? [answer.fromMs, answer.toMs] : boundsOf(range, 0);
  const reasons = answer?.series.map((one) => one.missing ?? null) ?? [];
  const missing =
    reasons.length > 0 && reasons.every((reason) => reason !== null) ? (reasons[0] ?? null) : null;
  return {
    live,
    series,
    from,
    to,
    missing,
    emptySentence:
      missing ??
      (answer?.since
        ? `No sample in this range. Collection began ${formatDay(answer.since, zone, answer.toMs)} ${formatTime(answer.since, zone, 'min')}.`
        : 'No sample yet. The first comes within a minute.'),
  };
}

type Drawn = Pick<SeriesLine, 'label' | 'isName' | 'tone'>;
const noSeries: ChartSeries[] = [];

/** What is drawn of an answer. For a moment an answer to an earlier question may stand there: then its own names are used. */
function chartSeries(answer: SeriesAnswer, lines: readonly Drawn[]): ChartSeries[] {
  const isOwn = lines.length === answer.series.length;
  return answer.series.map((one, index) => {
    const { label, isName, tone } = (isOwn ? lines[index] : undefined) ?? {};
    const { subject } = factsOfSeries(one.kind);
    return {
      id: `${one.kind} ${one.name}`,
      name: label ?? nameOfSeries(one.kind, one.name),
      isName: isName ?? (!label && (subject === 'topic' || subject === 'group' || subject === 'connector')),
      points: answer.at.map((at, i) => [at, one.values[i] ?? null] as const),
      ...(one.before ? { before: answer.at.map((at, i) => [at, one.before?.[i] ?? null] as const) } : {}),
      ...(tone ? { tone } : {}),
    };
  });
}

/** What a series is called beside others of its kind. */
export function nameOfSeries(kind: SeriesKind, name: string): string {
  const { subject, title } = factsOfSeries(kind);
  if (subject === 'cluster' || name === '') return title;
  if (subject === 'broker') return `Broker ${name}`;
  if (subject === 'partition') return `Partition ${name.slice(name.lastIndexOf('/') + 1)}`;
  return subject === 'member' ? name.slice(name.indexOf('\t') + 1) : name;
}
