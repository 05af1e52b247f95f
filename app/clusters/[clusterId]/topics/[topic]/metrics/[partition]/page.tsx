import { Empty } from '#components/feedback/faces.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { formatCountOf } from '#lib/format.ts';
import { paths } from '#lib/paths.ts';
import { topicOfPage, topicParams } from '../../topic-of-page.ts';
import { PartitionMetrics } from './partition-metrics.tsx';

type Props = { params: Promise<{ clusterId: string; topic: string; partition: string }> };

export default async function PartitionMetricsPage(props: Props) {
  const [{ clusterId, topic }, { partition }] = await Promise.all([topicParams(props), props.params]);
  const detail = await topicOfPage(clusterId, topic);
  if (!detail.ok) return null;
  const { partitions } = detail.value;
  const row = partitions.find((each) => String(each.partition) === partition);
  if (row) return <PartitionMetrics clusterId={clusterId} topic={topic} initial={row} />;
  return (
    <Empty
      title={`There is no partition ${decodeURIComponent(partition)}`}
      actions={<ButtonLink href={paths.topicMetrics(clusterId, topic)}>Open metrics of the topic</ButtonLink>}
    >
      The topic has {formatCountOf(partitions.length, 'partition', 'partitions')}, counted from 0.
    </Empty>
  );
}
