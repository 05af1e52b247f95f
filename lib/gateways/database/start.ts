import pg from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import { log } from '#lib/log.ts';
import { onStop } from '#lib/process.ts';
import { closeDatabase, isDatabaseOpen, openDatabase } from './client.ts';
import { keepRunning } from './embedded/keep-running.ts';
import type { EmbeddedServer } from './embedded/launcher.ts';
import { startHousekeeping } from './housekeeping.ts';
import { migrate } from './migrate.ts';
import { type Key, openKeyRing } from './secrets.ts';
import { type DatabaseSettings, databaseSettings } from './settings.ts';

/**
 * Makes the database ready to use: starts the built-in server when no other is named, migrates, and makes sure
 * that `keys` (newest first) are those the secrets were sealed with. It is closed and stopped with the process.
 * @throws AppError saying what must be put right before the application can start
 */
export async function startDatabase(
  keys: readonly Key[],
  settings: DatabaseSettings = databaseSettings(),
): Promise<void> {
  if (isDatabaseOpen()) return;
  const started = performance.now();
  let server: EmbeddedServer | undefined;
  if (settings.url) await answers(settings.url, 30_000);
  else server = await keepRunning(settings);
  const url = settings.url ?? server?.url ?? '';
  onStop('database', 'database', async () => {
    await closeDatabase();
    await server?.stop();
  });
  const applied = await migrate(url);
  openDatabase(url);
  await openKeyRing(keys);
  startHousekeeping();
  log.info('database.ready', {
    durationMs: Math.round(performance.now() - started),
    count: applied.length,
    ...(server
      ? { port: server.port, pid: server.pid, reason: server.isAdopted ? 'adopted' : 'started' }
      : {}),
  });
}

/** A server beside us may start together with us: it gets some time to answer. */
async function answers(url: string, deadlineMs: number): Promise<void> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {}); // What is awaited fails with the same error.
    try {
      await client.connect();
      await client.end();
      return;
    } catch (cause) {
      await client.end().catch(() => {});
      const code = (cause as { code?: string }).code ?? '';
      // Refused for good: a wrong password or database name does not get right by waiting.
      if (/^(28|3D)/.test(code) || performance.now() > end) {
        const reason = cause instanceof Error ? cause.message || code : code;
        throw new AppError('database.refused', { reason }, { cause });
      }
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}
