'use client';

import { boundsOf } from '#components/charts/range.ts';
import { TimeChart } from '#components/charts/time-chart.tsx';
import { useRange } from '#components/charts/use-range.ts';
import { Bank } from '#components/ui/section.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatBytes } from '#lib/format.ts';
import type { SeriesAnswer } from '#lib/model/series.ts';
import { apiPath } from '#lib/paths.ts';

const perSecond = (value: number) => {
  const { value: text, unit } = formatBytes(value);
  return { value: text, unit: `${unit}/s` };
};

/** Bytes written per second to the partitions the broker leads, over the chosen range. */
export function BrokerChart({ clusterId, brokerId }: { clusterId: string; brokerId: number }) {
  const [range] = useRange();
  const url = apiPath('/clusters/[clusterId]/series', {
    clusterId,
    range: range.text,
    series: `broker.bytes-in:${brokerId}`,
  });
  const { data } = useLiveQuery<SeriesAnswer>({ clusterId, url });
  const [from, to] = data ? [data.fromMs, data.toMs] : boundsOf(range, 0);
  const points = data ? data.at.map((at, i) => [at, data.series[0]?.values[i] ?? null] as const) : [];
  return (
    <Bank title="Traffic" note="to the partitions it leads">
      {data ? (
        <TimeChart
          title="Bytes in"
          series={[{ id: 'in', name: 'Bytes in', points }]}
          from={from}
          to={to}
          kind="area"
          format={perSecond}
          height={140}
        />
      ) : (
        <div className="h-[200px]" aria-busy="true" />
      )}
    </Bank>
  );
}
