import { statfsSync } from 'node:fs';
import { AppError } from '#lib/errors/app-error.ts';
import { guard, pool } from './client.ts';
import { keyRingState } from './secrets.ts';
import { databaseSettings } from './settings.ts';

export type DatabaseHealth =
  | { ok: true; isDiskLow: boolean; freeBytes: number | null }
  | {
      ok: false;
      code: 'database.unavailable' | 'secret.key-wrong' | 'secret.key-missing';
      isDiskLow: boolean;
    };

const lowDiskBytes = 500_000_000;

/** Whether the database answers, was migrated by this process, and opens its secrets; and whether its disk fills up. */
export async function databaseHealth(): Promise<DatabaseHealth> {
  const free = freeBytes();
  const isDiskLow = free !== null && free < lowDiskBytes;
  try {
    const { rows } = await guard(() => pool().query<{ count: string }>('SELECT count(*) FROM key_canary'));
    if (rows[0]?.count !== '1') return { ok: false, code: 'secret.key-missing', isDiskLow };
    if (keyRingState() !== 'proven') return { ok: false, code: 'secret.key-wrong', isDiskLow };
    return { ok: true, isDiskLow, freeBytes: free };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: 'database.unavailable', isDiskLow };
    throw error;
  }
}

/** Space left where the built-in server keeps its data; null for a server elsewhere. */
function freeBytes(): number | null {
  const settings = databaseSettings();
  if (settings.url) return null;
  try {
    const { bavail, bsize } = statfsSync(settings.dataDir);
    return bavail * bsize;
  } catch {
    return null;
  }
}
