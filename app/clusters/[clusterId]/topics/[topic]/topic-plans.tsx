'use client';

import { useRouter } from 'next/navigation';
import type { TopicDetail } from '#lib/model/topic.ts';
import { paths } from '#lib/paths.ts';
import { DeleteTopicsDialog } from '../delete-topics-dialog.tsx';
import type { TopicsViewer } from '../topics-viewer.ts';
import { AddPartitionsPlan } from './add-partitions-plan.tsx';
import { DeleteRecordsPlanSheets } from './delete-records-plan.tsx';
import { ElectLeadersDialog } from './elect-leaders-dialog.tsx';

/** The plans of a topic, as the address names them. */
export type TopicPlan = 'elect' | 'partitions' | 'records' | 'delete';

/** The plan that the address asks for, where the one who looks may carry it out. */
export function TopicPlans({
  viewer,
  topic,
  plan,
  onClose,
}: {
  viewer: TopicsViewer;
  topic: TopicDetail;
  plan: TopicPlan | null;
  onClose: () => void;
}) {
  const router = useRouter();
  const { may } = viewer;
  const props = { viewer, topic, onClose };
  if (plan === 'elect' && may.elect) return <ElectLeadersDialog {...props} />;
  if (topic.isInternal) return null;
  if (plan === 'partitions' && may.addPartitions) return <AddPartitionsPlan {...props} />;
  if (plan === 'records' && may.deleteRecords) return <DeleteRecordsPlanSheets {...props} />;
  if (plan === 'delete' && may.delete)
    return (
      <DeleteTopicsDialog
        viewer={viewer}
        topics={[topic.name]}
        onClose={onClose}
        onDone={() => router.push(paths.topics(viewer.clusterId))}
      />
    );
  return null;
}
