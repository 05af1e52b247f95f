import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/** What tells a process from a later one with the same id: its id and when it began, in ticks since boot. */
export const processMark = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    return fields[0] === 'Z' ? undefined : `${pid} ${fields[19]}`;
  } catch {
    return undefined;
  }
};

export const isAlive = (pid: number): boolean => processMark(pid) !== undefined;

/** Processes whose working folder is `data`: the PostgreSQL server of that data and all its children. */
export function processesIn(data: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, data) && isAlive(pid));
}

export function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

/** Ends what a start that was killed has left at work in these folders: initdb, and the server it had begun. */
export function endLeftovers(...folders: string[]): void {
  for (const pid of folders.flatMap(processesIn)) {
    // Somebody's shell may stand in the folder too.
    if (['initdb', 'postgres'].includes(programOf(pid))) process.kill(pid, 'SIGKILL');
  }
}

function programOf(pid: number): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return '';
  }
}

/** What PostgreSQL writes about itself into its data folder. */
export type PidFile = { pid: number; port: number; isReady: boolean };

export function readPidFile(data: string): PidFile | undefined {
  const path = join(data, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), isReady: lines[7]?.trim() === 'ready' };
}

/** Notes that this process uses the server of the folder, so that no other one stops it meanwhile. */
export function joinUsers(folder: string): void {
  const users = join(folder, 'users');
  mkdirSync(users, { recursive: true, mode: 0o700 });
  writeFileSync(join(users, String(process.pid)), processMark(process.pid) ?? '');
}

/** Takes the note away. True when no other living process uses the server: then it may be stopped. */
export function leaveUsers(folder: string): boolean {
  const users = join(folder, 'users');
  rmSync(join(users, String(process.pid)), { force: true });
  const others = existsSync(users) ? readdirSync(users) : [];
  return others.every((name) => {
    const path = join(users, name);
    if (isMarkAlive(readFileSync(path, 'utf8'))) return false;
    rmSync(path, { force: true });
    return true;
  });
}

export const isMarkAlive = (mark: string): boolean =>
  mark !== '' && processMark(Number(mark.split(' ')[0])) === mark;
