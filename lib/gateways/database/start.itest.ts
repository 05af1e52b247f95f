import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopSteps } from '#lib/process.ts';
import { newKey, temporaryFolder } from '#lib/testing/database.ts';
import { isDatabaseOpen, pool } from './client.ts';
import { type EmbeddedServer, embeddedFolder, startEmbedded } from './embedded/launcher.ts';
import { isAlive, readPidFile } from './embedded/owner.ts';
import { waitFor } from './embedded/wait.ts';
import { databaseHealth } from './health.ts';
import { databaseSettings } from './settings.ts';
import { startDatabase } from './start.ts';

const key = newKey('k1');
const dataDir = temporaryFolder();
const otherDir = temporaryFolder();
let other: EmbeddedServer;

beforeAll(async () => {
  other = await startEmbedded({ dataDir: otherDir });
});

afterAll(async () => {
  await other.stop();
  for (const folder of [dataDir, otherDir]) rmSync(folder, { recursive: true, force: true });
});

const stop = async () => {
  for (const step of stopSteps().splice(0).toReversed()) await step.stop();
};

describe('start of the database', () => {
  it('brings up the built-in server, migrated and with its key proven, and ends it again', async () => {
    await startDatabase([key], databaseSettings({ MILLRACE_DATA_DIR: dataDir }));
    expect(await databaseHealth()).toMatchObject({ ok: true });
    const { rows } = await pool().query<{ port: number }>('SELECT inet_server_port() AS port');
    expect(rows[0]!.port).not.toBe(other.port);
    await stop();
    expect(isDatabaseOpen()).toBe(false);
    await expect(databaseHealth()).resolves.toMatchObject({ ok: false });
  });

  it('F5 starts the built-in server again when it was killed, and everything goes on', async () => {
    await startDatabase([key], databaseSettings({ MILLRACE_DATA_DIR: dataDir }));
    const pid = readPidFile(join(embeddedFolder(dataDir), 'postgres'))!.pid;
    process.kill(pid, 'SIGKILL');
    await waitFor(() => !isAlive(pid), 10_000);
    await expect.poll(async () => (await databaseHealth()).ok, { timeout: 30_000 }).toBe(true);
    await stop();
    expect(readPidFile(join(embeddedFolder(dataDir), 'postgres'))).toBeUndefined();
  });

  it('refuses another key than that of the first start, in words', async () => {
    const settings = databaseSettings({ MILLRACE_DATA_DIR: dataDir });
    await expect(startDatabase([newKey('k1')], settings)).rejects.toMatchObject({ code: 'secret.key-wrong' });
    await stop();
    await expect(startDatabase([], settings)).rejects.toMatchObject({ code: 'secret.key-missing' });
    await stop();
    await startDatabase([newKey('k2'), key], settings);
    await stop();
  });

  it('uses the server of DATABASE_URL and leaves it running', async () => {
    await startDatabase([key], databaseSettings({ DATABASE_URL: other.url }));
    const { rows } = await pool().query<{ port: number }>('SELECT inet_server_port() AS port');
    expect(rows[0]!.port).toBe(other.port);
    await stop();
    expect(isAlive(other.pid)).toBe(true);
  });

  it('says at once what is wrong with DATABASE_URL', async () => {
    const wrong = new URL(other.url);
    wrong.password = 'CANARY-password';
    const refusal = await startDatabase([key], databaseSettings({ DATABASE_URL: wrong.href })).catch(
      (error) => error,
    );
    expect(refusal).toMatchObject({ code: 'database.refused' });
    expect(JSON.stringify(refusal.facts)).not.toContain('CANARY');
    await stop();
  });
});
