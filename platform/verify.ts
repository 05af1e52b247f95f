import { generateClient } from './application/generate-client.ts';
import { conclude, runCheck, type Score, withoutPlatform } from './checks.ts';
import { failWith } from './problem.ts';
import { step } from './progress.ts';

/** Everything that needs no platform: the lock of the packages, format, lint, types, boundaries, unit tests. */
async function main(): Promise<void> {
  await step('database client', generateClient);
  const scores: Score[] = [];
  for (const check of withoutPlatform) {
    scores.push(await runCheck(check));
  }
  process.exit(conclude(scores));
}

main().catch(failWith);
