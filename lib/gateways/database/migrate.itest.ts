import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#lib/testing/database.ts';
import { schemaDiff } from '../../../prisma/schema-diff.ts';
import { type EmbeddedServer, startEmbedded } from './embedded/launcher.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';

let server: EmbeddedServer;
let url: string;
let count = 0;
const dataDir = temporaryFolder();

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});

async function sql<T extends pg.QueryResultRow>(text: string, to = url): Promise<T[]> {
  const client = new pg.Client({ connectionString: to });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  server = await startEmbedded({ dataDir });
});

afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  const name = `migrated_${++count}`;
  await sql(`CREATE DATABASE ${name}`, server.url);
  const own = new URL(server.url);
  own.pathname = `/${name}`;
  url = own.href;
});

describe('R31 migrations', () => {
  it('lead from nothing to exactly the schema', async () => {
    expect(await migrate(url)).toEqual(readMigrations().map(({ name }) => name));
    expect(await migrate(url)).toEqual([]);
    expect(await schemaDiff(url)).toBe('');
  });

  it('are applied once when four start at the same time', async () => {
    const slow = [
      migration('1_a', 'CREATE TABLE a (n int); SELECT pg_sleep(0.2)'),
      migration('2_b', 'CREATE TABLE b (n int)'),
    ];
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, slow)));
    expect(applied.flat().sort()).toEqual(['1_a', '2_b']);
    expect(await sql('SELECT migration_name FROM _prisma_migrations ORDER BY 1')).toHaveLength(2);
  });

  it('refuse a database that a newer version has migrated', async () => {
    const older = [migration('1_a', 'CREATE TABLE a (n int)')];
    await migrate(url, [...older, migration('2_b', 'CREATE TABLE b (n int)')]);
    await expect(migrate(url, older)).rejects.toMatchObject({
      code: 'database.newer-schema',
      facts: { migration: '2_b' },
    });
  });

  it('refuse a migration that was edited after it was applied', async () => {
    await migrate(url, [migration('1_a', 'CREATE TABLE a (n int)')]);
    await expect(migrate(url, [migration('1_a', 'CREATE TABLE a (n bigint)')])).rejects.toMatchObject({
      code: 'database.migration-changed',
    });
  });

  it('leave nothing behind when one fails, and go on when it is corrected', async () => {
    const good = migration('1_a', 'CREATE TABLE a (n int)');
    const bad = migration('2_b', 'CREATE TABLE b (n int); SELECT 1/0');
    await expect(migrate(url, [good, bad])).rejects.toMatchObject({
      code: 'database.migration-failed',
      facts: { migration: '2_b', reason: 'division by zero' },
    });
    expect(await sql(`SELECT to_regclass('a') IS NOT NULL AS a, to_regclass('b') IS NOT NULL AS b`)).toEqual([
      { a: true, b: false },
    ]);
    expect(await migrate(url, [good, migration('2_b', 'CREATE TABLE b (n int)')])).toEqual(['2_b']);
  });
});
