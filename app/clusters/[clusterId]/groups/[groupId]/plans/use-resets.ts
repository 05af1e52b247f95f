'use client';

import { useCallback, useRef, useState } from 'react';
import { noAnswer } from '#components/forms/use-action-form.ts';
import { useOnce } from '#components/forms/use-once.ts';
import { showToast } from '#components/ui/toasts.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { GroupReset, GroupResets } from '#lib/model/offset-reset.ts';
import type { Problem } from '#lib/model/problem.ts';
import { apiPath } from '#lib/paths.ts';
import { undoResetAction } from '../../actions.ts';
import type { GroupsViewer } from '../../groups-viewer.ts';
import { useGroupPlan } from './use-group-plan.ts';

const none: readonly GroupReset[] = [];

/** Earlier changes of a group's positions, and undoing one: at once while the group has not moved, else by a plan. */
export function useResets(
  viewer: GroupsViewer,
  groupId: string,
  onChanged: () => void,
): {
  resets: readonly GroupReset[];
  keptDays: number;
  problem: Problem | undefined;
  refetch: () => void;
  undo: (resetId: string) => Promise<void>;
  /** The one that is being undone. */
  undoing: string | null;
  /** Why the last undo was refused. */
  refusal: Problem | null;
} {
  const { clusterId } = viewer;
  const [, open] = useGroupPlan();
  const once = useOnce();
  const [undoing, setUndoing] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const live = useLiveQuery<GroupResets>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/groups/[groupId]/resets', { clusterId, groupId }),
  });
  const changed = useRef(onChanged);
  changed.current = onChanged;
  const { refetch } = live;
  const undo = useCallback(
    async (resetId: string) => {
      setUndoing(resetId);
      setRefusal(null);
      const input = { clusterId, groupId, resetId };
      const result = await undoResetAction(input, once.of(input)).catch(() => null);
      setUndoing(null);
      if (result === null) {
        setRefusal(noAnswer);
        return;
      }
      once.answered();
      if (result.ok) {
        showToast({
          title: `Taken back on ${formatCountOf(result.value.moved, 'partition', 'partitions')}.`,
        });
        refetch();
        changed.current();
      } else if (result.problem.code === 'group.moved') open('reset', { saved: resetId });
      else setRefusal(result.problem);
    },
    [clusterId, groupId, once, open, refetch],
  );
  return {
    resets: live.data?.resets ?? none,
    keptDays: live.data?.keptDays ?? 30,
    problem: live.problem,
    refetch,
    undo,
    undoing,
    refusal,
  };
}
