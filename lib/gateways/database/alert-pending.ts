import { type AlertRight, byRight } from './alert-incidents.ts';
import { guard, pool } from './client.ts';

/** A condition that holds and is no incident yet. How long it has held is of the database's clock (F10). */
export type PendingAlert = { ruleId: string; subject: string; heldMs: number };

/** Longer names than this cannot be part of a key; theirs begin to count anew after a restart. */
const longestSubject = 500;

/** What had begun to hold on a cluster. */
export async function readPendingAlerts(clusterId: string): Promise<PendingAlert[]> {
  const { rows } = await guard(() =>
    pool().query<{ rule_id: string; subject: string; held_ms: number }>(
      `SELECT rule_id, subject, extract(epoch FROM now() - since_at)::float8 * 1000 AS held_ms
       FROM alert_pending WHERE cluster_id = $1`,
      [clusterId],
    ),
  );
  return rows.map((row) => ({ ruleId: row.rule_id, subject: row.subject, heldMs: row.held_ms }));
}

/** Keeps what began to hold, and forgets what ended. Null when another instance has the right by now. */
export async function keepPendingAlerts(
  right: AlertRight,
  clusterId: string,
  began: readonly PendingAlert[],
  ended: readonly Omit<PendingAlert, 'heldMs'>[],
): Promise<true | null> {
  const kept = began.filter(({ subject }) => subject.length <= longestSubject && !subject.includes('\u0000'));
  return byRight(right, async (sql) => {
    if (ended.length > 0)
      await sql.query(
        `DELETE FROM alert_pending p USING unnest($2::text[], $3::text[]) AS gone (rule_id, subject)
         WHERE p.cluster_id = $1 AND p.rule_id = gone.rule_id AND p.subject = gone.subject`,
        [clusterId, ended.map(({ ruleId }) => ruleId), ended.map(({ subject }) => storable(subject))],
      );
    if (kept.length > 0)
      await sql.query(
        `INSERT INTO alert_pending (cluster_id, rule_id, subject, since_at)
         SELECT $1, began.rule_id, began.subject, now() - began.held * interval '1 millisecond'
         FROM unnest($2::text[], $3::text[], $4::float8[]) AS began (rule_id, subject, held)
         ON CONFLICT (rule_id, cluster_id, subject) DO UPDATE SET since_at = excluded.since_at`,
        [
          clusterId,
          kept.map(({ ruleId }) => ruleId),
          kept.map(({ subject }) => subject),
          kept.map(({ heldMs }) => heldMs),
        ],
      );
    return true as const;
  });
}

const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD');
