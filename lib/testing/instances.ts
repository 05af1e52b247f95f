import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from './database.ts';

/** An instance of Millrace without its web server, as a process of its own. */
export type Instance = {
  /** Events of its log, in order. */
  log: Record<string, unknown>[];
  /** Ends it as a power cut would. */
  kill9: () => Promise<void>;
  /** Lets it end by itself (SIGTERM). */
  stop: () => Promise<void>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts an instance on the database of a test, and waits until it is ready. Loopback is let through to it.
 * @param more environment besides
 */
export async function startInstance(
  database: TestDatabase,
  more: Readonly<Record<string, string>> = {},
): Promise<Instance> {
  const child = spawn(process.execPath, ['lib/testing/instance-main.ts'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: database.server.url,
      MILLRACE_KEYS: database.keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','),
      MILLRACE_EGRESS_ALLOW: '127.0.0.0/8,::1',
      MILLRACE_NOTIFY_ALLOW: '127.0.0.0/8,::1',
      PUBLIC_ORIGIN: 'http://localhost:3000',
      ...more,
    },
  });
  const log: Record<string, unknown>[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const event = JSON.parse(line) as Record<string, unknown>;
      log.push(event);
      if (event.event === 'millrace.ready') resolve();
    });
    child.once('exit', (code) => reject(new Error(`The instance ended with ${code} before it was ready.`)));
  });
  await ready;
  return {
    log,
    kill9: () => ended(child, 'SIGKILL'),
    stop: () => ended(child, 'SIGTERM'),
  };
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  return exit;
}

/** Whether an instance says that it holds a lease, by the newest line of its log about it. */
export const holds = ({ log }: Instance, lease: string): boolean =>
  log.findLast(({ event, name }) => name === lease && /^lease\.(taken|lost)$/.test(String(event)))?.event ===
  'lease.taken';
