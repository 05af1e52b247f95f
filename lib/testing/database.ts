import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, openDatabase } from '#lib/gateways/database/client.ts';
import { type EmbeddedServer, startEmbedded } from '#lib/gateways/database/embedded/launcher.ts';
import { migrate } from '#lib/gateways/database/migrate.ts';
import { type Key, openKeyRing } from '#lib/gateways/database/secrets.ts';

export const newKey = (id: string): Key => ({ id, key: randomBytes(32) });

export type TestDatabase = {
  server: EmbeddedServer;
  dataDir: string;
  keys: Key[];
  /** Closes it and removes its data. */
  close: () => Promise<void>;
};

/** A PostgreSQL of this test file's own, migrated and opened as the application opens it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const dataDir = temporaryFolder();
  const server = await startEmbedded({ dataDir });
  const keys = [newKey('k1')];
  await migrate(server.url);
  openDatabase(server.url);
  await openKeyRing(keys);
  return {
    server,
    dataDir,
    keys,
    close: async () => {
      await closeDatabase();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'millrace-test-'));
