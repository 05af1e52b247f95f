import { AppError } from '#lib/errors/app-error.ts';
import type { ChannelKind } from '#lib/model/alert-channel.ts';
import type { AlertMessage, AlertNotice, NoticeKind, NoticeState } from '#lib/model/alert-notice.ts';
import { addAlertEvents, type NewAlertEvent } from './alert-events.ts';
import { guard, inTransaction, pool } from './client.ts';

/**
 * The outbox: what is to be sent stands here before it is, and until it was taken. Whoever claims a notice has it for a
 * minute by the clock of the database; when that process dies, another claims it.
 */
export type ClaimedNotice = {
  id: string;
  channelId: string;
  kind: NoticeKind;
  incidentIds: string[];
  message: AlertMessage;
  /** Which try this is, from 1. It fences the end: an older try cannot end a newer one. */
  attempt: number;
};

const claimSeconds = 60;

/**
 * Claims notices whose time has come. Of one incident over one channel only the oldest is claimed, so that an end
 * never overtakes its beginning.
 */
export async function claimNotices(limit: number): Promise<ClaimedNotice[]> {
  const { rows } = await guard(() =>
    pool().query<{
      id: string;
      channel_id: string;
      kind: NoticeKind;
      incident_ids: string[];
      notice: AlertMessage;
      attempts: number;
    }>({
      name: 'notices-claim',
      text: `UPDATE alert_notices SET state = 'sending', attempts = attempts + 1,
               claimed_until = now() + interval '${claimSeconds} seconds'
             WHERE id IN (
               SELECT n.id FROM alert_notices n
               WHERE ((n.state = 'waiting' AND n.next_attempt_at <= now())
                   OR (n.state = 'sending' AND n.claimed_until < now()))
                 AND NOT EXISTS (SELECT 1 FROM alert_notices b WHERE b.channel_id = n.channel_id
                   AND b.state IN ('waiting', 'sending') AND b.incident_ids && n.incident_ids
                   AND (b.created_at, b.id) < (n.created_at, n.id))
               ORDER BY n.created_at LIMIT $1 FOR UPDATE SKIP LOCKED)
             RETURNING id, channel_id, kind, incident_ids, notice, attempts`,
      values: [limit],
    }),
  );
  return rows.map((row) => ({
    id: row.id,
    channelId: row.channel_id,
    kind: row.kind,
    incidentIds: row.incident_ids,
    message: row.notice,
    attempt: row.attempts,
  }));
}

/** How a try ended: taken, to be tried again after `retryMs`, or given up. */
export type NoticeEnd = {
  state: 'sent' | 'waiting' | 'failed' | 'dropped';
  retryMs?: number;
  error: string | null;
  /** What stands on the timelines of its incidents. */
  events: readonly NewAlertEvent[];
};

/** Writes how a try ended. False when the notice is not in this try any more: somebody else has it. */
export async function endNotice(
  { id, attempt }: Pick<ClaimedNotice, 'id' | 'attempt'>,
  { state, retryMs = 0, error, events }: NoticeEnd,
): Promise<boolean> {
  return inTransaction(async (sql) => {
    const { rowCount } = await sql.query(
      `UPDATE alert_notices SET state = $3, claimed_until = NULL, last_error = $4,
         next_attempt_at = now() + $5 * interval '1 millisecond',
         sent_at = CASE WHEN $3 = 'sent' THEN now() ELSE sent_at END
       WHERE id = $1 AND attempts = $2 AND state = 'sending'`,
      [id, attempt, state, error, retryMs],
    );
    if (rowCount !== 1) return false;
    await addAlertEvents(events, sql);
    return true;
  });
}

/**
 * Lets a notice that failed for good be tried once more from the beginning. That something began is not told when all of it has
 * ended meanwhile: nobody would tell that it ended, and a service that keeps its own alerts would hold it open for ever.
 * @throws AppError `notice.not-found`, `notice.not-failed`, `notice.over`
 */
