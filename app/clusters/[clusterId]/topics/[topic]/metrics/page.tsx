import { topicsViewer } from '../../topics-viewer.ts';
import { type TopicParams, topicOfPage, topicParams } from '../topic-of-page.ts';
import { TopicMetrics } from './topic-metrics.tsx';

export default async function TopicMetricsPage(props: TopicParams) {
  const { clusterId, topic } = await topicParams(props);
  const [detail, viewer] = await Promise.all([topicOfPage(clusterId, topic), topicsViewer(clusterId)]);
  return detail.ok ? <TopicMetrics viewer={viewer} initial={detail.value} /> : null;
}
