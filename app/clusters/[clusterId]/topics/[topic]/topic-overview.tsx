'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useQueryState } from 'nuqs';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { humanValue } from '#components/config/human-value.ts';
import { DangerList } from '#components/forms/form.tsx';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Bank, type Gauge, Gauges } from '#components/ui/section.tsx';
import { Bytes, Count, Rate } from '#components/values/numbers.tsx';
import { formatBytes, formatCountOf } from '#lib/format.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import { paths, withSearch } from '#lib/paths.ts';
import type { TopicsViewer } from '../topics-viewer.ts';
import { TopicLoom } from './topic-loom.tsx';
import { TopicNotices } from './topic-notices.tsx';
import { useTopic } from './use-topic.ts';

const kinds = ['topic.records-in', 'topic.bytes-in'] as const;

/** A topic at a glance: trouble, key numbers, where its replicas lie, its traffic, and what can be done to it. */
export function TopicOverview({ viewer, initial }: { viewer: TopicsViewer; initial: TopicDetail }) {
  const { clusterId } = viewer;
  const router = useRouter();
  const topic = useTopic(clusterId, initial.name, initial).data ?? initial;
  return (
    <>
      <TopicNotices clusterId={clusterId} topic={topic} />
      <div className="mt-3.5">
        <Gauges gauges={gaugesOf(clusterId, topic)} />
      </div>
      <TopicLoom
        topic={topic}
        onOpen={(partition) =>
          router.push(withSearch(paths.topicPartitions(clusterId, topic.name), { partition }))
        }
      />
      <Bank
        title="Traffic"
        note="one cursor through every chart; hatched where nothing was sampled"
        end={<Link href={paths.topicMetrics(clusterId, topic.name)}>Open metrics</Link>}
        isPadded
      >
        <div className="grid gap-x-8 gap-y-4 desk:grid-cols-2">
          {kinds.map((kind) => (
            <MetricChart
              key={kind}
              clusterId={clusterId}
              title={factsOfSeries(kind).title}
              lines={[{ kind, name: topic.name, label: factsOfSeries(kind).title }]}
            />
          ))}
        </div>
      </Bank>
      <Manage viewer={viewer} topic={topic} />
    </>
  );
}

function gaugesOf(clusterId: string, topic: TopicDetail): Gauge[] {
  const outOfSync = topic.partitions.filter((row) => row.outOfSync.length > 0).length;
  const critical = topic.partitions.filter((row) => row.state === 'critical').length;
  const kept = topic.retentionMs === '-1' ? 'No limit' : humanValue('retention.ms', topic.retentionMs);
  const policy = topic.cleanupPolicy?.split(',') ?? [];
  return [
    { label: 'Records in, per second', value: <Rate value={topic.recordsPerSecond} isShort /> },
    { label: 'Bytes in', value: <Bytes value={topic.bytesPerSecond} isRate /> },
    {
      label: 'Records kept',
      value: <Count value={recordsOf(topic)} />,
      note: policy.includes('compact') ? 'at most' : undefined,
    },
    { label: 'Size', value: <Bytes value={topic.sizeBytes} digits={3} />, note: 'of the leaders' },
    {
      label: 'Retention',
      value: policy.includes('delete') ? (kept ?? 'Unknown') : policy.length > 0 ? 'Compacted' : 'Unknown',
      note: policy.length > 1 ? 'and compacted' : undefined,
    },
    {
      label: 'Partitions in sync',
      value: <Count value={topic.partitions.length - outOfSync} />,
      note: `of ${topic.partitions.length}`,
      mark:
        critical > 0 ? (
          <Mark name="critical" word="critical" />
        ) : outOfSync > 0 ? (
          <Mark name="explained" word="under-replicated" />
        ) : undefined,
    },
    {
      label: 'Replicas',
      value: <Count value={topic.replicationFactor} />,
      note: topic.minInSyncReplicas === null ? undefined : `min ISR ${topic.minInSyncReplicas}`,
    },
    {
      label: 'Groups',
      value:
        topic.groups === null ? (
          'Unknown'
        ) : (
          <Link href={paths.topicGroups(clusterId, topic.name)}>
            <Count value={topic.groups} />
          </Link>
        ),
    },
  ];
}

/** Ends minus starts over all partitions; null when one is not known. */
export function recordsOf(topic: TopicDetail): string | null {
  let sum = 0n;
  for (const row of topic.partitions) {
    if (row.records === null) return null;
    sum += BigInt(row.records);
  }
  return sum.toString();
}

/** Acts that cannot be taken back stand last, each opening its plan. */
function Manage({ viewer, topic }: { viewer: TopicsViewer; topic: TopicDetail }) {
  const [, setPlan] = useQueryState('plan', { history: 'push' });
  const { may } = viewer;
  if (topic.isInternal || !(may.addPartitions || may.deleteRecords || may.delete)) return null;
  const records = recordsOf(topic);
  const size = topic.sizeBytes === null ? null : formatBytes(topic.sizeBytes);
  const readers =
    topic.groups === null
      ? ''
      : topic.groups === 0
        ? ' No group reads it.'
        : ` ${formatCountOf(topic.groups, 'group has', 'groups have')} read it.`;
  const button = (plan: string, words: string) => (
    <Button variant="danger-quiet" onClick={() => void setPlan(plan)}>
      {words}
    </Button>
  );
  return (
    <Bank title="Cannot be taken back" note="each opens its plan first" isPadded>
      <DangerList
        acts={[
          ...(may.addPartitions
            ? [
                {
                  title: 'Add partitions',
                  note: `There are ${topic.partitions.length}. More can be added, none taken away; keys map to other partitions from then on.`,
                  action: button('partitions', 'Plan more partitions'),
                },
              ]
            : []),
          ...(may.deleteRecords
            ? [
                {
                  title: 'Delete records',
                  note: `All, before a time, or before an offset.${records === null ? '' : ` It holds ${formatCountOf(records, 'record', 'records')}.`}`,
                  action: button('records', 'Plan deletion of records'),
                },
              ]
            : []),
          ...(may.delete
            ? [
                {
                  title: 'Delete topic',
                  note: `Records${size ? ` (${size.value} ${size.unit})` : ''}, config and committed offsets are gone at once.${readers}`,
                  action: button('delete', 'Plan deletion'),
                },
              ]
            : []),
        ]}
      />
    </Bank>
  );
}
