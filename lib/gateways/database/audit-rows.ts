import type { AuditEvent } from '#lib/model/audit.ts';
import { cleanText, eventHash, storable } from './audit-chain.ts';
import { inTransaction } from './client.ts';

const text = (value: string | null): string | null =>
  value === null ? null : cleanText(value).slice(0, 2_000);

/**
 * Appends one event to the audit. It is on disk when this returns.
 *
 * Events are numbered without gaps and each holds the hash of the one before (R16), so appending is one at a time
 * for the whole database: the row `audit_head` is locked meanwhile.
 * @returns the number of the event
 */
export async function appendAudit(event: AuditEvent): Promise<bigint> {
  const clean: AuditEvent = {
    ...event,
    actorName: text(event.actorName) ?? '',
    userAgent: text(event.userAgent)?.slice(0, 500) ?? null,
    ip: text(event.ip),
    requestId: text(event.requestId),
    targetId: text(event.targetId),
    clusterId: text(event.clusterId),
    details: storable(event.details),
  };
  return inTransaction(async (sql) => {
    const head = await sql.query<{ seq: string; hash: string; is_opening: boolean; now: Date }>(
      `SELECT seq, hash, date_trunc('milliseconds', clock_timestamp()) AS now,
         NOT EXISTS (SELECT 1 FROM audit_events WHERE operation_id = $1) AS is_opening
       FROM audit_head FOR UPDATE`,
      [clean.operationId],
    );
    const before = head.rows[0]!;
    const seq = BigInt(before.seq) + 1n;
    const chained = { ...clean, seq, isOpening: before.is_opening, atMs: before.now.getTime() };
    const hash = eventHash(before.hash, chained);
    await sql.query(
      `WITH event AS (
         INSERT INTO audit_events (seq, operation_id, phase, is_opening, at, actor_id, actor_name, actor_role,
           actor_via, ip, user_agent, request_id, action, target_type, target_id, cluster_id, details, error_code,
           prev_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))
       UPDATE audit_head SET seq = $1, hash = $20`,
      [
        ...[seq, clean.operationId, clean.phase, before.is_opening, before.now],
        ...[clean.actorId, clean.actorName, clean.actorRole, clean.actorVia],
        ...[clean.ip, clean.userAgent, clean.requestId],
        ...[clean.action, clean.targetType, clean.targetId, clean.clusterId],
        ...[JSON.stringify(clean.details), clean.errorCode, before.hash, hash],
      ],
    );
    return seq;
  });
}
