import { createHash, randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { AlertIncident, IncidentEnd } from '#lib/model/alert-incident.ts';
import type { AlertRuleFields, AlertSeverity } from '#lib/model/alert-rule.ts';
import type { ClusterEvent } from '#lib/model/cluster-event.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { guard, inTransaction, pool } from './client.ts';
import { addClusterEvents } from './cluster-events.ts';

/** The right to write incidents of a cluster: the lease `alerts:<clusterId>` with the fence it was taken under (F16). */
export type AlertRight = { lease: string; fence: bigint };

export type NewIncident = {
  ruleId: string;
  rule: AlertRuleFields;
  clusterId: string;
  subject: string;
  summary: string;
  value: number | null;
};

type Row = {
  id: string;
  rule_id: string;
  rule_name: string;
  rule: unknown;
  cluster_id: string;
  subject: string;
  severity: AlertSeverity;
  summary: string;
  value: number | null;
  last_value: number | null;
  opened_at: Date;
  last_seen_at: Date;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  acknowledge_note: string | null;
  resolved_at: Date | null;
  resolution: IncidentEnd | null;
};

/** An incident of a row of `alert_incidents`. */
export const toIncident = (row: Row): AlertIncident => ({
  id: row.id,
  ruleId: row.rule_id,
  ruleName: row.rule_name,
  rule: row.rule as AlertRuleFields,
  clusterId: row.cluster_id,
  subject: row.subject,
  severity: row.severity,
  summary: row.summary,
  value: row.value,
  lastValue: row.last_value,
  openedAt: row.opened_at.toISOString(),
  lastSeenAt: row.last_seen_at.toISOString(),
  acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
  acknowledgedBy: row.acknowledged_by,
  acknowledgeNote: row.acknowledge_note,
  resolvedAt: row.resolved_at?.toISOString() ?? null,
  resolution: row.resolution,
});

/** What is unique of an open incident. A digest, because a group id may be longer than an index takes. */
const openKeyOf = (ruleId: string, clusterId: string, subject: string): string =>
  createHash('sha256')
    .update(JSON.stringify([ruleId, clusterId, subject]))
    .digest('base64url');

/** PostgreSQL keeps no NUL in a text, and a group id may hold one. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD');

const known = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;

/** Opens incidents; one that is open already for the same rule, cluster and subject is not opened again. The ids are in the order asked. */
export const openIncidents = (right: AlertRight, incidents: readonly NewIncident[]) =>
  byRight(right, async (sql) => {
    const opened: { id: string; isNew: boolean }[] = [];
    for (const incident of incidents) opened.push(await openOne(sql, incident));
    return opened;
  });

async function openOne(
  sql: PoolClient,
  { ruleId, rule, clusterId, subject, summary, value }: NewIncident,
): Promise<{ id: string; isNew: boolean }> {
  const key = openKeyOf(ruleId, clusterId, subject);
  const id = randomUUID();
  const { rowCount } = await sql.query(
    `INSERT INTO alert_incidents (id, open_key, rule_id, rule_name, rule, cluster_id, subject, severity, summary, value,
       last_value, opened_at, last_seen_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, now(), now()) ON CONFLICT (open_key) DO NOTHING`,
    [
      ...[id, key, ruleId, rule.name, JSON.stringify(rule), clusterId, storable(subject), rule.severity],
      ...[storable(summary), known(value)],
    ],
  );
  if (rowCount === 1) {
    await addEvent(sql, id, 'opened', storable(summary));
    await mark(sql, 'alert.opened', { rule, clusterId, subject, severity: rule.severity, title: summary });
    return { id, isNew: true };
  }
  const { rows } = await sql.query<{ id: string }>('SELECT id FROM alert_incidents WHERE open_key = $1', [
    key,
  ]);
  return { id: rows[0]?.id ?? id, isNew: false };
}

/** Notes how open incidents look now. */
export const touchIncidents = (right: AlertRight, seen: readonly { id: string; value: number | null }[]) =>
  byRight(right, async (sql) => {
    await sql.query(
      `UPDATE alert_incidents i SET last_value = seen.value, last_seen_at = now()
       FROM unnest($1::text[], $2::float8[]) AS seen (id, value) WHERE i.id = seen.id AND i.resolved_at IS NULL`,
      [seen.map(({ id }) => id), seen.map(({ value }) => known(value))],
    );
  });

export type ResolvedIncident = { id: string; resolution: IncidentEnd; text: string; value: number | null };

/** Ends incidents. One that has ended stays as it ended. */
export const resolveIncidents = (right: AlertRight, resolved: readonly ResolvedIncident[]) =>
  byRight(right, async (sql) => {
    for (const { id, resolution, text, value } of resolved)
      await endOne(sql, id, resolution, text, known(value));
  });

async function endOne(
  sql: PoolClient,
  id: string,
  resolution: IncidentEnd,
  text: string,
  value: number | null,
): Promise<void> {
  const { rows } = await sql.query<Row>(
    `UPDATE alert_incidents SET open_key = NULL, resolved_at = now(), resolution = $2,
       last_value = coalesce($3, last_value) WHERE id = $1 AND resolved_at IS NULL RETURNING *`,
    [id, resolution, value],
  );
  if (!rows[0]) return;
  await addEvent(sql, id, 'resolved', storable(text));
  const { rule, clusterId, subject, summary } = toIncident(rows[0]);
  await mark(sql, 'alert.resolved', {
    ...{ rule, clusterId, subject },
    ...{ severity: 'note', title: `Resolved: ${summary}` },
  });
}

/** The mark on the charts of the cluster. */
const mark = (
  sql: PoolClient,
  kind: 'alert.opened' | 'alert.resolved',
  {
    rule,
    clusterId,
    subject,
    severity,
    title,
  }: { rule: AlertRuleFields; clusterId: string; subject: string; severity: AlertSeverity; title: string },
): Promise<void> => {
  const about = eventSubjectOf(rule.series, subject);
  return addClusterEvents(
    [{ clusterId, at: Date.now(), kind, ...about, severity, title, detail: rule.name }],
    sql,
  );
};

/** Of what an event is that a series tells: a partition is of its topic, a member of its group. */
function eventSubjectOf(series: SeriesKind, name: string): Pick<ClusterEvent, 'subjectType' | 'subject'> {
  const { subject } = factsOfSeries(series);
  if (subject === 'partition') return { subjectType: 'topic', subject: name.slice(0, name.lastIndexOf('/')) };
  if (subject === 'member') return { subjectType: 'group', subject: name.split('\t')[0] ?? name };
  return { subjectType: subject, subject: name };
}

const addEvent = (sql: PoolClient, id: string, kind: 'opened' | 'resolved', text: string) =>
  sql.query('INSERT INTO alert_events (incident_id, at, kind, text) VALUES ($1, now(), $2, $3)', [
    id,
    kind,
    text,
  ]);

/** Open incidents of one cluster, oldest first. */
export async function openIncidentsOf(clusterId: string): Promise<AlertIncident[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      'SELECT * FROM alert_incidents WHERE cluster_id = $1 AND resolved_at IS NULL ORDER BY opened_at, id',
      [clusterId],
    ),
  );
  return rows.map(toIncident);
}

