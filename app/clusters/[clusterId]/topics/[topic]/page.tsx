import { topicsViewer } from '../topics-viewer.ts';
import { type TopicParams, topicOfPage, topicParams } from './topic-of-page.ts';
import { TopicOverview } from './topic-overview.tsx';

export default async function TopicPage(props: TopicParams) {
  const { clusterId, topic } = await topicParams(props);
  const [detail, viewer] = await Promise.all([topicOfPage(clusterId, topic), topicsViewer(clusterId)]);
  // The frame has already said why there is nothing.
  return detail.ok ? <TopicOverview viewer={viewer} initial={detail.value} /> : null;
}
