import { mkdirSync } from 'node:fs';
import { requireMemory } from './machine/memory.ts';
import { isPortFree, portOwner } from './machine/ports.ts';
import { findProcess, logPath, logTail, startProcess } from './machine/processes.ts';
import { waitUntil } from './machine/wait.ts';
import { ensureAccess } from './parts/access.ts';
import type { Platform } from './parts/all.ts';
import { askLivingBrokers } from './parts/living-brokers.ts';
import type { Part, PlatformContext } from './parts/part.ts';
import { PlatformProblem } from './problem.ts';
import { step } from './progress.ts';

const placeOf = (context: PlatformContext, part: Part) => ({
  dataDir: context.settings.dataDir,
  name: part.name,
});

async function requirePorts(part: Part): Promise<void> {
  for (const port of part.ports) {
    if (await isPortFree(port)) continue;
    const owner = portOwner(port);
    const who = owner
      ? `by process ${owner.pid} (${owner.command.slice(0, 120)})`
      : 'by a process that is not shown to this user';
    throw new PlatformProblem(
      `Port ${port} of ${part.title} is taken ${who}; stop it, or move this platform with MILLRACE_PLATFORM_PORT.`,
    );
  }
}

/** Starts the process of a part unless it runs. Does not wait until it answers. */
async function launch(context: PlatformContext, part: Part, started: Part[]): Promise<void> {
  const place = placeOf(context, part);
  if (findProcess(place) !== null) return;
  await requirePorts(part);
  const { command, args, env } = await part.launch();
  startProcess(place, command, args, env);
  started.push(part);
}

/** Waits until the part answers; fails at once when its process has ended. */
async function untilAnswering(context: PlatformContext, part: Part, answers = part.answers): Promise<void> {
  const place = placeOf(context, part);
  let ended = false;
  const ready = await waitUntil(
    async () => {
      ended = findProcess(place) === null;
      return ended || (await answers());
    },
    { timeoutMs: part.startTimeoutMs },
  );
  if (ready && !ended) return;
  const what = ended ? 'ended while starting' : `did not answer within ${part.startTimeoutMs / 1000} s`;
  const lines = logTail(place, 400);
  const reason =
    lines.findLast((line) => /exception|error|caused by/i.test(line)) ?? lines.at(-1) ?? 'its log is empty';
  throw new PlatformProblem(
    `${part.title} ${what}: ${reason.trim().slice(0, 300)} (log: ${logPath(place)}).`,
  );
}

async function upBrokers({ context }: Platform, brokers: Part[], started: Part[]): Promise<string> {
  // The first launch makes what the others use (jars, certificates, identity); the rest may format side by side.
  const [first, ...rest] = brokers;
  if (!first) return '';
  await launch(context, first, started);
  await Promise.all(rest.map((part) => launch(context, part, started)));
  // Answering is not enough: each must know all of them, so that the first client meets a whole cluster.
  const ids = brokers.map((part) => Number(part.name.replace('broker-', '')));
  for (const [index, part] of brokers.entries()) {
    await untilAnswering(context, part, async () => {
      const living = await askLivingBrokers(context.ports.plaintext(ids[index] ?? 0));
      return ids.every((id) => living.includes(id));
    });
  }
  return brokers.some((part) => started.includes(part)) ? '' : 'already running';
}

async function upPart(context: PlatformContext, part: Part, started: Part[]): Promise<string> {
  await launch(context, part, started);
  await untilAnswering(context, part);
  return started.includes(part) ? '' : 'already running';
}

export type UpOptions = {
  /** Which parts; all of them when left out. */
  only?: Part[];
  /** Receives each part whose process this call started, at once, so that it can be stopped when a later one fails. */
  started?: Part[];
  /** How steps are shown. */
  show?: typeof step;
};

/**
 * Brings the platform up, or some parts of it. What already runs is adopted; what died is started again on its old
 * data. Ends when every part answers; throws a `PlatformProblem` when one does not.
 */
export async function up(platform: Platform, options: UpOptions = {}): Promise<void> {
  const { only = platform.all, started = [], show = step } = options;
  const { context } = platform;
  mkdirSync(context.settings.dataDir, { recursive: true });
  requireMemory(only.filter((part) => findProcess(placeOf(context, part)) === null).map((part) => part.name));
  const brokers = platform.brokers.filter((part) => only.includes(part));
  const others = [platform.registry, platform.connect].filter((part) => only.includes(part));
  if (brokers.length > 0) {
    const title = brokers.length === 1 ? (brokers[0]?.title ?? '') : `${brokers.length} brokers`;
    await show(title, () => upBrokers(platform, brokers, started));
    if (brokers.length === platform.brokers.length) await show('access rights', () => ensureAccess(context));
  }
  for (const part of others) await show(part.title, () => upPart(context, part, started));
}
