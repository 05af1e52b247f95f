import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { AppError } from '#lib/errors/app-error.ts';
import { log } from '#lib/log.ts';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { databaseUser, environment, initialise, lastWords } from './initialise.ts';
import {
  isAlive,
  isMarkAlive,
  joinUsers,
  leaveUsers,
  type PidFile,
  processesIn,
  processMark,
  readPidFile,
  worksIn,
} from './owner.ts';
import { closedFolder, type RunAs, serverUser } from './run-as.ts';
import { waitFor } from './wait.ts';

export type EmbeddedOptions = {
  /** Where the data lives; made when missing. */
  dataDir: string;
  /** Loopback port; 0 takes a free one. An adopted server keeps the port it has. */
  port?: number;
  /** `logical` lets a change-data-capture connector read the log. */
  walLevel?: 'minimal' | 'replica' | 'logical';
};

export type EmbeddedServer = {
  url: string;
  port: number;
  pid: number;
  /** The server ran already, left by a process that is gone or run by another one. */
  isAdopted: boolean;
  /** Ends the server and waits for it, unless another living process uses it. */
  stop: () => Promise<void>;
};

const startDeadlineMs = 60_000;

/**
 * Starts PostgreSQL on a data folder of its own, or adopts the server that already runs there.
 *
 * It listens on loopback only and asks for a password (SCRAM-SHA-256) kept beside the data, readable by us only.
 * Data is flushed as PostgreSQL does by default: what was committed survives `kill -9`.
 * @throws AppError `database.start-failed` with the last words of the server
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const runAs = serverUser();
  const folder = reachableFolder(resolve(options.dataDir), runAs);
  const unlock = await lockStart(folder);
  try {
    const data = join(folder, 'postgres');
    const binaries = prepareBinaries(folder, runAs);
    if (!existsSync(join(data, 'PG_VERSION'))) await initialise(folder, data, binaries, runAs);
    const found = await runningServer(data);
    const server = found ?? (await launch(folder, data, binaries, runAs, options));
    joinUsers(folder);
    const password = readFileSync(join(folder, 'password'), 'utf8').trim();
    return {
      url: `postgresql://${databaseUser}:${password}@127.0.0.1:${server.port}/${databaseUser}`,
      port: server.port,
      pid: server.pid,
      isAdopted: found !== undefined,
      stop: () => leave(folder, server.pid),
    };
  } finally {
    unlock();
  }
}

/** A folder the server's user can get to. Ours is opened for passing through; a closed one above it is not ours to open. */
function reachableFolder(wanted: string, runAs: RunAs): string {
  mkdirSync(wanted, { recursive: true, mode: 0o711 });
  if (!runAs) return wanted;
  chmodSync(wanted, 0o711);
  const closed = closedFolder(wanted, runAs);
  if (!closed) return wanted;
  const other = join('/var/lib/millrace', createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  mkdirSync(other, { recursive: true, mode: 0o711 });
  log.warn('database.folder-moved', { path: other, reason: `the user nobody may not enter ${closed}` });
  return other;
}

/** Two processes must not initialise or launch on one folder at the same time. */
async function lockStart(folder: string): Promise<() => void> {
  const path = join(folder, 'starting');
  const mark = processMark(process.pid) ?? '';
  const take = (): boolean => {
    try {
      writeFileSync(path, mark, { flag: 'wx' });
      return true;
    } catch {
      // Left by a process that died while it started. A fresh empty file is about to get its mark.
      const other = readText(path);
      if (other !== '' && !isMarkAlive(other)) rmSync(path, { force: true });
      return false;
    }
  };
  if (!(await waitFor(take, startDeadlineMs, 25))) {
    throw new AppError('database.start-failed', { reason: `another process has been starting it: ${path}` });
  }
  return () => rmSync(path, { force: true });
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** The server that works on `data`, if one does. Clears a pid file whose process is another program by now. */
async function runningServer(data: string): Promise<PidFile | undefined> {
  const file = readPidFile(data);
  if (!file) return undefined;
  if (isAlive(file.pid) && worksIn(file.pid, data)) {
    const ready = await waitFor(() => {
      const now = readPidFile(data);
      return now?.isReady && isAlive(now.pid) ? now : !isAlive(file.pid) && 'gone';
    }, startDeadlineMs);
    if (ready && ready !== 'gone') return ready;
  }
  // The server was killed. Its children see that and end; until then they may still write, so nothing else starts.
  const rest = await waitFor(() => processesIn(data).length === 0, 15_000);
  if (!rest) throw new AppError('database.start-failed', { reason: 'an earlier server has not ended yet' });
  // PostgreSQL would take another program of that id, or a dead child that nobody has waited for, for a running server.
  if (existsSync(`/proc/${file.pid}`)) rmSync(join(data, 'postmaster.pid'), { force: true });
  return undefined;
}

async function launch(
  folder: string,
  data: string,
  binaries: Binaries,
  runAs: RunAs,
  options: EmbeddedOptions,
): Promise<PidFile> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const outcome = await launchOn(port, folder, data, binaries, runAs, options);
    if (typeof outcome !== 'string') return outcome;
    const isPortTaken = outcome.includes('Address already in use');
    if (options.port && isPortTaken) throw new AppError('database.port-taken', { port });
    if (!isPortTaken || attempt >= 3)
      throw new AppError('database.start-failed', { reason: lastWords(outcome) });
  }
}

