import { buildApplication } from './application/build.ts';
import { generateClient } from './application/generate-client.ts';
import { checks, conclude, runCheck, type Score, withoutPlatform } from './checks.ts';
import { down } from './down.ts';
import { describePlatform } from './parts/all.ts';
import type { Part } from './parts/part.ts';
import { failWith } from './problem.ts';
import { elapsed, say, step } from './progress.ts';
import { readSettings, testEnvironment } from './settings.ts';
import { up } from './up.ts';

/** One step that is not a test but must succeed, counted as one check. */
async function counted(title: string, run: () => Promise<unknown>): Promise<Score> {
  try {
    await run();
    return { title, passed: 1, failed: 0 };
  } catch (error) {
    say(`✗ ${title}: ${error instanceof Error ? error.message : String(error)}`);
    return { title, passed: 0, failed: 1 };
  }
}

/** Everything: what `verify` checks, then integration tests on real brokers, then journeys in a browser on the production build. */
async function main(): Promise<void> {
  Object.assign(process.env, testEnvironment());
  const platform = describePlatform(readSettings());
  const started: Part[] = [];
  const stop = () => down(platform, started);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop().finally(() => process.exit(130)));
  }
  await step('database client', generateClient);
  const scores: Score[] = [];

  // The platform fetches and starts beside the checks; its steps are shown as one when it is waited for.
  const quietly = async <T>(_title: string, run: () => Promise<T> | T): Promise<T> => run();
  const platformIsUp = counted('platform', () => up(platform, { started, show: quietly }));
  for (const check of withoutPlatform) {
    scores.push(await runCheck(check));
  }
  const platformScore = await step('test platform', () => platformIsUp);
  scores.push(platformScore);
  if (platformScore.failed === 0) scores.push(await runCheck(checks.integration));
  const built = await step('building Millrace', () => counted('build', buildApplication));
  scores.push(built);
  if (platformScore.failed === 0 && built.failed === 0) scores.push(await runCheck(checks.e2e));

  await stop();
  say(`all done after ${elapsed()}`);
  process.exit(conclude(scores));
}

main().catch(failWith);
