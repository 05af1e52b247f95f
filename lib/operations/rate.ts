import { AppError } from '#lib/errors/app-error.ts';
import { registry } from '#lib/process.ts';

/** How many requests of a kind one principal may make in how long (R26). */
const limits = {
  read: { capacity: 600, windowMs: 60_000 },
  browse: { capacity: 60, windowMs: 60_000 },
  mutate: { capacity: 60, windowMs: 60_000 },
  test: { capacity: 60, windowMs: 60_000 },
  export: { capacity: 5, windowMs: 3_600_000 },
  /** Trials of alert channels: each reaches somebody else's service. */
  notify: { capacity: 10, windowMs: 3_600_000 },
} as const;

export type RateClass = keyof typeof limits;

type Bucket = { tokens: number; at: number; windowMs: number };

const buckets = (): Map<string, Bucket> => registry('rate-buckets', () => new Map());

/**
 * Takes one token of the class from the principal's bucket.
 * @throws AppError `rate.limited` with the seconds to wait when the bucket is empty.
 */
export function takeToken(principalId: string, rate: RateClass, now: number = performance.now()): void {
  const { capacity, windowMs } = limits[rate];
  const key = `${rate}:${principalId}`;
  const all = buckets();
  const bucket = all.get(key) ?? { tokens: capacity, at: now, windowMs };
  bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / windowMs) * capacity);
  bucket.at = now;
  all.set(key, bucket);
  if (all.size > 10_000) for (const [id, one] of all) if (now - one.at > one.windowMs) all.delete(id);
  if (bucket.tokens < 1) {
    throw new AppError('rate.limited', {
      retryAfterSeconds: Math.ceil((((1 - bucket.tokens) / capacity) * windowMs) / 1000),
    });
  }
  bucket.tokens -= 1;
}
