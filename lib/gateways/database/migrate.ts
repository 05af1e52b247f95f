import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import { log } from '#lib/log.ts';
import { projectRoot } from './settings.ts';

export type Migration = { name: string; sql: string; checksum: string };

/** Any number, always the same one: who holds it is migrating. */
const lockKey = 7_214_553_101;

/** The checked-in migrations in the order of their names, which begin with the time they were made. */
export function readMigrations(folder: string = join(projectRoot(), 'prisma/migrations')): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Brings the database to the schema of this version; forward only. Of several starters one works and the others wait.
 *
 * Each migration is one transaction, recorded with the SHA-256 of its text in `_prisma_migrations`, the table
 * Prisma's own tools use.
 * @returns the names of the migrations that were applied now
 * @throws AppError `database.newer-schema`, `database.migration-changed`, `database.migration-failed`
 */
export async function migrate(url: string, migrations: Migration[] = readMigrations()): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'millrace migrate' });
  client.on('error', () => {}); // The query under way fails with the same error.
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await client.query(historyTable);
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name',
    );
    const pending = pendingMigrations(migrations, rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

const historyTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

/** What is still to do, after making sure that the past of the database is the past of this version. */
export function pendingMigrations(
  known: Migration[],
  applied: { migration_name: string; checksum: string }[],
): Migration[] {
  const newest = known.at(-1)?.name ?? '';
  for (const { migration_name: name, checksum } of applied) {
    const own = known.find((migration) => migration.name === name);
    if (!own && name > newest) throw new AppError('database.newer-schema', { migration: name });
    if (own?.checksum !== checksum) throw new AppError('database.migration-changed', { migration: name });
  }
  const names = new Set(applied.map(({ migration_name }) => migration_name));
  return known.filter(({ name }) => !names.has(name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('database.migration-failed', { migration: name, reason }, { cause });
  }
  log.info('database.migrated', { name });
}
