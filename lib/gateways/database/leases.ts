import { randomUUID } from 'node:crypto';
import { registry } from '#lib/process.ts';
import { guard, pool } from './client.ts';

/** A lease that this process holds: `fence` is greater than that of every holder before (F16). */
export type HeldLease = { fence: bigint; expiresAt: Date };

/** Who this process is among the instances. */
export const instanceId = (): string => registry('instance-id', () => randomUUID());

/**
 * Takes or renews a lease by the clock of the database (F10). Null when another instance holds it.
 *
 * @param ttlMs for how long it is held without renewal
 */
export async function takeLease(
  name: string,
  ttlMs: number,
  holder: string = instanceId(),
): Promise<HeldLease | null> {
  const { rows } = await guard(() =>
    pool().query<{ fence: string; expires_at: Date }>({
      name: 'lease-take',
      text: `INSERT INTO leases AS l (name, holder, fence, expires_at)
             VALUES ($1, $2, 1, now() + $3 * interval '1 millisecond')
             ON CONFLICT (name) DO UPDATE SET
               fence = CASE WHEN l.holder = excluded.holder THEN l.fence ELSE l.fence + 1 END,
               holder = excluded.holder,
               expires_at = excluded.expires_at
             WHERE l.holder = excluded.holder OR l.expires_at < now()
             RETURNING fence::text, expires_at`,
      values: [name, holder, ttlMs],
    }),
  );
  const [row] = rows;
  return row ? { fence: BigInt(row.fence), expiresAt: row.expires_at } : null;
}

/** Gives a lease back, so that another instance need not wait for its end. */
export async function releaseLease(name: string, holder: string = instanceId()): Promise<void> {
  await guard(() =>
    pool().query(
      "UPDATE leases SET expires_at = now() - interval '1 second' WHERE name = $1 AND holder = $2",
      [name, holder],
    ),
  );
}
