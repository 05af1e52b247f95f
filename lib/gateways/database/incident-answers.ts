import { AppError } from '#lib/errors/app-error.ts';
import type { AlertIncident } from '#lib/model/alert-incident.ts';
import { addAlertEvents } from './alert-events.ts';
import { toIncident } from './alert-incidents.ts';
import { inTransaction } from './client.ts';

/**
 * Notes that somebody looks after an incident. Repetitions and escalation end with it.
 * @throws AppError `incident.not-found`, `incident.ended`, `incident.acknowledged` by somebody before
 */
export async function acknowledgeIncident(id: string, by: string, note: string): Promise<AlertIncident> {
  return inTransaction(async (sql) => {
    const present = await sql.query('SELECT * FROM alert_incidents WHERE id = $1 FOR UPDATE', [id]);
    if (!present.rows[0]) throw new AppError('incident.not-found');
    if (present.rows[0].resolved_at !== null) throw new AppError('incident.ended');
    if (present.rows[0].acknowledged_at !== null)
      throw new AppError('incident.acknowledged', { by: present.rows[0].acknowledged_by });
    const { rows } = await sql.query(
      `UPDATE alert_incidents SET acknowledged_at = now(), acknowledged_by = $2, acknowledge_note = $3
       WHERE id = $1 RETURNING *`,
      [id, by, note],
    );
    const text = note === '' ? 'Acknowledged.' : `Acknowledged: ${note}`;
    await addAlertEvents([{ incidentId: id, kind: 'acknowledged', actor: by, text }], sql);
    return toIncident(rows[0]);
  });
}

/**
 * Writes a note on the timeline of an incident, open or ended.
 * @throws AppError `incident.not-found`
 */
export async function noteIncident(id: string, by: string, note: string): Promise<void> {
  await inTransaction(async (sql) => {
    const { rowCount } = await sql.query('SELECT 1 FROM alert_incidents WHERE id = $1', [id]);
    if (rowCount === 0) throw new AppError('incident.not-found');
    await addAlertEvents([{ incidentId: id, kind: 'noted', actor: by, text: note }], sql);
  });
}
