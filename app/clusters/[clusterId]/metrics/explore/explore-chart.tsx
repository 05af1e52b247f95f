'use client';

import { HeatMap } from '#components/charts/heat-map.tsx';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { formatOfSeries } from '#components/charts/series-format.ts';
import { useEvents } from '#components/charts/use-events.ts';
import type { TopSeries } from '#lib/model/series.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { rowsOfTop } from './top-columns.tsx';

const mostLines = 6;

/** The first six as lines, or all of them as a heat map. */
export function ExploreChart({
  clusterId,
  top,
  face,
}: {
  clusterId: string;
  top: TopSeries | undefined;
  face: 'lines' | 'heat';
}) {
  const { flags } = useEvents(clusterId);
  if (!top) return <div className="h-[260px]" aria-busy="true" />;
  const rows = rowsOfTop(clusterId, top);
  if (rows.length === 0) return <p className="text-ink-3">Nothing to draw in this range.</p>;
  const { title } = factsOfSeries(top.kind);
  return face === 'heat' ? (
    <HeatMap
      title={title}
      rows={rows.map((row) => ({
        id: row.name,
        label: row.label,
        isName: row.isName,
        ...(row.href ? { href: row.href } : {}),
        values: row.spark,
      }))}
      from={top.fromMs}
      to={top.toMs}
      format={formatOfSeries(top.kind)}
      flags={flags}
      labelWidth={240}
    />
  ) : (
    <MetricChart
      clusterId={clusterId}
      title={title}
      lines={rows
        .slice(0, mostLines)
        .map((row) => ({ kind: top.kind, name: row.name, label: row.label, isName: row.isName }))}
      kind="line"
      height={200}
      flags={flags}
    />
  );
}
