import type { Metadata } from 'next';
import { Page } from '#components/shell/bar.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { paths } from '#lib/paths.ts';
import { topicsViewer } from '../topics-viewer.ts';
import { CreateTopicForm } from './create-topic-form.tsx';

export const metadata: Metadata = { title: 'Create a topic' };

type Props = {
  params: Promise<{ clusterId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function NewTopicPage({ params, searchParams }: Props) {
  const { clusterId } = await params;
  const { name } = await searchParams;
  const viewer = await topicsViewer(clusterId);
  return (
    <Page
      crumbs={[
        { label: viewer.clusterName, href: paths.overview(clusterId) },
        { label: 'Topics', href: paths.topics(clusterId) },
        { label: 'Create a topic' },
      ]}
    >
      <PageHead
        title="Create a topic"
        facts={[`on ${viewer.clusterName}`, 'Kafka checks it before anything is made']}
      />
      {viewer.may.create ? (
        <CreateTopicForm viewer={viewer} name={typeof name === 'string' ? name.slice(0, 249) : ''} />
      ) : (
        <Notice tone="plain" title="Topics cannot be created here by you.">
          {viewer.isReadOnly
            ? 'The cluster is read-only; an admin can lift the switch in its settings.'
            : 'The role operator is needed. An admin can give it to you.'}
        </Notice>
      )}
    </Page>
  );
}
