import { generateClient } from './application/generate-client.ts';
import { checks, conclude, runCheck, type Score } from './checks.ts';
import { failWith } from './problem.ts';
import { step } from './progress.ts';

/** Everything that needs no platform: format, lint, types, boundaries, unit tests. */
async function main(): Promise<void> {
  await step('database client', generateClient);
  const scores: Score[] = [];
  for (const check of [checks.format, checks.lint, checks.types, checks.boundaries, checks.unit]) {
    scores.push(await runCheck(check));
  }
  process.exit(conclude(scores));
}

main().catch(failWith);
