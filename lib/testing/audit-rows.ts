import { pool } from '#lib/gateways/database/client.ts';

/** Rows of the audit that a request left, oldest first. */
export async function auditRowsOf(requestId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool().query('SELECT * FROM audit_events WHERE request_id = $1 ORDER BY seq', [
    requestId,
  ]);
  return rows;
}

/** How far each thing went that a request tried: `started`, `succeeded`, `denied`, … */
export const phasesOf = async (requestId: string): Promise<unknown[]> =>
  (await auditRowsOf(requestId)).map((row) => row.phase);
