import type { AlertIncident } from '#lib/model/alert-incident.ts';
import type { AlertSeverity } from '#lib/model/alert-rule.ts';
import { toIncident } from './alert-incidents.ts';
import { guard, pool } from './client.ts';

export type IncidentFilter = {
  /** `open`: all that have not ended; `waiting`: of those, which nobody has acknowledged. */
  state: 'open' | 'waiting' | 'acknowledged' | 'resolved' | 'all';
  q?: string;
  clusterId?: string;
  severity?: AlertSeverity;
  ruleId?: string;
  subject?: string;
  /** Of history: those that were open at some time from then on. */
  fromMs?: number;
};

const states: Record<IncidentFilter['state'], string> = {
  open: 'resolved_at IS NULL',
  waiting: 'resolved_at IS NULL AND acknowledged_at IS NULL',
  acknowledged: 'resolved_at IS NULL AND acknowledged_at IS NOT NULL',
  resolved: 'resolved_at IS NOT NULL',
  all: 'true',
};

const worstFirst = `CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END`;

/** Incidents that match, worst and newest first where they are open, else newest first; one page of them. */
export async function searchIncidents(
  filter: IncidentFilter,
  page: { page: number; pageSize: number },
): Promise<{ rows: AlertIncident[]; total: number; totalUnfiltered: number }> {
  const values: unknown[] = [];
  const conditions = [states[filter.state]];
  const also = (make: (place: string) => string, value: unknown) => {
    values.push(value);
    conditions.push(make(`$${values.length}`));
  };
  if (filter.q)
    also(
      (p) =>
        `(summary ILIKE ${p} OR rule_name ILIKE ${p} OR subject ILIKE ${p} OR coalesce(acknowledged_by, '') ILIKE ${p})`,
      `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`,
    );
  if (filter.clusterId) also((p) => `cluster_id = ${p}`, filter.clusterId);
  if (filter.severity) also((p) => `severity = ${p}`, filter.severity);
  if (filter.ruleId) also((p) => `rule_id = ${p}`, filter.ruleId);
  if (filter.subject !== undefined) also((p) => `subject = ${p}`, filter.subject);
  if (filter.fromMs !== undefined)
    also((p) => `(resolved_at IS NULL OR resolved_at >= ${p})`, new Date(filter.fromMs));
  const where = conditions.join(' AND ');
  const order =
    filter.state === 'resolved' || filter.state === 'all'
      ? 'opened_at DESC, id'
      : `acknowledged_at IS NOT NULL, ${worstFirst}, opened_at DESC, id`;
  return guard(async () => {
    const [{ rows }, counted, all] = await Promise.all([
      pool().query(
        `SELECT * FROM alert_incidents WHERE ${where} ORDER BY ${order}
         LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
        [...values, page.pageSize, (page.page - 1) * page.pageSize],
      ),
      pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM alert_incidents WHERE ${where}`, values),
      pool().query<{ n: number }>(
        `SELECT count(*)::int AS n FROM alert_incidents WHERE ${states[filter.state]}`,
      ),
    ]);
    return {
      rows: rows.map(toIncident),
      total: counted.rows[0]?.n ?? 0,
      totalUnfiltered: all.rows[0]?.n ?? 0,
    };
  });
}

/** One incident; null when there is none. */
export async function readIncident(id: string): Promise<AlertIncident | null> {
  const { rows } = await guard(() => pool().query('SELECT * FROM alert_incidents WHERE id = $1', [id]));
  return rows[0] ? toIncident(rows[0]) : null;
}

export type IncidentCounts = { open: number; waiting: number; worstWaiting: AlertSeverity | null };

/** What the bell says: how many are open, and how many of them nobody has acknowledged. */
export async function countIncidents(): Promise<IncidentCounts> {
  const { rows } = await guard(() =>
    pool().query<{ open: number; waiting: number; worst: number | null }>({
      name: 'incidents-count',
      text: `SELECT count(*)::int AS open, count(*) FILTER (WHERE acknowledged_at IS NULL)::int AS waiting,
               min(${worstFirst}) FILTER (WHERE acknowledged_at IS NULL) AS worst
             FROM alert_incidents WHERE resolved_at IS NULL`,
    }),
  );
  const { open = 0, waiting = 0, worst = null } = rows[0] ?? {};
  return {
    open,
    waiting,
    worstWaiting: worst === null ? null : (['critical', 'warning', 'note'] as const)[worst]!,
  };
}
