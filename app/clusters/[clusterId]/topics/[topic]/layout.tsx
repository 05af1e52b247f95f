import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { paths } from '#lib/paths.ts';
import { topicsViewer } from '../topics-viewer.ts';
import { TopicFrame } from './topic-frame.tsx';
import { type TopicParams, topicOfPage, topicParams } from './topic-of-page.ts';

export async function generateMetadata(props: TopicParams): Promise<Metadata> {
  return { title: (await topicParams(props)).topic };
}

export default async function TopicLayout({ children, ...props }: TopicParams & { children: ReactNode }) {
  const { clusterId, topic } = await topicParams(props);
  const [detail, viewer] = await Promise.all([topicOfPage(clusterId, topic), topicsViewer(clusterId)]);
  return (
    <TopicFrame
      viewer={viewer}
      topic={topic}
      initial={detail.ok ? detail.value : undefined}
      isMissing={!detail.ok && detail.problem.code === 'topic.not-found'}
    >
      {detail.ok ? (
        children
      ) : (
        <ProblemNotice
          problem={detail.problem}
          actions={<ButtonLink href={paths.topics(clusterId)}>Open the list of topics</ButtonLink>}
        />
      )}
    </TopicFrame>
  );
}
