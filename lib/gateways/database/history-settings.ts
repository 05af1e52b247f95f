import { AppError } from '#lib/errors/app-error.ts';
import { HistorySettings, usualHistory } from '#lib/model/history.ts';
import { guard, pool } from './client.ts';

const name = 'history';

/** For how long numbers are kept; version 0 while nobody has said otherwise. */
export async function readHistorySettings(): Promise<{ settings: HistorySettings; version: number }> {
  const { rows } = await guard(() =>
    pool().query<{ value: unknown; version: number }>('SELECT value, version FROM settings WHERE name = $1', [
      name,
    ]),
  );
  const parsed = HistorySettings.safeParse(rows[0]?.value);
  return { settings: parsed.success ? parsed.data : usualHistory, version: rows[0]?.version ?? 0 };
}

/**
 * Writes them as they were seen in `version`.
 * @throws AppError `history.version` when somebody else changed them meanwhile
 */
export async function writeHistorySettings(
  settings: HistorySettings,
  version: number,
  updatedBy: string,
): Promise<number> {
  const { rows } = await guard(() =>
    pool().query<{ version: number }>(
      `INSERT INTO settings AS s (name, value, version, updated_by, updated_at)
       SELECT $1, $2::jsonb, 1, $4, now() WHERE $3::int = 0 OR EXISTS (SELECT 1 FROM settings WHERE name = $1)
       ON CONFLICT (name) DO UPDATE
         SET value = excluded.value, version = s.version + 1, updated_by = excluded.updated_by, updated_at = now()
         WHERE s.version = $3
       RETURNING version`,
      [name, JSON.stringify(settings), version, updatedBy],
    ),
  );
  if (!rows[0]) throw new AppError('history.version');
  return rows[0].version;
}
