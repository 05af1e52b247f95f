'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';

export const groupPlans = ['reset', 'delete', 'delete-offsets'] as const;
export type GroupPlan = (typeof groupPlans)[number];

export type GroupPlanState = {
  plan: GroupPlan | null;
  /** What a reset begins with: one topic of the group, its partitions as a set such as `0-3,7`. */
  topic: string | null;
  partitions: string | null;
  /** The earlier change whose positions are taken back. */
  saved: string | null;
};

const parsers = {
  plan: parseAsStringLiteral(groupPlans),
  topic: parseAsString,
  partitions: parseAsString,
  saved: parseAsString,
};

/** Which plan is open over the page, from and to the address. */
export function useGroupPlan(): [
  state: GroupPlanState,
  open: (plan: GroupPlan | null, begin?: Partial<Omit<GroupPlanState, 'plan'>>) => void,
] {
  const [state, set] = useQueryStates(parsers, { scroll: false });
  const open = useCallback(
    (plan: GroupPlan | null, begin: Partial<Omit<GroupPlanState, 'plan'>> = {}) =>
      void set(
        { topic: null, partitions: null, saved: null, ...begin, plan },
        { history: plan === null ? 'replace' : 'push' },
      ),
    [set],
  );
  return [state, open];
}
