import { claimDataFolder } from './data-folder.ts';
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

type Run = { context: PlatformContext; started: Part[]; signal: AbortSignal | undefined };

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
async function launch({ context, started, signal }: Run, part: Part): Promise<void> {
  signal?.throwIfAborted();
  const place = placeOf(context, part);
  if (findProcess(place) !== null) return;
  await requirePorts(part);
  const { command, args, env } = await part.launch();
  startProcess(place, command, args, env);
  started.push(part);
}

/** Waits until the part answers; fails at once when its process has ended. */
async function untilAnswering(run: Run, part: Part, answers = part.answers): Promise<void> {
  const { context, signal } = run;
  const place = placeOf(context, part);
  let ended = false;
  const ready = await waitUntil(
    async () => {
      ended = findProcess(place) === null;
      return ended || (await answers());
    },
    { timeoutMs: part.startTimeoutMs, signal },
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

async function upBrokers(run: Run, brokers: Part[]): Promise<string> {
  const { context, started } = run;
  // The first launch makes what the others use (jars, certificates, identity); the rest may format side by side.
  const [first, ...rest] = brokers;
  if (!first) return '';
  await launch(run, first);
  await Promise.all(rest.map((part) => launch(run, part)));
  // Answering is not enough: each must know all of them, so that the first client meets a whole cluster.
  const ids = brokers.map((part) => Number(part.name.replace('broker-', '')));
  for (const [index, part] of brokers.entries()) {
    await untilAnswering(run, part, async () => {
      const living = await askLivingBrokers(context.ports.plaintext(ids[index] ?? 0));
      return ids.every((id) => living.includes(id));
    });
  }
  return brokers.some((part) => started.includes(part)) ? '' : 'already running';
}

async function upPart(run: Run, part: Part): Promise<string> {
  await launch(run, part);
  await untilAnswering(run, part);
  return run.started.includes(part) ? '' : 'already running';
}

export type UpOptions = {
  /** Which parts; all of them when left out. */
  only?: Part[];
  /** Receives each part whose process this call started, at once, so that it can be stopped when a later one fails. */
  started?: Part[];
  /** Aborted, it rejects at the next step; what was started stays in `started`. */
  signal?: AbortSignal;
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
  const run = { context, started, signal: options.signal };
  claimDataFolder(context.settings);
  requireMemory(only.filter((part) => findProcess(placeOf(context, part)) === null).map((part) => part.name));
  const brokers = platform.brokers.filter((part) => only.includes(part));
  const others = [platform.registry, platform.connect].filter((part) => only.includes(part));
  if (brokers.length > 0) {
    const title = brokers.length === 1 ? (brokers[0]?.title ?? '') : `${brokers.length} brokers`;
    await show(title, () => upBrokers(run, brokers));
    if (brokers.length === platform.brokers.length) await show('access rights', () => ensureAccess(context));
  }
  await Promise.all(others.map((part) => show(part.title, () => upPart(run, part))));
}
