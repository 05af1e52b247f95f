import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

/**
 * Takes the right to stop the server of this folder. False when another living process has it: then the server
 * is shared, and it is left running when we end.
 */
export function takeOwnership(folder: string): boolean {
  const path = join(folder, 'owner');
  const mark = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (isMarkAlive(mark) && mark !== processMark(process.pid)) return false;
  writeFileSync(path, processMark(process.pid) ?? '');
  return true;
}

export const releaseOwnership = (folder: string): void => rmSync(join(folder, 'owner'), { force: true });

export const isMarkAlive = (mark: string): boolean =>
  mark !== '' && processMark(Number(mark.split(' ')[0])) === mark;
