import { isPortFree } from './machine/ports.ts';
import { stopProcess } from './machine/processes.ts';
import { waitUntil } from './machine/wait.ts';
import type { Platform } from './parts/all.ts';
import type { Part } from './parts/part.ts';
import { step } from './progress.ts';

/** Stops the platform, or the named parts of it, in the order that lets each leave cleanly. Its ports are free then. */
export async function down(platform: Platform, only: Part[] = platform.all): Promise<void> {
  const { dataDir } = platform.context.settings;
  const stop = async (part: Part) => {
    if (!(await stopProcess({ dataDir, name: part.name }))) return 'was not running';
    const areFree = async () => (await Promise.all(part.ports.map(isPortFree))).every(Boolean);
    const freed = await waitUntil(areFree, { timeoutMs: 3_000, everyMs: 50 });
    return freed ? '' : 'a port of it is still taken';
  };
  const clients = platform.all
    .filter((part) => only.includes(part) && !platform.brokers.includes(part))
    .reverse();
  for (const part of clients) await step(`stopping ${part.title}`, () => stop(part));
  const brokers = platform.brokers.filter((part) => only.includes(part));
  if (brokers.length === 0) return;
  // Together: the last of a quorum cannot finish a controlled shutdown once the others are gone.
  await step(
    `stopping ${brokers.length === 1 ? brokers[0]?.title : `${brokers.length} brokers`}`,
    async () => {
      const outcomes = await Promise.all(brokers.map(stop));
      if (outcomes.every((outcome) => outcome === 'was not running')) return 'were not running';
      return outcomes.find((outcome) => outcome.startsWith('a port')) ?? '';
    },
  );
}
