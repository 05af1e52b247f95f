'use client';

import Link from 'next/link';
import { CompareChoice } from '#components/charts/compare-choice.tsx';
import { EventBank } from '#components/charts/event-bank.tsx';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { useEvents } from '#components/charts/use-events.ts';
import { useTop } from '#components/charts/use-top.ts';
import { State } from '#components/ui/mark.tsx';
import { Bank, Gauges } from '#components/ui/section.tsx';
import { Bytes, Count, Rate } from '#components/values/numbers.tsx';
import { memberSeries, partitionSeries } from '#lib/model/series-kinds.ts';
import type { PartitionRow } from '#lib/model/topic.ts';
import { paths, withSearch } from '#lib/paths.ts';
import { useTopic } from '../../use-topic.ts';

const mostLines = 6;

/** One partition over time: what is written to it, how large it is, and how far behind its readers are. */
export function PartitionMetrics({
  clusterId,
  topic,
  initial,
}: {
  clusterId: string;
  topic: string;
  initial: PartitionRow;
}) {
  const { partition } = initial;
  const live = useTopic(clusterId, topic, undefined).data;
  const row = live?.partitions.find((each) => each.partition === partition) ?? initial;
  const events = useEvents(clusterId, `topic:${topic}`);
  const name = partitionSeries(topic, partition);
  const charts = { clusterId, flags: events.flags };
  return (
    <>
      <Bank
        title={`Partition ${partition}`}
        note={<State mark={row.state}>{row.stateWords}</State>}
        end={
          <Link href={withSearch(paths.topicPartitions(clusterId, topic), { partition })}>Open replicas</Link>
        }
      >
        <Gauges
          gauges={[
            {
              label: 'Leader',
              value:
                row.leader === null ? (
                  'None'
                ) : (
                  <Link href={paths.broker(clusterId, row.leader)}>Broker {row.leader}</Link>
                ),
            },
            { label: 'First offset', value: <Count value={row.startOffset} /> },
            { label: 'Next offset', value: <Count value={row.endOffset} /> },
            { label: 'Records in, per second', value: <Rate value={row.recordsPerSecond} isShort /> },
            { label: 'Size', value: <Bytes value={row.sizeBytes} digits={3} /> },
          ]}
        />
      </Bank>
      <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
        <Bank title="Over time" note="sampled once a minute" end={<CompareChoice />} isPadded>
          <div className="grid gap-x-8 gap-y-5 desk:grid-cols-2">
            <MetricChart
              {...charts}
              title="Records in"
              lines={[{ kind: 'partition.records-in', name, label: 'Records in' }]}
            />
            <MetricChart
              {...charts}
              title="Size of the leader's log"
              lines={[{ kind: 'partition.size', name, label: 'Size' }]}
            />
            <Readers
              {...charts}
              topic={topic}
              partition={partition}
              kind="member.lag"
              title="Lag of groups"
            />
            <Readers
              {...charts}
              topic={topic}
              partition={partition}
              kind="member.lag-time"
              title="Lag of groups in time"
            />
          </div>
        </Bank>
        <EventBank events={events} />
      </div>
    </>
  );
}

/** The groups that are furthest behind on the partition. */
function Readers({
  clusterId,
  topic,
  partition,
  kind,
  title,
  flags,
}: {
  clusterId: string;
  topic: string;
  partition: number;
  kind: 'member.lag' | 'member.lag-time';
  title: string;
  flags: Parameters<typeof MetricChart>[0]['flags'];
}) {
  const end = memberSeries('', topic, partition);
  const top = useTop({ clusterId, kind, by: 'max', q: partitionSeries(topic, partition), limit: 100 });
  const groups = top.data?.rows
    .filter((row) => row.name.endsWith(end))
    .map((row) => row.name.slice(0, -end.length));
  if (!groups) return <div className="h-[180px]" aria-busy="true" />;
  if (groups.length === 0) {
    return (
      <section aria-label={title}>
        <h3 className="font-semibold">{title}</h3>
        <p className="text-ink-3">No group has a position on this partition in this range.</p>
      </section>
    );
  }
  return (
    <MetricChart
      clusterId={clusterId}
      title={title}
      note={groups.length > mostLines ? `${mostLines} furthest behind of ${groups.length}` : undefined}
      lines={groups
        .slice(0, mostLines)
        .map((group) => ({ kind, name: memberSeries(group, topic, partition), label: group, isName: true }))}
      flags={flags}
    />
  );
}
