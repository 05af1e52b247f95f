'use client';

import { useRouter } from 'next/navigation';
import { showToast } from '#components/ui/toasts.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import type { ResetOutcome } from '#lib/model/offset-reset.ts';
import { paths } from '#lib/paths.ts';
import type { GroupsViewer } from '../../groups-viewer.ts';
import { DeleteGroupDialog, DeleteOffsetsDialog } from './forget-dialogs.tsx';
import { ResetSheet } from './reset-sheet.tsx';
import { useGroupPlan } from './use-group-plan.ts';
import { useResets } from './use-resets.ts';

/** The plan that is open over the page of a group. */
export function GroupPlans({
  viewer,
  group,
  onChanged,
}: {
  viewer: GroupsViewer;
  group: GroupDetail;
  /** The group is read anew. */
  onChanged: () => void;
}) {
  const router = useRouter();
  const [state, open] = useGroupPlan();
  const { resets, refetch, undo } = useResets(viewer, group.groupId, onChanged);
  const close = () => open(null);
  /** The toast is gone when the answer comes, so that a refusal is a toast of its own. */
  const undoOfToast = async (resetId: string) => {
    const refusal = await undo(resetId);
    if (refusal) showToast({ outcome: 'unknown', title: 'Not taken back.', children: refusal.what });
  };
  const done = (title: string) => (outcome: ResetOutcome) => {
    const [failed] = outcome.failures;
    showToast({
      title,
      children: failed
        ? `${formatCountOf(outcome.failures.length, 'partition was', 'partitions were')} left: ${failed.sentence}`
        : outcome.raised > 0
          ? `Retention had passed ${formatCountOf(outcome.raised, 'position', 'positions')}: the new start was taken.`
          : undefined,
      action: { label: 'Undo', onSelect: () => void undoOfToast(outcome.resetId) },
    });
    close();
    refetch();
    onChanged();
  };
  if (state.plan === 'reset' && viewer.may.reset)
    return (
      <ResetSheet
        viewer={viewer}
        group={group}
        begin={state}
        resets={resets}
        onClose={close}
        onDone={(outcome) =>
          done(`Offsets moved on ${formatCountOf(outcome.moved, 'partition', 'partitions')}.`)(outcome)
        }
      />
    );
  if (state.plan === 'delete-offsets' && viewer.may.delete)
    return (
      <DeleteOffsetsDialog
        viewer={viewer}
        group={group}
        onClose={close}
        onDone={(outcome) =>
          done(`Offsets deleted on ${formatCountOf(outcome.moved, 'partition', 'partitions')}.`)(outcome)
        }
      />
    );
  if (state.plan === 'delete' && viewer.may.delete)
    return (
      <DeleteGroupDialog
        viewer={viewer}
        group={group}
        onClose={close}
        onDone={({ resetId }) => {
          showToast({
            title: 'Group deleted.',
            children: <span className="name">{group.groupId}</span>,
            ...(resetId === null
              ? {}
              : { action: { label: 'Undo', onSelect: () => void undoOfToast(resetId) } }),
          });
          router.push(paths.groups(viewer.clusterId));
        }}
      />
    );
  return null;
}
