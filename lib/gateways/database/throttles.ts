import { guard, pool } from './client.ts';

/** How many attempts a key has, and how long it must wait after that. */
export type ThrottleRule = {
  /** Attempts that fail within `windowSeconds` before the first delay. */
  limit: number;
  windowSeconds: number;
  /** The first delay; each further failure doubles it, up to `maxDelaySeconds`. */
  firstDelaySeconds: number;
  maxDelaySeconds: number;
};

/**
 * Takes one attempt of a key, before it is known how it ends: two hundred at once are counted as two hundred, in one
 * statement each. Whoever succeeds gives it back. While a delay lasts, nothing is counted, so that nobody is locked out
 * for longer by trying (R8).
 * @returns 0 when the attempt may be made, else the seconds to wait.
 */
export async function takeAttempt(key: string, rule: ThrottleRule): Promise<number> {
  const taken = await guard(() =>
    pool().query(
      `INSERT INTO sign_in_throttles AS t (key, failures, window_start) VALUES ($1, 1, clock_timestamp())
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN ${isOver} THEN 1 ELSE t.failures + 1 END,
         window_start = CASE WHEN ${isOver} THEN clock_timestamp() ELSE t.window_start END,
         blocked_until = CASE WHEN ${isOver} OR t.failures + 1 < $2 THEN NULL
           ELSE clock_timestamp() + make_interval(secs => least($5::float8, $4::float8 * power(2, least(t.failures + 1 - $2, 30)))) END
       WHERE t.blocked_until IS NULL OR t.blocked_until <= clock_timestamp()`,
      [key, rule.limit, rule.windowSeconds, rule.firstDelaySeconds, rule.maxDelaySeconds],
    ),
  );
  if (taken.rowCount === 1) return 0;
  const { rows } = await guard(() =>
    pool().query<{ seconds: number }>(
      `SELECT extract(epoch FROM blocked_until - clock_timestamp())::float8 AS seconds FROM sign_in_throttles WHERE key = $1`,
      [key],
    ),
  );
  return Math.max(1, Math.ceil(rows[0]?.seconds ?? 1));
}

/** Whether the window, and any delay in it, is over: then counting begins anew. */
const isOver = `clock_timestamp() > greatest(t.window_start, coalesce(t.blocked_until, t.window_start)) + make_interval(secs => $3)`;

/** Gives an attempt back that turned out to be right. `all` forgets the earlier failures too. */
export async function forgiveAttempt(key: string, all: boolean): Promise<void> {
  await guard(() =>
    pool().query(
      all
        ? 'DELETE FROM sign_in_throttles WHERE key = $1'
        : 'UPDATE sign_in_throttles SET failures = greatest(failures - 1, 0), blocked_until = NULL WHERE key = $1',
      [key],
    ),
  );
}

/** Removes what has had no consequence for a day. */
export async function purgeThrottles(): Promise<void> {
  await guard(() =>
    pool().query(
      `DELETE FROM sign_in_throttles
       WHERE greatest(window_start, coalesce(blocked_until, window_start)) < clock_timestamp() - interval '1 day'`,
    ),
  );
}
