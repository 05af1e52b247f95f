import { mkdirSync } from 'node:fs';
import { requireMemory } from './machine/memory.ts';
import { isPortFree, portOwner } from './machine/ports.ts';
import { findProcess, logPath, logTail, startProcess } from './machine/processes.ts';
import { waitUntil } from './machine/wait.ts';
import { ensureAccess } from './parts/access.ts';
import type { Platform } from './parts/all.ts';
import { livingBrokers } from './parts/health.ts';
import type { Part, PlatformContext } from './parts/part.ts';
import { PlatformProblem } from './problem.ts';
import { step } from './progress.ts';
import { loopback } from './settings.ts';

const placeOf = (context: PlatformContext, part: Part) => ({ dataDir: context.settings.dataDir, name: part.name });

async function requirePorts(part: Part): Promise<void> {
  for (const port of part.ports) {
    if (await isPortFree(port)) continue;
    const owner = portOwner(port);
    const who = owner ? `by process ${owner.pid} (${owner.command.slice(0, 120)})` : 'by a process that is not shown to this user';
    throw new PlatformProblem(
      `Port ${port} of ${part.title} is taken ${who}; stop it, or move this platform with MILLRACE_PLATFORM_PORT.`,
    );
  }
}

/** Starts the process of a part unless it runs; says which of the two it was. Does not wait until it answers. */
async function launch(context: PlatformContext, part: Part): Promise<'started' | 'adopted'> {
  const place = placeOf(context, part);
  if (findProcess(place) !== null) return 'adopted';
  await requirePorts(part);
  const { command, args, env } = await part.launch();
  startProcess(place, command, args, env);
  return 'started';
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
  const reason = lines.findLast((line) => /exception|error|caused by/i.test(line)) ?? lines.at(-1) ?? 'its log is empty';
  throw new PlatformProblem(`${part.title} ${what}: ${reason.trim().slice(0, 300)} (log: ${logPath(place)}).`);
}

const howMany = (outcomes: ('started' | 'adopted')[]) =>
  outcomes.every((outcome) => outcome === 'adopted') ? 'already running' : '';

async function upBrokers(platform: Platform, brokers: Part[]): Promise<string> {
  const { context } = platform;
  // The first launch makes what the others use (jars, certificates, identity); the rest may format side by side.
  const [first, ...rest] = brokers;
  if (!first) return '';
  const outcomes = [await launch(context, first), ...(await Promise.all(rest.map((part) => launch(context, part))))];
  for (const part of brokers) await untilAnswering(context, part);
  const ids = brokers.map((part) => Number(part.name.replace('broker-', '')));
  const joined = async () => {
    const living = await livingBrokers(ids.map((id) => `${loopback}:${context.ports.plaintext(id)}`));
    return ids.every((id) => living.includes(id));
  };
  for (const part of brokers) await untilAnswering(context, part, joined);
  return howMany(outcomes);
}

async function upPart(context: PlatformContext, part: Part): Promise<string> {
  const outcome = await launch(context, part);
  await untilAnswering(context, part);
  return howMany([outcome]);
}

/**
 * Brings the platform up, or the named parts of it. What already runs is adopted; what died is started again on its
 * old data. Ends when every part answers.
 */
export async function up(platform: Platform, only: Part[] = platform.all): Promise<void> {
  const { context } = platform;
  mkdirSync(context.settings.dataDir, { recursive: true });
  requireMemory(only.filter((part) => findProcess(placeOf(context, part)) === null).map((part) => part.name));
  const brokers = platform.brokers.filter((part) => only.includes(part));
  const others = [platform.registry, platform.connect].filter((part) => only.includes(part));
  if (brokers.length > 0) {
    await step(brokers.length === 1 ? (brokers[0]?.title ?? '') : `${brokers.length} brokers`, () => upBrokers(platform, brokers));
    if (brokers.length === platform.brokers.length) await step('access rights', () => ensureAccess(context));
  }
  for (const part of others) await step(part.title, () => upPart(context, part));
}
