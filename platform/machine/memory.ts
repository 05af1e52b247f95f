import { PlatformProblem } from '../problem.ts';

/** What each kind of part needs, in megabytes of resident memory at rest and a little air. */
const needsMb = { broker: 320, connect: 280, registry: 280 };

/** Throws one sentence when the memory that is left cannot hold the parts that are to be started. */
export function requireMemory(parts: string[], availableBytes: number = process.availableMemory()): void {
  const needed = parts.reduce(
    (sum, part) =>
      sum + needsMb[part.startsWith('broker') ? 'broker' : part === 'connect' ? 'connect' : 'registry'],
    0,
  );
  const availableMb = Math.floor(availableBytes / 1_048_576);
  if (availableMb >= needed) return;
  throw new PlatformProblem(
    `Memory is short: ${parts.join(', ')} need about ${needed} MB and ${availableMb} MB are free; close something, or start fewer parts.`,
  );
}
