import { createHash } from 'node:crypto';
import { AppError } from '#lib/errors/app-error.ts';

/** A short digest of what a plan saw. Equal values in equal order give equal digests; bigint is written as text. */
export const digestOf = (seen: unknown): string =>
  createHash('sha256')
    .update(
      JSON.stringify(seen, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    )
    .digest('base64url')
    .slice(0, 22);

/**
 * Refuses when the world is not what the plan saw.
 * @throws AppError `plan.moved` naming `what` moved
 */
export function assertUnmoved(planned: string, now: string, what: string): void {
  if (planned !== now) throw new AppError('plan.moved', { what });
}
