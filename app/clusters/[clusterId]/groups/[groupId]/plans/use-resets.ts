'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
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
  /** Why it was refused; null when it was done or goes on as a plan. */
  undo: (resetId: string) => Promise<Problem | null>;
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
  // A toast outlives the page of the group, and elsewhere there is no sheet to open.
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const undo = useCallback(
    async (resetId: string): Promise<Problem | null> => {
      setUndoing(resetId);
      setRefusal(null);
      const input = { clusterId, groupId, resetId };
      const result = await undoResetAction(input, once.of(input)).catch(() => null);
      setUndoing(null);
      if (result !== null) once.answered();
      if (result?.ok) {
        showToast({
          title: `Taken back on ${formatCountOf(result.value.moved, 'partition', 'partitions')}.`,
        });
        refetch();
        changed.current();
        return null;
      }
      const problem = result?.problem ?? noAnswer;
      if (problem.code === 'group.moved' && isShown.current) {
        open('reset', { saved: resetId });
        return null;
      }
      setRefusal(problem);
      return problem;
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
