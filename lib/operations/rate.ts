import { AppError } from '#lib/errors/app-error.ts';
import { registry } from '#lib/process.ts';

/** How many requests of a kind one principal may make in a minute (R26). */
const perMinute = { read: 600, browse: 60, mutate: 60, test: 60 } as const;

export type RateClass = keyof typeof perMinute;

type Bucket = { tokens: number; at: number };

const buckets = (): Map<string, Bucket> => registry('rate-buckets', () => new Map());

/**
 * Takes one token of the class from the principal's bucket.
 * @throws AppError `rate.limited` with the seconds to wait when the bucket is empty.
 */
export function takeToken(principalId: string, rate: RateClass, now: number = performance.now()): void {
  const capacity = perMinute[rate];
  const key = `${rate}:${principalId}`;
  const all = buckets();
  const bucket = all.get(key) ?? { tokens: capacity, at: now };
  bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 60_000) * capacity);
  bucket.at = now;
  all.set(key, bucket);
  if (all.size > 10_000) for (const [id, { at }] of all) if (now - at > 60_000) all.delete(id);
  if (bucket.tokens < 1) {
    throw new AppError('rate.limited', {
      retryAfterSeconds: Math.ceil(((1 - bucket.tokens) / capacity) * 60),
    });
  }
  bucket.tokens -= 1;
}
