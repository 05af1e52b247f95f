import { topicsViewer } from '../../topics-viewer.ts';
import { type TopicParams, topicOfPage, topicParams } from '../topic-of-page.ts';
import { TopicPartitions } from './topic-partitions.tsx';

export default async function TopicPartitionsPage(props: TopicParams) {
  const { clusterId, topic } = await topicParams(props);
  const [detail, viewer] = await Promise.all([topicOfPage(clusterId, topic), topicsViewer(clusterId)]);
  return detail.ok ? <TopicPartitions viewer={viewer} initial={detail.value} /> : null;
}
