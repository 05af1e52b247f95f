import type { PoolClient } from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import { IncidentMatch } from '#lib/model/alert-route.ts';
import type { AlertSilence, NewSilence } from '#lib/model/alert-silence.ts';
import { guard, pool } from './client.ts';

type Row = {
  id: string;
  matches: unknown;
  reason: string;
  starts_at: Date;
  ends_at: Date;
  created_by: string;
  created_by_name: string;
};

const toSilence = (row: Row): AlertSilence => ({
  id: row.id,
  match: IncidentMatch.parse(row.matches),
  reason: row.reason,
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at.toISOString(),
  createdBy: row.created_by,
  createdByName: row.created_by_name,
});

type Sql = Pick<PoolClient, 'query'>;

/** Silences that hold by the clock of the database (F10). */
export async function activeSilences(sql: Sql = pool()): Promise<AlertSilence[]> {
  const { rows } = await guard(() =>
    sql.query<Row>(
      'SELECT * FROM alert_silences WHERE starts_at <= now() AND ends_at > now() ORDER BY ends_at',
    ),
  );
  return rows.map(toSilence);
}

/** Silences that hold, then those that have ended, newest first, at most `limit`. */
export async function listSilences(limit: number): Promise<(AlertSilence & { isActive: boolean })[]> {
  const { rows } = await guard(() =>
    pool().query<Row & { active: boolean }>(
      `SELECT *, ends_at > now() AS active FROM alert_silences ORDER BY ends_at > now() DESC, ends_at DESC LIMIT $1`,
      [limit],
    ),
  );
  return rows.map((row) => ({ ...toSilence(row), isActive: row.active }));
}

/** Keeps a silence that begins now. */
export async function createSilence(
  id: string,
  { match, reason, minutes }: NewSilence,
  by: { id: string; name: string },
): Promise<AlertSilence> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `INSERT INTO alert_silences (id, matches, reason, starts_at, ends_at, created_by, created_by_name)
       VALUES ($1, $2, $3, now(), now() + $4 * interval '1 minute', $5, $6) RETURNING *`,
      [id, JSON.stringify(match), reason, minutes, by.id, by.name],
    ),
  );
  return toSilence(rows[0]!);
}

/**
 * Ends a silence now.
 * @throws AppError `silence.not-found` when it has ended or never was
 */
export async function endSilence(id: string): Promise<AlertSilence> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      'UPDATE alert_silences SET ends_at = now() WHERE id = $1 AND ends_at > now() RETURNING *',
      [id],
    ),
  );
  if (!rows[0]) throw new AppError('silence.not-found');
  return toSilence(rows[0]);
}
