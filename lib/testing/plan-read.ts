import { vi } from 'vitest';
import type { PlanResetOffsetsInput, ResetOffsetsPlan } from '#lib/model/offset-reset.ts';
import { planResetOffsets } from '#lib/services/group/reset-offsets.ts';
import { plan } from './topic-suite.ts';

/** A plan whose next records have been read: on a busy machine the first look may end before they are. */
export const planRead = (input: PlanResetOffsetsInput): Promise<ResetOffsetsPlan> =>
  vi.waitFor(
    async () => {
      const seen = await plan(planResetOffsets, input);
      const unread = seen.moves.find(({ next }) => next.kind === 'unknown');
      if (unread)
        throw new Error(`${unread.topic} partition ${unread.partition}: ${JSON.stringify(unread.next)}`);
      return seen;
    },
    { timeout: 60_000 },
  );
