import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#lib/testing/database.ts';
import { type EmbeddedServer, embeddedFolder, startEmbedded } from './launcher.ts';
import { isAlive, processesIn } from './owner.ts';
import { waitFor } from './wait.ts';

const folders: string[] = [];
const servers: EmbeddedServer[] = [];

const folder = (): string => {
  const made = temporaryFolder();
  folders.push(made);
  return made;
};

const start = async (dataDir: string, port?: number): Promise<EmbeddedServer> => {
  const server = await startEmbedded({ dataDir, ...(port ? { port } : {}) });
  servers.push(server);
  return server;
};

async function sql<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the server of the folder and waits to be killed. */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; pid: number }> {
  const program = `const { startEmbedded } = await import(process.argv[1]);
    const server = await startEmbedded({ dataDir: process.argv[2] });
    console.log('PID ' + server.pid);
    setInterval(() => {}, 1000);`;
  const launcher = fileURLToPath(new URL('./launcher.ts', import.meta.url));
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, launcher, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const part of child.stdout) {
    text += part;
    const said = /PID (\d+)/.exec(text);
    if (said) return { child, pid: Number(said[1]) };
  }
  throw new Error(`it ended before it said its pid: ${text}`);
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

describe('built-in PostgreSQL', () => {
  it('keeps what was written from one start to the next, and listens on loopback with a password', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    await sql(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    expect(await sql(first.url, `SELECT setting FROM pg_settings WHERE name = 'listen_addresses'`)).toEqual([
      { setting: '127.0.0.1' },
    ]);
    expect(await sql(first.url, `SELECT setting FROM pg_settings WHERE name = 'fsync'`)).toEqual([
      { setting: 'on' },
    ]);
    const wrong = new URL(first.url);
    wrong.password = 'wrong';
    await expect(sql(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start(dataDir);
    expect(second.isAdopted).toBe(false);
    expect(await sql(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('adopts the server of a process that was killed, and stops it', async () => {
    const dataDir = folder();
    const { child, pid } = await startElsewhere(dataDir);
    await killed(child);
    expect(isAlive(pid)).toBe(true);

    const server = await start(dataDir);
    expect(server).toMatchObject({ pid, isAdopted: true });
    expect(await sql(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('is shared with a living process and left running for it', async () => {
    const dataDir = folder();
    const { child, pid } = await startElsewhere(dataDir);
    const guest = await start(dataDir);
    expect(guest).toMatchObject({ pid, isAdopted: true });
    await guest.stop();
    expect(isAlive(pid)).toBe(true);
    await killed(child);
    await start(dataDir);
  });

  it('has everything that was committed after ten kill -9 of the server while it writes', async () => {
    const dataDir = folder();
    let server = await start(dataDir);
    await sql(server.url, 'CREATE TABLE written (n int PRIMARY KEY)');
    let committed = 0;
    for (let round = 0; round < 10; round++) {
      const client = new pg.Client({ connectionString: server.url });
      client.on('error', () => {});
      await client.connect();
      const killAfter = committed + 5 + round * 3;
      try {
        for (;;) {
          await client.query('INSERT INTO written VALUES ($1)', [committed + 1]);
          committed++;
          if (committed === killAfter) process.kill(server.pid, 'SIGKILL');
        }
      } catch {
        // The server is gone.
      }
      await client.end().catch(() => {});
      server = await start(dataDir);
      const [row] = await sql<{ count: number; last: number }>(
        server.url,
        'SELECT count(*)::int AS count, max(n) AS last FROM written',
      );
      // The insert that was under way may have been committed without an answer.
      expect(row!.last - committed).toBeOneOf([0, 1]);
      expect(row!.count).toBe(row!.last);
      committed = row!.last;
    }
  });

  it('clears a pid file whose process is another program by now', async () => {
    const dataDir = folder();
    const first = await start(dataDir);
    const data = join(embeddedFolder(dataDir), 'postgres');
    const file = readFileSync(join(data, 'postmaster.pid'), 'utf8');
    process.kill(first.pid, 'SIGKILL');
    await waitFor(() => processesIn(data).length === 0, 10_000);
    const other = spawn('sleep', ['60']);
    writeFileSync(join(data, 'postmaster.pid'), file.replace(/^\d+/, String(other.pid)));

    const second = await start(dataDir);
    expect(second.isAdopted).toBe(false);
    expect(await sql(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    other.kill();
  });

  it('is one server when three processes start it at the same time', async () => {
    const dataDir = folder();
    const started = await Promise.all([1, 2, 3].map(() => startElsewhere(dataDir)));
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(1);
    await Promise.all(started.map(({ child }) => killed(child)));
    await start(dataDir);
  });

  it('begins anew when it was killed in the middle of making the data', async () => {
    const dataDir = folder();
    const program = `const { startEmbedded } = await import(process.argv[1]);
      await startEmbedded({ dataDir: process.argv[2] });`;
    const launcher = fileURLToPath(new URL('./launcher.ts', import.meta.url));
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, launcher, dataDir]);
    const half = join(embeddedFolder(dataDir), 'postgres.new', 'base');
    expect(await waitFor(() => existsSync(half), 20_000, 1)).toBe(true);
    await killed(child);
    const server = await start(dataDir);
    expect(await sql(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    await expect(startEmbedded({ dataDir: folder(), port })).rejects.toMatchObject({
      code: 'database.port-taken',
      facts: { port },
    });
    taken.close();
  });
});
