import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { paths } from '#lib/paths.ts';
import { groupsViewer } from '../groups-viewer.ts';
import { GroupFrame } from './group-frame.tsx';
import { type GroupParams, groupOfPage, groupParams } from './group-of-page.ts';

export async function generateMetadata(props: GroupParams): Promise<Metadata> {
  return { title: (await groupParams(props)).groupId };
}

export default async function GroupLayout({ children, ...props }: GroupParams & { children: ReactNode }) {
  const { clusterId, groupId } = await groupParams(props);
  const [group, viewer] = await Promise.all([groupOfPage(clusterId, groupId), groupsViewer(clusterId)]);
  return (
    <GroupFrame
      viewer={viewer}
      groupId={groupId}
      initial={group.ok ? group.value : undefined}
      isMissing={!group.ok && group.problem.code === 'group.not-found'}
    >
      {group.ok ? (
        children
      ) : (
        <ProblemNotice
          problem={group.problem}
          actions={<ButtonLink href={paths.groups(clusterId)}>Open the list of groups</ButtonLink>}
        />
      )}
    </GroupFrame>
  );
}
