'use client';

import { boundsOf } from '#components/charts/range.ts';
import { TimeChart } from '#components/charts/time-chart.tsx';
import { useRange } from '#components/charts/use-range.ts';
import { Bank } from '#components/ui/section.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount } from '#lib/format.ts';
import type { SeriesAnswer } from '#lib/model/series.ts';
import { apiPath } from '#lib/paths.ts';

/** The sum of a group's lag over the chosen range. */
export function LagChart({ clusterId, groupId }: { clusterId: string; groupId: string }) {
  const [range] = useRange();
  const url = apiPath('/clusters/[clusterId]/series', {
    clusterId,
    range: range.text,
    series: `group.lag:${groupId}`,
  });
  const { data } = useLiveQuery<SeriesAnswer>({ clusterId, url });
  const [from, to] = data ? [data.fromMs, data.toMs] : boundsOf(range, 0);
  const points = data ? data.at.map((at, i) => [at, data.series[0]?.values[i] ?? null] as const) : [];
  return (
    <Bank title="Lag over time" note="records, all partitions together">
      {data ? (
        <TimeChart
          title="Lag"
          series={[{ id: 'lag', name: 'Lag', points }]}
          from={from}
          to={to}
          kind="area"
          format={(value) => ({ value: formatCount(Math.round(value)), unit: '' })}
          height={150}
        />
      ) : (
        <div className="h-[200px]" aria-busy="true" />
      )}
    </Bank>
  );
}
