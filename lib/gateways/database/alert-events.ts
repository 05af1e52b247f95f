import type { PoolClient } from 'pg';
import type { AlertEvent, AlertEventKind } from '#lib/model/alert-incident.ts';
import { guard, pool } from './client.ts';

type Sql = Pick<PoolClient, 'query'>;

export type NewAlertEvent = {
  incidentId: string;
  kind: AlertEventKind;
  text: string;
  /** Name of the person; empty when Millrace did it. */
  actor?: string;
  data?: Record<string, unknown>;
};

/** Writes on the timelines of incidents, in the transaction of what happened where there is one. */
export async function addAlertEvents(events: readonly NewAlertEvent[], sql: Sql = pool()): Promise<void> {
  if (events.length === 0) return;
  await guard(() =>
    sql.query(
      `INSERT INTO alert_events (incident_id, at, kind, actor, text, data)
       SELECT e.id, now(), e.kind, e.actor, e.text, e.data::jsonb
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS e (id, kind, actor, text, data)
       WHERE EXISTS (SELECT 1 FROM alert_incidents i WHERE i.id = e.id)`,
      [
        events.map((event) => event.incidentId),
        events.map((event) => event.kind),
        events.map((event) => event.actor ?? ''),
        events.map((event) => event.text),
        events.map((event) => (event.data ? JSON.stringify(event.data) : null)),
      ],
    ),
  );
}

type Row = { id: string; incident_id: string; at: Date; kind: AlertEventKind; actor: string; text: string };

/** The timeline of an incident, oldest first, at most `limit` of its newest. */
export async function listAlertEvents(incidentId: string, limit: number): Promise<AlertEvent[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `SELECT id::text, incident_id, at, kind, actor, text FROM alert_events WHERE incident_id = $1
       ORDER BY alert_events.id DESC LIMIT $2`,
      [incidentId, limit],
    ),
  );
  return rows.reverse().map((row) => ({
    id: row.id,
    incidentId: row.incident_id,
    at: row.at.toISOString(),
    kind: row.kind,
    actor: row.actor,
    text: row.text,
  }));
}
