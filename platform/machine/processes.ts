import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../settings.ts';
import { waitUntil } from './wait.ts';

/**
 * Supervision by pid file. A pid alone is not proof: numbers are reused. A pid file therefore also carries the start
 * time of its process (field 22 of /proc/PID/stat, clock ticks since boot), and every process carries a marker in its
 * environment, by which one whose pid file was lost is found again and adopted.
 */
export type ProcessPlace = { dataDir: string; name: string };

type PidFile = { pid: number; startTicks: string };

const runDir = (dataDir: string) => join(dataDir, 'run');
const pidPath = (place: ProcessPlace) => join(runDir(place.dataDir), `${place.name}.pid`);

/** Where a part's output goes. */
export const logPath = (place: ProcessPlace): string => join(place.dataDir, 'log', `${place.name}.log`);

const markerOf = (place: ProcessPlace) => `${place.dataDir}#${place.name}`;

/**
 * The start time of a living process in clock ticks since boot; null when there is none, or only its zombie. A zombie
 * that still has threads lives: it holds its ports until the last of them is gone.
 */
function startTicks(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isZombie = fields[0] === 'Z' && readdirSync(`/proc/${pid}/task`).length <= 1;
    return isZombie ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function readPidFile(place: ProcessPlace): PidFile | null {
  try {
    const value: unknown = JSON.parse(readFileSync(pidPath(place), 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { pid, startTicks: ticks } = value as Partial<PidFile>;
    return typeof pid === 'number' && typeof ticks === 'string' ? { pid, startTicks: ticks } : null;
  } catch {
    return null;
  }
}

function writePidFile(place: ProcessPlace, pid: number): void {
  mkdirSync(runDir(place.dataDir), { recursive: true });
  writeFileSync(pidPath(place), JSON.stringify({ pid, startTicks: startTicks(pid) ?? '' }));
}

/** The oldest process with the marker: its children inherit it. */
function findByMarker(place: ProcessPlace): number | null {
  const wanted = `MILLRACE_PART=${markerOf(place)}`;
  const found: { pid: number; ticks: number }[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0').includes(wanted)) continue;
    } catch {
      // It ended while we looked, or is somebody else's.
      continue;
    }
    const ticks = startTicks(Number(entry));
    if (ticks !== null) found.push({ pid: Number(entry), ticks: Number(ticks) });
  }
  return found.sort((a, b) => a.ticks - b.ticks)[0]?.pid ?? null;
}

/**
 * The pid of the part if it runs, else null. Removes a stale pid file (its process ended, or its number now belongs to
 * another process) and writes a lost one anew.
 */
export function findProcess(place: ProcessPlace): number | null {
  const recorded = readPidFile(place);
  if (recorded && startTicks(recorded.pid) === recorded.startTicks) return recorded.pid;
  rmSync(pidPath(place), { force: true });
  const found = findByMarker(place);
  if (found !== null) writePidFile(place, found);
  return found;
}

const maxLogBytes = 20_000_000;

function openLog(place: ProcessPlace): number {
  mkdirSync(join(place.dataDir, 'log'), { recursive: true });
  const path = logPath(place);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxLogBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a');
}

/** Starts a process that outlives this program, with its output in its log file and its pid file written. */
export function startProcess(
  place: ProcessPlace,
  command: string,
  args: string[],
  env: Environment = {},
): number {
  const log = openLog(place);
  try {
    const child = spawn(command, args, {
      cwd: place.dataDir,
      detached: true,
      env: { ...process.env, ...env, MILLRACE_PART: markerOf(place) },
      stdio: ['ignore', log, log],
    });
    child.on('error', () => {});
    child.unref();
    if (child.pid === undefined) throw new Error(`${command} could not be started`);
    writePidFile(place, child.pid);
    return child.pid;
  } finally {
    closeSync(log);
  }
}

/**
 * Ends a part: TERM, then after `graceMs` KILL; returns when it is gone. `abrupt` kills at once, as a machine that loses
 * its power does. Answers whether there was anything to end.
 */
export async function stopProcess(
  place: ProcessPlace,
  options: { graceMs?: number; abrupt?: boolean } = {},
): Promise<boolean> {
  const pid = findProcess(place);
  if (pid === null) return false;
  const gone = () => startTicks(pid) === null;
  signal(pid, options.abrupt ? 'SIGKILL' : 'SIGTERM');
  if (!(await waitUntil(gone, { timeoutMs: options.graceMs ?? 10_000, everyMs: 50 }))) {
    signal(pid, 'SIGKILL');
    await waitUntil(gone, { timeoutMs: 5_000, everyMs: 50 });
  }
  rmSync(pidPath(place), { force: true });
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Already gone.
  }
}

/** Resident memory of a process in bytes, 0 when it is gone. */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** The last lines of a part's log, for the sentence that says why it did not start. */
export function logTail(place: ProcessPlace, lines: number): string[] {
  try {
    return readFileSync(logPath(place), 'utf8').trimEnd().split('\n').slice(-lines);
  } catch {
    return [];
  }
}