async function launchOn(
  port: number,
  folder: string,
  data: string,
  binaries: Binaries,
  runAs: RunAs,
  options: EmbeddedOptions,
): Promise<PidFile | string> {
  const logPath = join(folder, 'postgres.log');
  if (existsSync(logPath) && statSync(logPath).size > 10_000_000) renameSync(logPath, `${logPath}.1`);
  const out = openSync(logPath, 'a', 0o600);
  const before = statSync(logPath).size;
  // Detached: Ctrl-C in the terminal reaches the whole group, and the server must outlive us until we end it.
  const child = spawn(binaries.postgres, ['-D', data, ...settings(port, options)], {
    cwd: folder,
    env: environment(binaries),
    stdio: ['ignore', out, out],
    detached: true,
    ...runAs,
  });
  closeSync(out);
  let hasEnded = false;
  child.on('exit', () => {
    hasEnded = true;
  });
  child.on('error', () => {
    hasEnded = true;
  });
  child.unref();
  const ready = await waitFor(() => {
    const file = readPidFile(data);
    return hasEnded ? 'ended' : file?.isReady && file.pid === child.pid ? file : undefined;
  }, startDeadlineMs);
  if (ready && ready !== 'ended') return ready;
  if (!hasEnded) child.kill('SIGQUIT');
  return readFileSync(logPath, 'utf8').slice(before) || 'it gave no reason';
}

function settings(port: number, options: EmbeddedOptions): string[] {
  const walLevel = options.walLevel ?? 'replica';
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '64MB',
    wal_level: walLevel,
    ...(walLevel === 'minimal' ? { max_wal_senders: 0 } : {}),
    max_wal_size: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    log_checkpoints: 'off',
    log_min_messages: 'warning',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function leave(folder: string, pid: number): Promise<void> {
  const unlock = await lockStart(folder);
  try {
    if (leaveUsers(folder)) await end(pid);
  } finally {
    unlock();
  }
}

/** Fast shutdown: sessions are ended, data is flushed. When that hangs, immediate: the log repairs it at the next start. */
async function end(pid: number): Promise<void> {
  const mark = processMark(pid);
  if (!mark) return;
  process.kill(pid, 'SIGINT');
  if (await waitFor(() => processMark(pid) !== mark, 15_000)) return;
  process.kill(pid, 'SIGQUIT');
  await waitFor(() => processMark(pid) !== mark, 5_000);
}

/** The folder the server of `dataDir` really uses; for tests and for what is shown to the operator. */
export const embeddedFolder = (dataDir: string): string => reachableFolder(resolve(dataDir), serverUser());