export async function retryNotice(id: string): Promise<void> {
  const { rows } = await guard(() =>
    pool().query<{ was: NoticeState; is_over: boolean }>(
      `WITH before AS (SELECT id, state, kind <> 'resolved' AND NOT EXISTS (SELECT 1 FROM alert_incidents i
           WHERE i.id = ANY(incident_ids) AND i.resolved_at IS NULL) AS is_over
         FROM alert_notices WHERE id = $1 FOR UPDATE),
       changed AS (UPDATE alert_notices n SET state = 'waiting', attempts = 0, next_attempt_at = now()
         FROM before WHERE n.id = before.id AND before.state = 'failed' AND NOT before.is_over)
       SELECT state AS was, is_over FROM before`,
      [id],
    ),
  );
  if (!rows[0]) throw new AppError('notice.not-found');
  if (rows[0].was !== 'failed') throw new AppError('notice.not-failed');
  if (rows[0].is_over) throw new AppError('notice.over');
}

type Row = {
  id: string;
  channel_id: string;
  channel_name: string | null;
  channel_kind: ChannelKind | null;
  kind: NoticeKind;
  title: string;
  incident_ids: string[];
  state: NoticeState;
  attempts: number;
  next_attempt_at: Date;
  last_error: string | null;
  created_at: Date;
  sent_at: Date | null;
};

/** Deliveries, newest first; of one incident, of one channel, or of one state where that is asked. */
export async function listNotices(
  filter: { incidentId?: string; channelId?: string; states?: readonly NoticeState[] },
  page: { page: number; pageSize: number },
): Promise<{ rows: AlertNotice[]; total: number }> {
  const where = `($1::text IS NULL OR n.incident_ids && ARRAY[$1::text]) AND ($2::text IS NULL OR n.channel_id = $2)
    AND ($3::text[] IS NULL OR n.state = ANY($3))`;
  const values = [filter.incidentId ?? null, filter.channelId ?? null, filter.states ?? null];
  const [{ rows }, counted] = await guard(() =>
    Promise.all([
      pool().query<Row>(
        `SELECT n.id, n.channel_id, c.name AS channel_name, c.kind AS channel_kind, n.kind, n.notice->>'title' AS title,
           n.incident_ids, n.state, n.attempts, n.next_attempt_at, n.last_error, n.created_at, n.sent_at
         FROM alert_notices n LEFT JOIN alert_channels c ON c.id = n.channel_id
         WHERE ${where} ORDER BY n.created_at DESC, n.id LIMIT $4 OFFSET $5`,
        [...values, page.pageSize, (page.page - 1) * page.pageSize],
      ),
      pool().query<{ total: number }>(
        `SELECT count(*)::int AS total FROM alert_notices n WHERE ${where}`,
        values,
      ),
    ]),
  );
  return { rows: rows.map(toNotice), total: counted.rows[0]?.total ?? 0 };
}

const toNotice = (row: Row): AlertNotice => ({
  id: row.id,
  channelId: row.channel_id,
  channelName: row.channel_name,
  channelKind: row.channel_kind,
  kind: row.kind,
  title: row.title,
  incidentIds: row.incident_ids,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.state === 'waiting' ? row.next_attempt_at.toISOString() : null,
  lastError: row.last_error,
  createdAt: row.created_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
});

/** Removes what is older than what is kept. Deliveries of an open incident stay: they say what was told already. */
export async function purgeAlerts(noticeDays: number, incidentDays: number): Promise<void> {
  await guard(() =>
    pool().query(
      `DELETE FROM alert_notices n WHERE created_at < now() - $1 * interval '1 day' AND NOT EXISTS (
         SELECT 1 FROM alert_incidents i WHERE i.id = ANY(n.incident_ids) AND i.resolved_at IS NULL)`,
      [noticeDays],
    ),
  );
  await guard(() =>
    pool().query(`DELETE FROM alert_incidents WHERE resolved_at < now() - $1 * interval '1 day'`, [
      incidentDays,
    ]),
  );
  await guard(() =>
    pool().query(`DELETE FROM alert_silences WHERE ends_at < now() - $1 * interval '1 day'`, [noticeDays]),
  );
}
