'use client';

import { arrangeSections } from '#components/broker/arrange-sections.ts';
import { brokerSections } from '#components/broker/broker-sections.ts';
import { MissingSections } from '#components/broker/missing-sections.tsx';
import type { Flag } from '#components/charts/flags.ts';
import { HeatMap } from '#components/charts/heat-map.tsx';
import { ObjectCharts } from '#components/charts/object-charts.tsx';
import { formatOfSeries } from '#components/charts/series-format.ts';
import { useEvents } from '#components/charts/use-events.ts';
import { useKinds } from '#components/charts/use-kinds.ts';
import { useTop } from '#components/charts/use-top.ts';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { paths } from '#lib/paths.ts';

/** All brokers side by side over time: who carries the load, then what their own metrics tell. */
export function BrokersMetrics({ clusterId }: { clusterId: string }) {
  const { flags } = useEvents(clusterId);
  const kinds = useKinds(clusterId);
  const { drawn, missing } = kinds.isKnown
    ? arrangeSections(brokerSections, kinds.missing)
    : { drawn: [], missing: [] };
  return (
    <>
      <LoadHeat clusterId={clusterId} flags={flags} />
      {drawn.map(({ title, note, kinds: shown }) => (
        <ObjectCharts
          key={title}
          clusterId={clusterId}
          title={title}
          note={note}
          kinds={shown}
          flags={flags}
        />
      ))}
      {kinds.isKnown ? null : <div className="h-[400px]" aria-busy="true" />}
      <MissingSections clusterId={clusterId} missing={missing} />
    </>
  );
}

/** Who takes how much of what is written, at a glance for any number of brokers. */
function LoadHeat({ clusterId, flags }: { clusterId: string; flags: readonly Flag[] }) {
  const top = useTop({ clusterId, kind: 'broker.bytes-in', by: 'mean', limit: 60 });
  const rows = (top.data?.rows ?? [])
    .toSorted((a, b) => Number(a.name) - Number(b.name))
    .map(({ name, spark }) => ({
      id: name,
      label: `Broker ${name}`,
      href: paths.brokerMetrics(clusterId, Number(name)),
      values: spark,
    }));
  return (
    <Bank title="Load" note="a name leads to all metrics of the broker" isPadded>
      {top.problem && !top.data ? <ProblemNotice problem={top.problem} onRetry={top.refetch} /> : null}
      {top.data || top.problem ? null : <div className="h-[90px]" aria-busy="true" />}
      {top.data && rows.length > 0 ? (
        <HeatMap
          title="Bytes in by broker"
          note={
            rows.length < top.data.total ? `${rows.length} of ${top.data.total}, those with most` : undefined
          }
          rows={rows}
          from={top.data.fromMs}
          to={top.data.toMs}
          format={formatOfSeries('broker.bytes-in')}
          flags={flags}
          labelWidth={92}
        />
      ) : null}
      {top.data && rows.length === 0 ? <p className="py-2 text-ink-3">No sample in this range.</p> : null}
    </Bank>
  );
}
