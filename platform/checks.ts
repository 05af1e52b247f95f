import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './machine/run.ts';
import { say, step } from './progress.ts';
import { type Environment, projectRoot } from './settings.ts';

/** How many checks of a kind passed and failed. */
export type Score = { title: string; passed: number; failed: number };

type Check = {
  title: string;
  command: string;
  args: string[];
  /** Ended by force after this time, and counted as failed. */
  timeoutMs: number;
  env?: Environment;
  /** Reads the numbers from the report file of the run; without it the whole run is one check. */
  report?: { path: string; read: (report: unknown) => { passed: number; failed: number } };
};

const resultsDir = join(projectRoot, '.cache', 'results');
const minute = 60_000;

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Vitest's JSON report. A file that could not even be loaded has no tests: it counts as one failure. */
export function readVitest(report: unknown) {
  const { numPassedTests, numFailedTests, testResults } = record(report);
  const files = Array.isArray(testResults) ? testResults.map(record) : [];
  const unloaded = files.filter((file) => {
    const tests = Array.isArray(file.assertionResults) ? file.assertionResults : [];
    return file.status === 'failed' && !tests.some((test) => record(test).status === 'failed');
  });
  return { passed: count(numPassedTests), failed: count(numFailedTests) + unloaded.length };
}

/** Playwright's JSON report. A test that passed at its second try has passed. */
export function readPlaywright(report: unknown) {
  const { stats, errors } = record(report);
  const { expected, flaky, unexpected } = record(stats);
  const outside = Array.isArray(errors) ? errors.length : 0;
  return { passed: count(expected) + count(flaky), failed: count(unexpected) + outside };
}

function vitest(title: string, config: string, timeoutMs: number): Check {
  const path = join(resultsDir, `${title}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
  return {
    title,
    command: 'vitest',
    args: ['run', '--config', config, '--passWithNoTests', ...reporters],
    timeoutMs,
    report: { path, read: readVitest },
  };
}

const e2eReport = join(resultsDir, 'e2e.json');

export const checks = {
  format: {
    title: 'format',
    command: 'biome',
    args: ['format', '--config-path=.config', '.'],
    timeoutMs: 2 * minute,
  },
  lint: {
    title: 'lint',
    command: 'biome',
    args: ['lint', '--config-path=.config', '--error-on-warnings', '.'],
    timeoutMs: 2 * minute,
  },
  lock: {
    title: 'lock',
    command: 'node',
    args: ['.config/complete-lock.ts', '--check'],
    timeoutMs: minute,
  },
  types: { title: 'types', command: 'tsc', args: ['--noEmit', '-p', '.'], timeoutMs: 5 * minute },
  boundaries: { title: 'boundaries', command: 'node', args: ['.config/boundaries.ts'], timeoutMs: minute },
  unit: vitest('unit', '.config/vitest.config.ts', 10 * minute),
  integration: vitest('integration', '.config/vitest.itest.config.ts', 20 * minute),
  e2e: {
    title: 'e2e',
    command: 'playwright',
    args: ['test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'],
    timeoutMs: 20 * minute,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
    report: { path: e2eReport, read: readPlaywright },
  },
} satisfies Record<string, Check>;

/** The checks that need neither platform nor browser. */
export const withoutPlatform: Check[] = [
  checks.lock,
  checks.format,
  checks.lint,
  checks.types,
  checks.boundaries,
  checks.unit,
];

function readScore(check: Check, succeeded: boolean): { passed: number; failed: number } {
  if (!check.report) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (!existsSync(check.report.path)) return { passed: 0, failed: 1 };
  const score = check.report.read(JSON.parse(readFileSync(check.report.path, 'utf8')));
  // Whatever else made the run fail (an error outside of every test, a run cut short) must not look like a success.
  return succeeded || score.failed > 0 ? score : { ...score, failed: 1 };
}

/** Runs one check to its end. Its output is shown when it failed. */
export async function runCheck(check: Check): Promise<Score> {
  mkdirSync(resultsDir, { recursive: true });
  if (check.report) rmSync(check.report.path, { force: true });
  const { title, command, args, timeoutMs } = check;
  const options = { cwd: projectRoot, env: { CI: 'true', NO_COLOR: '1', ...check.env }, timeoutMs };
  let score = { passed: 0, failed: 1 };
  await step(title, async () => {
    const result = await run(command, args, options);
    score = readScore(check, result.code === 0);
    const numbers = check.report ? `${score.passed} passed, ${score.failed} failed` : '';
    if (score.failed === 0) return numbers;
    const forced =
      result.code === -1 ? `\n${title} was ended by force; it may take ${timeoutMs / minute} minutes.` : '';
    throw new Error(`${result.stdout}${result.stderr}`.trimEnd() + forced + (numbers && `\n${numbers}`));
  }).catch((error: Error) => say(error.message));
  return { title, ...score };
}

/** Prints the last line of a run of checks; answers the exit code. */
export function conclude(scores: Score[]): number {
  const passed = scores.reduce((sum, score) => sum + score.passed, 0);
  const failed = scores.reduce((sum, score) => sum + score.failed, 0);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
