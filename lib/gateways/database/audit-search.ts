import type { AuditEntry, AuditFilter, AuditPhase } from '#lib/model/audit.ts';
import { guard, pool } from './client.ts';

type Row = {
  seq: string;
  operation_id: string;
  phase: AuditPhase;
  at: Date;
  actor_id: string;
  actor_name: string;
  actor_role: string;
  actor_via: string;
  ip: string | null;
  user_agent: string | null;
  request_id: string | null;
  action: string;
  target_type: string | null;
  target_id: string | null;
  cluster_id: string | null;
  details: unknown;
  error_code: string | null;
  ended_at: Date | null;
  end_phase: AuditPhase | null;
  end_details: unknown;
  end_error_code: string | null;
};

/** Counting stops here: nobody pages further, and the database need not read millions of rows to say so. */
export const countLimit = 10_000;

/**
 * Operations that match, newest first, one page of them.
 * `total` is exact up to `countLimit`; one more than that stands for "more".
 */
export async function searchAudit(
  filter: AuditFilter,
  page: { page: number; pageSize: number },
): Promise<{ rows: AuditEntry[]; total: number; totalUnfiltered: number }> {
  const { where, values } = conditions(filter);
  const rows = await select(where, values, page.pageSize, (page.page - 1) * page.pageSize);
  // What no condition asks about is not read just to be counted.
  const counted = filter.outcome ? from : 'FROM audit_events e';
  const [total, totalUnfiltered] = await Promise.all([
    count(counted, where, values),
    count('FROM audit_events e', 'true', []),
  ]);
  return { rows, total, totalUnfiltered };
}

/** One operation; undefined when there is none. */
export async function readOperation(operationId: string): Promise<AuditEntry | undefined> {
  return (await select('e.operation_id = $1', [operationId], 1, 0))[0];
}

/** All operations that match, newest first, read in pieces: for an export of any size. */
export async function* streamAudit(filter: AuditFilter, pieceSize = 500): AsyncGenerator<AuditEntry[]> {
  const { where, values } = conditions(filter);
  let before = '9223372036854775807';
  for (;;) {
    const rows = await select(
      `${where} AND e.seq < $${values.length + 1}`,
      [...values, before],
      pieceSize,
      0,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < pieceSize) return;
    before = rows.at(-1)!.seq;
  }
}

const from = `FROM audit_events e LEFT JOIN LATERAL (
    SELECT phase, at, details, error_code FROM audit_events
    WHERE operation_id = e.operation_id AND seq > e.seq ORDER BY seq DESC LIMIT 1
  ) ending ON true`;

async function select(
  where: string,
  values: unknown[],
  limit: number,
  offset: number,
): Promise<AuditEntry[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `SELECT e.*, ending.at AS ended_at, ending.phase AS end_phase, ending.details AS end_details,
         ending.error_code AS end_error_code
       ${from} WHERE e.is_opening AND ${where} ORDER BY e.seq DESC
       LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
      [...values, limit, offset],
    ),
  );
  return rows.map(toEntry);
}

async function count(source: string, where: string, values: unknown[]): Promise<number> {
  const { rows } = await guard(() =>
    pool().query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT 1 ${source} WHERE e.is_opening AND ${where} LIMIT ${countLimit + 1}
       ) matching`,
      values,
    ),
  );
  return rows[0]?.count ?? 0;
}

/** Exactly the expression of the index audit_events_text_idx. */
const searchText = `(e.actor_name || ' ' || e.actor_id || ' ' || e.action || ' ' || coalesce(e.target_id, '') || ' '
  || coalesce(e.ip, '') || ' ' || e.operation_id)`;

const likeText = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

function conditions(filter: AuditFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [];
  const use = (value: unknown): string => `$${values.push(value)}`;
  const parts = ['true'];
  if (filter.q) {
    const q = use(likeText(filter.q));
    parts.push(`${searchText} ILIKE ${q}`);
  }
  if (filter.fromMs !== undefined) parts.push(`e.at >= ${use(new Date(filter.fromMs))}`);
  if (filter.toMs !== undefined) parts.push(`e.at < ${use(new Date(filter.toMs))}`);
  if (filter.actorId) parts.push(`e.actor_id = ${use(filter.actorId)}`);
  if (filter.clusterId) parts.push(`e.cluster_id = ${use(filter.clusterId)}`);
  if (filter.targetType) parts.push(`e.target_type = ${use(filter.targetType)}`);
  if (filter.targetId) parts.push(`e.target_id = ${use(filter.targetId)}`);
  if (filter.outcome) {
    const outcome = use(filter.outcome);
    parts.push(`coalesce(ending.phase, e.phase) = ${outcome}::audit_phase`);
    // The rare ends are found by their own events; every other operation needs no look at how it ended.
    if (['failed', 'unknown', 'denied'].includes(filter.outcome)) {
      parts.push(
        `e.operation_id IN (SELECT operation_id FROM audit_events WHERE phase = ${outcome}::audit_phase)`,
      );
    }
  }
  if (filter.actions) {
    const exact = filter.actions.filter((action) => !action.endsWith('.'));
    const beginnings = filter.actions.filter((action) => action.endsWith('.'));
    parts.push(
      `(e.action = ANY(${use(exact)}) OR EXISTS (SELECT 1 FROM unnest(${use(beginnings)}::text[]) AS beginning
        WHERE starts_with(e.action, beginning)))`,
    );
  }
  return { where: parts.join(' AND '), values };
}

const toEntry = (row: Row): AuditEntry => ({
  seq: row.seq,
  operationId: row.operation_id,
  at: row.at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? (row.phase === 'started' ? null : row.at.toISOString()),
  outcome: row.end_phase ?? row.phase,
  actorId: row.actor_id,
  actorName: row.actor_name,
  actorRole: row.actor_role,
  actorVia: row.actor_via,
  ip: row.ip,
  userAgent: row.user_agent,
  requestId: row.request_id,
  action: row.action,
  targetType: row.target_type,
  targetId: row.target_id,
  clusterId: row.cluster_id,
  details: row.details,
  result: row.end_details,
  errorCode: row.end_error_code ?? row.error_code,
});
