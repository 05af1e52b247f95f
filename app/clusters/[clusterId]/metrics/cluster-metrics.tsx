'use client';

import { EventBank } from '#components/charts/event-bank.tsx';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { ObjectCharts } from '#components/charts/object-charts.tsx';
import { rangeWords } from '#components/charts/range.ts';
import { useEvents } from '#components/charts/use-events.ts';
import { useRange } from '#components/charts/use-range.ts';
import { Bank } from '#components/ui/section.tsx';
import { HealthStack } from './health-stack.tsx';

/** A cluster over time: health beside what happened, traffic, what the canary saw, and how the reading itself went. */
export function ClusterMetrics({ clusterId }: { clusterId: string }) {
  const [range] = useRange();
  const events = useEvents(clusterId);
  const { flags } = events;
  return (
    <>
      <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
        <Bank title={rangeWords(range)} note="health and traffic">
          <HealthStack clusterId={clusterId} flags={flags} />
        </Bank>
        <EventBank events={events} />
      </div>
      <Bank title="Traffic" isPadded>
        <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
          <MetricChart
            clusterId={clusterId}
            title="Records"
            flags={flags}
            lines={[
              { kind: 'cluster.records-in', label: 'Written' },
              { kind: 'cluster.records-out', label: 'Read by groups' },
            ]}
          />
          <MetricChart
            clusterId={clusterId}
            title="Bytes"
            flags={flags}
            lines={[
              { kind: 'cluster.bytes-in', label: 'Written' },
              { kind: 'cluster.bytes-out', label: 'Read by groups' },
            ]}
          />
        </div>
      </Bank>
      <ObjectCharts
        clusterId={clusterId}
        title="Canary"
        note="from produce to consume, by the broker that leads"
        kinds={['broker.canary-p99', 'broker.canary-p50', 'broker.canary-max', 'broker.canary-availability']}
        flags={flags}
      />
      <Bank title="Reading of the cluster" note="how Millrace itself keeps up" isPadded>
        <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
          <MetricChart
            clusterId={clusterId}
            title="Time of a reading"
            lines={[{ kind: 'cluster.sample-time' }]}
            flags={flags}
          />
          <MetricChart
            clusterId={clusterId}
            title="Lateness of the reading"
            lines={[{ kind: 'cluster.sample-late' }]}
            flags={flags}
          />
        </div>
      </Bank>
    </>
  );
}
