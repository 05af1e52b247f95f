'use client';

import { TimeChart } from '#components/charts/time-chart.tsx';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { formatBytes, formatRateShort, type Quantity } from '#lib/format.ts';
import type { SeriesKind } from '#lib/model/series.ts';
import { useTopicSeries } from './use-topic-series.ts';

const bytes = (value: number): Quantity => formatBytes(value, 3);
const bytesPerSecond = (value: number): Quantity => {
  const quantity = formatBytes(value, 3);
  return { value: quantity.value, unit: `${quantity.unit}/s` };
};

const charts = {
  'topic.records-in': { title: 'Records in', format: formatRateShort },
  'topic.bytes-in': { title: 'Bytes in', format: bytesPerSecond },
  'topic.size': { title: 'Size of the leaders', format: bytes },
} as const satisfies Partial<Record<SeriesKind, { title: string; format: (value: number) => Quantity }>>;
type Kind = keyof typeof charts;

/** Charts of a topic, with one cursor through all of them. */
export function TopicCharts({
  clusterId,
  topic,
  kinds,
  height,
}: {
  clusterId: string;
  topic: string;
  kinds: readonly Kind[];
  height?: number;
}) {
  const series = useTopicSeries(clusterId, topic, kinds);
  if (series.live.problem && !series.live.data)
    return <ProblemNotice problem={series.live.problem} onRetry={series.live.refetch} />;
  if (!series.live.data) return <div className="h-[240px]" aria-busy="true" />;
  return (
    <>
      {kinds.map((kind) => (
        <TimeChart
          key={kind}
          {...charts[kind]}
          series={series.byKind(kind)}
          from={series.from}
          to={series.to}
          kind="area"
          height={height}
          emptySentence={series.emptySentence}
        />
      ))}
    </>
  );
}
