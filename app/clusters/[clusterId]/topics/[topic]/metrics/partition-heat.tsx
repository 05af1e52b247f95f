'use client';

import type { Flag } from '#components/charts/flags.ts';
import { HeatMap, type HeatRow } from '#components/charts/heat-map.tsx';
import { MissingNotice } from '#components/charts/missing-notice.tsx';
import { formatOfSeries } from '#components/charts/series-format.ts';
import { useTop } from '#components/charts/use-top.ts';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { formatCount } from '#lib/format.ts';
import type { TopSeries } from '#lib/model/series.ts';
import { paths } from '#lib/paths.ts';

/** Rows that fit on a screen and one answer. */
const mostRows = 96;

/** Partitions of a topic by time, in one hue; of very many those with the most. */
export function PartitionHeat({
  clusterId,
  topic,
  partitions,
  kind,
  title,
  flags,
}: {
  clusterId: string;
  topic: string;
  partitions: number;
  kind: 'partition.records-in' | 'partition.size';
  title: string;
  flags: readonly Flag[];
}) {
  const top = useTop({ clusterId, kind, by: 'max', q: `${topic}/`, limit: mostRows });
  if (top.problem && !top.data) return <ProblemNotice problem={top.problem} onRetry={top.refetch} />;
  if (!top.data) return <div className="h-[120px]" aria-busy="true" />;
  const rows = rowsOf(clusterId, topic, top.data);
  if (rows.length === 0) {
    return top.data.missing ? (
      <MissingNotice clusterId={clusterId} kind={kind} why={top.data.missing} />
    ) : (
      <div>
        <h3 className="font-semibold">{title}</h3>
        <p className="text-ink-3">No sample in this range. Partitions are sampled once a minute.</p>
      </div>
    );
  }
  return (
    <HeatMap
      title={title}
      note={
        rows.length < partitions ? `${rows.length} of ${formatCount(partitions)}, those with most` : undefined
      }
      rows={rows}
      from={top.data.fromMs}
      to={top.data.toMs}
      format={formatOfSeries(kind)}
      flags={flags}
      labelWidth={92}
    />
  );
}

/** Only those of this topic: another may have a name that ends in this one. */
function rowsOf(clusterId: string, topic: string, top: TopSeries): HeatRow[] {
  const prefix = `${topic}/`;
  return top.rows
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, spark }) => ({ partition: Number(name.slice(prefix.length)), spark }))
    .sort((a, b) => a.partition - b.partition)
    .map(({ partition, spark }) => ({
      id: String(partition),
      label: `Partition ${partition}`,
      href: paths.partitionMetrics(clusterId, topic, partition),
      values: spark,
    }));
}
