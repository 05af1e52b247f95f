import type { AuditPhase, AuditVerdict } from '#lib/model/audit.ts';
import { chainStart, eventHash } from './audit-chain.ts';
import { guard, pool } from './client.ts';

type Row = {
  seq: string;
  operation_id: string;
  phase: AuditPhase;
  is_opening: boolean;
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
  prev_hash: string;
  hash: string;
};

/**
 * Computes the chain of the audit again from its first event and compares (R16). It names the first event that was
 * changed, the first number that is missing, or says that the end was cut off. Reads in pieces.
 */
export async function verifyAudit(pieceSize = 2_000): Promise<AuditVerdict> {
  const { rows: heads } = await guard(() =>
    pool().query<{ seq: string; hash: string }>('SELECT seq, hash FROM audit_head'),
  );
  const head = heads[0] ?? { seq: '0', hash: chainStart };
  let last = { seq: 0n, hash: chainStart };
  for (;;) {
    const rows = await piece(last.seq, BigInt(head.seq), pieceSize);
    for (const row of rows) {
      const seq = BigInt(row.seq);
      if (seq !== last.seq + 1n) return { isWhole: false, seq: String(last.seq + 1n), reason: 'missing' };
      if (row.prev_hash !== last.hash || hashOf(row) !== row.hash) {
        return { isWhole: false, seq: row.seq, reason: 'changed' };
      }
      last = { seq, hash: row.hash };
    }
    if (rows.length < pieceSize) break;
  }
  if (last.seq !== BigInt(head.seq)) {
    return { isWhole: false, seq: String(last.seq + 1n), reason: 'cut-off' };
  }
  if (last.hash !== head.hash) return { isWhole: false, seq: String(last.seq), reason: 'changed' };
  return { isWhole: true, events: Number(last.seq), lastHash: last.hash };
}

async function piece(after: bigint, upTo: bigint, size: number): Promise<Row[]> {
  const { rows } = await guard(() =>
    pool().query<Row>('SELECT * FROM audit_events WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3', [
      after,
      upTo,
      size,
    ]),
  );
  return rows;
}

const hashOf = (row: Row): string =>
  eventHash(row.prev_hash, {
    seq: BigInt(row.seq),
    operationId: row.operation_id,
    phase: row.phase,
    isOpening: row.is_opening,
    atMs: row.at.getTime(),
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
    errorCode: row.error_code,
  });
