import { formatCountOf } from '#lib/format.ts';
import type { ForgetPlan, ResetOffsetsPlan } from '#lib/model/offset-reset.ts';

/**
 * Whether a plan may be carried out.
 * @param isStale it was made of something else than what stands in the form now
 */
export const isReady = (plan: ResetOffsetsPlan | null, isStale: boolean, typed: string): boolean =>
  plan !== null &&
  !isStale &&
  plan.moves.length > 0 &&
  plan.blocked === null &&
  (plan.typed === null || typed.trim() === plan.typed);

/** Whether it is members that stand in the way: they can stop, while a read-only cluster stays as it is without them too. */
export const waitsForMembers = ({
  blocked,
  isReadOnly,
  members,
}: Pick<ResetOffsetsPlan | ForgetPlan, 'blocked' | 'isReadOnly' | 'members'>): boolean =>
  blocked !== null && !isReadOnly && members.length > 0;

/** What the button of a reset says. */
export function confirmWords(plan: ResetOffsetsPlan | null): string {
  if (plan === null || plan.moves.length === 0) return 'Reset offsets';
  const count = formatCountOf(plan.moves.length, 'partition', 'partitions');
  if (plan.isReadOnly) return `Reset ${count}, read-only cluster`;
  return waitsForMembers(plan)
    ? `Reset ${count}, waiting for ${formatCountOf(plan.members.length, 'member', 'members')}`
    : `Reset ${count}`;
}
