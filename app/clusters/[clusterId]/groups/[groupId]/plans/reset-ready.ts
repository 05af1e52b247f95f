import type { ResetOffsetsPlan } from '#lib/model/offset-reset.ts';

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
