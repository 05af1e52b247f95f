'use client';

import { ConfigTable } from '#components/config/config-table.tsx';
import type { TopicDetail } from '#lib/model/topic.ts';
import { apiPath } from '#lib/paths.ts';
import { ConfigPlanDialog } from '../../config-plan-dialog.tsx';
import type { TopicsViewer } from '../../topics-viewer.ts';

/** Every config of the topic; changes are gathered, shown as a diff, and applied together. */
export function TopicConfig({ viewer, initial }: { viewer: TopicsViewer; initial: TopicDetail }) {
  const { clusterId, may } = viewer;
  const topic = initial.name;
  return (
    <ConfigTable
      clusterId={clusterId}
      caption={`Config of ${topic}`}
      url={apiPath('/clusters/[clusterId]/topics/[topic]/configs', { clusterId, topic })}
      ownSource="topic"
      whyNot={
        may.configure
          ? null
          : viewer.isReadOnly
            ? 'The cluster is read-only.'
            : 'Only an operator can change it.'
      }
      plan={(planned) => <ConfigPlanDialog viewer={viewer} topics={[topic]} {...planned} />}
    />
  );
}
