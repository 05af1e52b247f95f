import { join } from 'node:path';
import { isPortFree, portOwner } from '../machine/ports.ts';
import { findProcess, logPath, logTail, startProcess, stopProcess } from '../machine/processes.ts';
import { waitUntil } from '../machine/wait.ts';
import { answersGet } from '../parts/health.ts';
import { PlatformProblem } from '../problem.ts';
import { type Environment, loopback, projectRoot } from '../settings.ts';
import { serverProgram } from './build.ts';
import { ensureMasterKey } from './master-key.ts';

/** A Millrace in production mode on this machine, its data in a folder of its own. */
export type LocalServer = {
  /** Its pid file, log and PostgreSQL data lie here. */
  dataDir: string;
  port: number;
  /** Loopback port of its PostgreSQL. */
  databasePort: number;
  /** Further environment. */
  env?: Environment;
};

const place = (server: LocalServer) => ({ dataDir: server.dataDir, name: 'millrace' });

/** The address people type. */
export const originOf = (server: LocalServer): string => `http://localhost:${server.port}`;

/** The environment of the server; programs that use its database or keys run with the same. */
export function serverEnvironment(server: LocalServer): Environment {
  return {
    NODE_ENV: 'production',
    HOST: loopback,
    // Next's standalone server reads its address under this name.
    HOSTNAME: loopback,
    PORT: String(server.port),
    PUBLIC_ORIGIN: originOf(server),
    MILLRACE_ROOT: projectRoot,
    MILLRACE_DATA_DIR: join(server.dataDir, 'millrace'),
    MILLRACE_DATABASE_PORT: String(server.databasePort),
    MILLRACE_KEYS_FILE: ensureMasterKey(server.dataDir),
    // Its clusters live on this machine, which the egress guard would refuse.
    MILLRACE_EGRESS_ALLOW: '127.0.0.0/8,::1',
    MILLRACE_NOTIFY_ALLOW: '127.0.0.0/8,::1',
    NEXT_TELEMETRY_DISABLED: '1',
    ...server.env,
  };
}

/** Starts the built server and waits until it is ready to serve. One left from before is stopped first. */
export async function startServer(server: LocalServer, signal?: AbortSignal): Promise<void> {
  await stopServer(server);
  if (!(await isPortFree(server.port))) {
    const owner = portOwner(server.port);
    throw new PlatformProblem(
      `Port ${server.port} is taken${owner ? ` by process ${owner.pid} (${owner.command.slice(0, 120)})` : ''}; stop it, or choose another with PORT.`,
    );
  }
  startProcess(place(server), process.execPath, [serverProgram], serverEnvironment(server));
  let ended = false;
  const isReady = await waitUntil(
    async () => {
      ended = findProcess(place(server)) === null;
      return ended || (await answersGet(`${originOf(server)}/api/health/ready`));
    },
    { timeoutMs: 60_000, signal },
  );
  if (isReady && !ended) return;
  const words = logTail(place(server), 5).join('\n').slice(-800);
  const what = ended ? 'ended while starting' : 'was not ready within 60 s';
  await stopServer(server);
  throw new PlatformProblem(
    `Millrace ${what}: ${words || 'its log is empty'} (log: ${logPath(place(server))}).`,
  );
}

/** Whether the server's process lives. */
export const isServerAlive = (server: LocalServer): boolean => findProcess(place(server)) !== null;

/** Ends the server gracefully: it closes its streams and stops its own PostgreSQL. */
export const stopServer = (server: LocalServer): Promise<boolean> =>
  stopProcess(place(server), { graceMs: 25_000 });
