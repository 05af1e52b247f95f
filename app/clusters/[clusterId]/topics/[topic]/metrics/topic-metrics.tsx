'use client';

import { CompareChoice } from '#components/charts/compare-choice.tsx';
import { EventBank } from '#components/charts/event-bank.tsx';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { useEvents } from '#components/charts/use-events.ts';
import { Bank } from '#components/ui/section.tsx';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import type { TopicsViewer } from '../../topics-viewer.ts';
import { PartitionHeat } from './partition-heat.tsx';

const charts = [
  { kind: 'topic.records-in', title: 'Records in' },
  { kind: 'topic.bytes-in', title: 'Bytes in' },
  { kind: 'topic.size', title: 'Size of the leaders' },
] as const satisfies readonly { kind: SeriesKind; title: string }[];

/** What is kept of a topic over time, and of its partitions; range and comparison stand in the address. */
export function TopicMetrics({ viewer, initial }: { viewer: TopicsViewer; initial: TopicDetail }) {
  const { clusterId } = viewer;
  const topic = initial.name;
  const events = useEvents(clusterId, `topic:${topic}`);
  return (
    <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
      <div className="min-w-0">
        <Bank
          title="Traffic and size"
          note="drag to choose a range; hatched where nothing was sampled"
          end={<CompareChoice />}
          isPadded
        >
          <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
            {charts.map(({ kind, title }) => (
              <MetricChart
                key={kind}
                clusterId={clusterId}
                title={title}
                lines={[{ kind, name: topic, label: title }]}
                flags={events.flags}
              />
            ))}
            <MetricChart
              clusterId={clusterId}
              title="Partitions in trouble"
              lines={[
                { kind: 'topic.offline', name: topic, label: 'Offline', tone: 'critical' },
                { kind: 'topic.under-min-isr', name: topic, label: 'Under min ISR' },
                { kind: 'topic.under-replicated', name: topic, label: 'Under-replicated', tone: 'warning' },
              ]}
              flags={events.flags}
            />
          </div>
        </Bank>
        <Bank title="Partitions" note="sampled once a minute; a name leads to its own page" isPadded>
          <div className="grid gap-6">
            <PartitionHeat
              clusterId={clusterId}
              topic={topic}
              partitions={initial.partitions.length}
              kind="partition.records-in"
              title="Records in by partition"
              flags={events.flags}
            />
            <PartitionHeat
              clusterId={clusterId}
              topic={topic}
              partitions={initial.partitions.length}
              kind="partition.size"
              title="Size by partition"
              flags={events.flags}
            />
          </div>
        </Bank>
      </div>
      <EventBank events={events} />
    </div>
  );
}
