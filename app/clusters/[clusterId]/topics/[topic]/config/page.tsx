import { topicsViewer } from '../../topics-viewer.ts';
import { type TopicParams, topicOfPage, topicParams } from '../topic-of-page.ts';
import { TopicConfig } from './topic-config.tsx';

export default async function TopicConfigPage(props: TopicParams) {
  const { clusterId, topic } = await topicParams(props);
  const [detail, viewer] = await Promise.all([topicOfPage(clusterId, topic), topicsViewer(clusterId)]);
  return detail.ok ? <TopicConfig viewer={viewer} initial={detail.value} /> : null;
}
