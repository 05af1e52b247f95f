'use client';

import { useMemo } from 'react';
import { ChartStack, type StackRow } from '#components/charts/chart-stack.tsx';
import type { Flag } from '#components/charts/flags.ts';
import type { SeriesInput } from '#components/charts/prepare.ts';
import { formatOfSeries } from '#components/charts/series-format.ts';
import { useSeries } from '#components/charts/use-series.ts';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import type { SeriesKind } from '#lib/model/series-kinds.ts';

const strips = [
  { kind: 'cluster.brokers-down', label: 'Brokers down', tone: 'critical' },
  { kind: 'cluster.offline', label: 'Offline', tone: 'critical' },
  { kind: 'cluster.under-min-isr', label: 'Under min ISR', tone: 'critical' },
  { kind: 'cluster.under-replicated', label: 'Under-replicated', tone: 'warning' },
  { kind: 'cluster.voters-behind', label: 'Voters behind', tone: 'warning' },
] as const satisfies readonly { kind: SeriesKind; label: string; tone: 'critical' | 'warning' }[];

const lines = [
  ...strips.map(({ kind, label }) => ({ kind, label })),
  { kind: 'cluster.bytes-in', label: 'In' },
  { kind: 'cluster.bytes-out', label: 'Out' },
] as const satisfies readonly { kind: SeriesKind; label: string }[];

/** What was wrong over time as strips, and the traffic as a flow, under one ruler. */
export function HealthStack({ clusterId, flags }: { clusterId: string; flags: readonly Flag[] }) {
  const { live, series, from, to } = useSeries({ clusterId, lines, isCompared: false });
  const rows = useMemo(() => rowsOf(series), [series]);
  if (live.problem && !live.data) return <ProblemNotice problem={live.problem} onRetry={live.refetch} />;
  if (!live.data) return <div className="h-[320px]" aria-busy="true" />;
  return (
    <ChartStack
      rows={rows}
      from={from}
      to={to}
      flags={flags}
      label="Health and traffic over the chosen range"
    />
  );
}

function rowsOf(series: readonly SeriesInput[]): StackRow[] {
  const of = (kind: SeriesKind): SeriesInput =>
    series.find((each) => each.id === `${kind} `) ?? { id: kind, name: kind, points: [] };
  return [
    ...strips.map(
      ({ kind, label, tone }): StackRow => ({ kind: 'strip', id: kind, label, tone, series: of(kind) }),
    ),
    {
      kind: 'flow',
      id: 'bytes',
      inLabel: 'In',
      outLabel: 'Out',
      inSeries: of('cluster.bytes-in'),
      outSeries: of('cluster.bytes-out'),
      format: formatOfSeries('cluster.bytes-in'),
    },
  ];
}
