'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { ChangeList } from '#components/charts/change-list.tsx';
import { ChartStack, type StackRow } from '#components/charts/chart-stack.tsx';
import { flagsOf } from '#components/charts/flags.ts';
import type { SeriesInput } from '#components/charts/prepare.ts';
import { boundsOf, rangeWords } from '#components/charts/range.ts';
import { useRange } from '#components/charts/use-range.ts';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatBytes, formatDay, formatRateShort } from '#lib/format.ts';
import type { ChangeMark } from '#lib/model/overview.ts';
import type { SeriesAnswer } from '#lib/model/series.ts';
import { apiPath, paths } from '#lib/paths.ts';

const kinds = [
  'cluster.offline',
  'cluster.under-min-isr',
  'cluster.under-replicated',
  'cluster.bytes-in',
  'cluster.bytes-out',
  'cluster.records-in',
] as const;

const perSecond = (value: number) => {
  const { value: text, unit } = formatBytes(value);
  return { value: text, unit: `${unit}/s` };
};

/** Health and traffic over the chosen range under one ruler, beside what changed; letters join the two. */
export function OverviewCharts({
  clusterId,
  changes,
}: {
  clusterId: string;
  changes: readonly ChangeMark[];
}) {
  const [range] = useRange();
  const url = `${apiPath('/clusters/[clusterId]/series', { clusterId, range: range.text })}&${kinds.map((kind) => `series=${kind}`).join('&')}`;
  const live = useLiveQuery<SeriesAnswer>({ clusterId, url });
  const answer = live.data;
  const rows = useMemo(() => (answer ? rowsOf(answer) : []), [answer]);
  const [from, to] = answer ? [answer.fromMs, answer.toMs] : boundsOf(range, 0);
  const flags = flagsOf(changes, from, to);
  return (
    <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
      <Bank
        title={rangeWords(range)}
        note="hatched where nothing was sampled"
        end={<Link href={paths.metrics(clusterId)}>Open metrics</Link>}
      >
        {live.problem && !answer ? <ProblemNotice problem={live.problem} onRetry={live.refetch} /> : null}
        {answer ? (
          <ChartStack
            rows={rows}
            from={from}
            to={to}
            flags={flags}
            label={`Health and traffic from ${formatDay(from, 'UTC', to)}`}
          />
        ) : live.problem ? null : (
          <div className="h-[320px]" aria-busy="true" />
        )}
      </Bank>
      <Bank title="What changed" note="newest first">
        {changes.length === 0 ? (
          <p className="py-2 text-ink-3">Nothing since Millrace watches this cluster.</p>
        ) : (
          <ChangeList
            changes={changes.map((change) => ({ ...change, detail: change.detail }))}
            flags={flags}
          />
        )}
      </Bank>
    </div>
  );
}

function rowsOf(answer: SeriesAnswer): StackRow[] {
  const series = (kind: (typeof kinds)[number], name: string): SeriesInput => {
    const found = answer.series.find((one) => one.kind === kind);
    return { id: kind, name, points: answer.at.map((at, i) => [at, found?.values[i] ?? null] as const) };
  };
  return [
    {
      kind: 'strip',
      id: 'offline',
      label: 'Offline',
      series: series('cluster.offline', 'Offline'),
      tone: 'critical',
    },
    {
      kind: 'strip',
      id: 'min-isr',
      label: 'Under min ISR',
      series: series('cluster.under-min-isr', 'Under min ISR'),
      tone: 'critical',
    },
    {
      kind: 'strip',
      id: 'urp',
      label: 'Under-replicated',
      series: series('cluster.under-replicated', 'Under-replicated'),
      tone: 'warning',
    },
    {
      kind: 'flow',
      id: 'bytes',
      inLabel: 'In',
      outLabel: 'Out',
      inSeries: series('cluster.bytes-in', 'Bytes in'),
      outSeries: series('cluster.bytes-out', 'Bytes out'),
      format: perSecond,
    },
    {
      kind: 'series',
      id: 'records',
      label: 'Records in',

      series: series('cluster.records-in', 'Records in'),
      format: formatRateShort,
    },
  ];
}
