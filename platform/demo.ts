import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildApplication } from './application/build.ts';
import { writeClustersFile } from './application/clusters-file.ts';
import { generateClient } from './application/generate-client.ts';
import { isServerAlive, type LocalServer, originOf, startServer, stopServer } from './application/server.ts';
import { signInLinks } from './application/sign-in-links.ts';
import { down } from './down.ts';
import { platformHandle } from './handle.ts';
import { findProcess, logPath, startProcess, stopProcess } from './machine/processes.ts';
import { describePlatform, type Platform } from './parts/all.ts';
import type { Part } from './parts/part.ts';
import { failWith, PlatformProblem } from './problem.ts';
import { elapsed, say, step } from './progress.ts';
import { projectRoot, readSettings } from './settings.ts';
import { up } from './up.ts';

const stopping = new AbortController();

type Demo = {
  platform: Platform;
  server: LocalServer;
  started: Part[];
  workload: { dataDir: string; name: string };
};

function describeDemo(): Demo {
  const platform = describePlatform(readSettings());
  const { dataDir } = platform.context.settings;
  const port = Number(process.env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PlatformProblem(`PORT is "${process.env.PORT}"; give a whole number from 1 to 65535.`);
  }
  const server = {
    dataDir,
    port,
    databasePort: platform.context.ports.database,
    env: { MILLRACE_CLUSTERS_FILE: writeClustersFile(platform) },
  };
  return { platform, server, started: [], workload: { dataDir, name: 'workload' } };
}

/** Runs a step unless the person has asked to stop meanwhile. */
async function next(title: string, run: () => Promise<unknown>): Promise<void> {
  stopping.signal.throwIfAborted();
  await step(title, run);
}

async function startWorkload({ workload }: Demo): Promise<void> {
  await stopProcess(workload);
  const { bootstrap, registryUrl } = platformHandle(process.env);
  const program = join(projectRoot, 'platform/workload/main.ts');
  const rate = process.env.MILLRACE_WORKLOAD_RATE ?? '300';
  const args = ['--bootstrap', bootstrap.join(','), '--registry', registryUrl, '--rate', rate];
  startProcess(workload, process.execPath, [program, ...args]);
}

async function start(demo: Demo): Promise<void> {
  await next('database client', generateClient);
  await next('building Millrace', buildApplication);
  stopping.signal.throwIfAborted();
  // Millrace needs no running cluster to start: it comes up beside the brokers.
  const outcomes = await Promise.allSettled([
    next('Millrace with its PostgreSQL', () => startServer(demo.server, stopping.signal)),
    up(demo.platform, { started: demo.started, signal: stopping.signal }),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  await next('shop workload', () => startWorkload(demo));
}

async function stop(demo: Demo): Promise<void> {
  say();
  if (findProcess(demo.workload) !== null) {
    await step('stopping the workload', async () => void (await stopProcess(demo.workload)));
  }
  if (isServerAlive(demo.server))
    await step('stopping Millrace', async () => void (await stopServer(demo.server)));
  if (demo.started.length > 0) await down(demo.platform, demo.started);
}

async function welcome(demo: Demo): Promise<void> {
  const links = await signInLinks(demo.server);
  say(`\nReady after ${elapsed()}. Millrace: ${originOf(demo.server)}\n`);
  for (const link of links) say(`  sign in once as ${link.role.padEnd(9)} ${link.url}`);
  say(`\nLogs: ${logPath({ dataDir: demo.server.dataDir, name: 'millrace' })} and beside it.`);
  const adopted = demo.platform.all.length - demo.started.length;
  say('Ctrl-C stops everything that was started here.');
  if (adopted > 0)
    say(`${adopted} parts of the platform ran before and stay; npm run platform -- down stops them.`);
}

/** Watches until Ctrl-C; throws when Millrace itself ends. */
async function watch(demo: Demo): Promise<void> {
  let isWorkloadAlive = true;
  while (!stopping.signal.aborted) {
    await delay(1_000, undefined, { signal: stopping.signal }).catch(() => {});
    if (stopping.signal.aborted) return;
    if (!isServerAlive(demo.server)) {
      throw new PlatformProblem(
        `Millrace has ended; its last words are in ${logPath({ dataDir: demo.server.dataDir, name: 'millrace' })}.`,
      );
    }
    if (isWorkloadAlive && findProcess(demo.workload) === null) {
      isWorkloadAlive = false;
      say(`The workload has ended; its last words are in ${logPath(demo.workload)}. Millrace goes on.`);
    }
  }
}

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());
  const demo = describeDemo();
  let failure: unknown;
  try {
    await start(demo);
    await welcome(demo);
    await watch(demo);
  } catch (error) {
    if (!stopping.signal.aborted) failure = error;
  }
  await stop(demo);
  if (failure !== undefined) throw failure;
  process.exit(0);
}

main().catch(failWith);