/** How many incidents each rule has open, and how many it opened in the last seven days. */
export async function countOpenByRule(): Promise<Map<string, { open: number; lately: number }>> {
  const { rows } = await guard(() =>
    pool().query<{ rule_id: string; open: number; lately: number }>(
      `SELECT rule_id, count(*) FILTER (WHERE resolved_at IS NULL)::int AS open,
         count(*) FILTER (WHERE opened_at > now() - interval '7 days')::int AS lately
       FROM alert_incidents WHERE resolved_at IS NULL OR opened_at > now() - interval '7 days' GROUP BY rule_id`,
    ),
  );
  return new Map(rows.map(({ rule_id, open, lately }) => [rule_id, { open, lately }]));
}

/** Clusters that have open incidents and are not in Millrace any more: ends those incidents. Any instance may do it. */
export async function resolveOfRemovedClusters(text: string): Promise<number> {
  return inTransaction(async (sql) => {
    const { rows } = await sql.query<{ id: string }>(
      `SELECT id FROM alert_incidents WHERE resolved_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM clusters c WHERE c.id = cluster_id) ORDER BY id FOR UPDATE SKIP LOCKED`,
    );
    for (const { id } of rows) await endOne(sql, id, 'cluster-removed', text, null);
    return rows.length;
  });
}

/**
 * Does `work` in one transaction while the right holds. Null when another instance has it by now: then nothing was written. The row of
 * the lease is held until the end, so that nobody can take it in between.
 */
export async function byRight<T>(
  { lease, fence }: AlertRight,
  work: (sql: PoolClient) => Promise<T>,
): Promise<T | null> {
  return inTransaction(async (sql) => {
    const { rowCount } = await sql.query('SELECT 1 FROM leases WHERE name = $1 AND fence = $2 FOR SHARE', [
      lease,
      fence.toString(),
    ]);
    return rowCount === 1 ? work(sql) : null;
  });
}
