import type { PoolClient } from 'pg';
import type { ChannelKind } from '#lib/model/alert-channel.ts';
import type { AlertIncident } from '#lib/model/alert-incident.ts';
import type { AlertMessage, NoticeKind } from '#lib/model/alert-notice.ts';
import type { AlertRoute } from '#lib/model/alert-route.ts';
import type { AlertSilence } from '#lib/model/alert-silence.ts';
import type { Environment } from '#lib/model/cluster.ts';
import { addAlertEvents } from './alert-events.ts';
import { type AlertRight, byRight, toIncident } from './alert-incidents.ts';
import { listRoutes } from './alert-routes.ts';
import { activeSilences } from './alert-silences.ts';
import { guard, pool } from './client.ts';

/** What was told of an incident over a channel, by kind of notice. */
export type Told = {
  incidentId: string;
  channelId: string;
  kind: NoticeKind;
  /** Epoch milliseconds of the first and the newest notice of that kind. */
  firstAt: number;
  lastAt: number;
  /** At least one of them was sent or may still be. */
  isReached: boolean;
};

export type AlertWorld = {
  /** Epoch milliseconds, by the clock of the database (F10). */
  now: number;
  /** Open incidents, and those that ended within a day. */
  incidents: AlertIncident[];
  told: Told[];
  routes: AlertRoute[];
  silences: AlertSilence[];
  /** The channels that may send: their kinds by id. */
  channels: Map<string, ChannelKind>;
  clusters: Map<string, { name: string; environment: Environment }>;
};

export type PlannedNotice = {
  id: string;
  /** What makes a second of the same impossible. */
  dedupeKey: string;
  channelId: string;
  kind: NoticeKind;
  incidentIds: string[];
  message: AlertMessage;
};
export type AlertPlan = {
  notices: PlannedNotice[];
  /** Incidents that a silence holds back. */
  silenced: { incidentId: string; silence: AlertSilence }[];
};

/** Whether there is anything that could have to be told: asked often, answered from two indexes. */
export async function hasLiveIncidents(): Promise<boolean> {
  const { rows } = await guard(() =>
    pool().query<{ live: boolean }>({
      name: 'incidents-live',
      text: `SELECT EXISTS (SELECT 1 FROM alert_incidents WHERE resolved_at IS NULL
               OR resolved_at > now() - interval '1 day') AS live`,
    }),
  );
  return rows[0]?.live ?? false;
}

/**
 * Puts into the outbox what has to be told now. All that is known is read, judged by `judge` and written in one
 * transaction while the right to do so holds, so that no two instances tell the same (F16).
 * @returns how many notices were new; null when another instance has the right by now
 */
export async function planNotices(
  right: AlertRight,
  judge: (world: AlertWorld) => AlertPlan,
): Promise<number | null> {
  return byRight(right, async (sql) => {
    const world = await readWorld(sql);
    if (world.incidents.length === 0) return 0;
    const { notices, silenced } = judge(world);
    let added = 0;
    for (const notice of notices) added += await addNotice(sql, notice);
    for (const { incidentId, silence } of silenced) await noteSilence(sql, incidentId, silence);
    return added;
  });
}

async function readWorld(sql: PoolClient): Promise<AlertWorld> {
  const incidents = await sql.query(
    `SELECT * FROM alert_incidents WHERE resolved_at IS NULL OR resolved_at > now() - interval '1 day'
     ORDER BY opened_at, id`,
  );
  const ids = incidents.rows.map(({ id }) => id);
  const told = await sql.query<{
    incident: string;
    channel_id: string;
    kind: NoticeKind;
    first_at: Date;
    last_at: Date;
    reached: boolean;
  }>(
    `SELECT incident, channel_id, kind, min(created_at) AS first_at, max(created_at) AS last_at,
       bool_or(state NOT IN ('failed', 'dropped')) AS reached
     FROM (SELECT unnest(incident_ids) AS incident, channel_id, kind, created_at, state
       FROM alert_notices WHERE incident_ids && $1) n
     WHERE incident = ANY($1) GROUP BY incident, channel_id, kind`,
    [ids],
  );
  const clock = await sql.query<{ now: Date }>('SELECT now() AS now');
  const channels = await sql.query<{ id: string; kind: ChannelKind }>(
    'SELECT id, kind FROM alert_channels WHERE is_enabled ORDER BY id',
  );
  const clusters = await sql.query<{ id: string; name: string; environment: Environment }>(
    'SELECT id, name, environment FROM clusters',
  );
  return {
    now: clock.rows[0]!.now.getTime(),
    incidents: incidents.rows.map(toIncident),
    told: told.rows.map((row) => ({
      incidentId: row.incident,
      channelId: row.channel_id,
      kind: row.kind,
      firstAt: row.first_at.getTime(),
      lastAt: row.last_at.getTime(),
      isReached: row.reached,
    })),
    routes: await listRoutes(sql),
    silences: await activeSilences(sql),
    channels: new Map(channels.rows.map(({ id, kind }) => [id, kind])),
    clusters: new Map(clusters.rows.map(({ id, ...cluster }) => [id, cluster])),
  };
}

async function addNotice(sql: PoolClient, notice: PlannedNotice): Promise<number> {
  const { rowCount } = await sql.query(
    `INSERT INTO alert_notices (id, dedupe_key, channel_id, kind, incident_ids, notice, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, $6, now()) ON CONFLICT (dedupe_key) DO NOTHING`,
    [
      ...[notice.id, notice.dedupeKey, notice.channelId, notice.kind],
      ...[notice.incidentIds, JSON.stringify(notice.message)],
    ],
  );
  return rowCount ?? 0;
}

async function noteSilence(sql: PoolClient, incidentId: string, silence: AlertSilence): Promise<void> {
  const { rowCount } = await sql.query(
    `SELECT 1 FROM alert_events WHERE incident_id = $1 AND kind = 'silenced' AND data->>'silenceId' = $2`,
    [incidentId, silence.id],
  );
  if (rowCount !== 0) return;
  const text = `Silenced until ${silence.endsAt.slice(0, 16).replace('T', ' ')} UTC: ${silence.reason}`;
  await addAlertEvents(
    [{ incidentId, kind: 'silenced', actor: silence.createdByName, text, data: { silenceId: silence.id } }],
    sql,
  );
}
