import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from './checks.ts';

const test = (status: string) => ({ status });

describe('the numbers of a run', () => {
  it('are those of vitest', () => {
    const testResults = [{ status: 'failed', assertionResults: [test('passed'), test('failed')] }];
    expect(readVitest({ numPassedTests: 7, numFailedTests: 1, testResults })).toEqual({
      passed: 7,
      failed: 1,
    });
  });

  it('count a file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'passed', assertionResults: [test('passed')] },
      { status: 'failed', assertionResults: [] },
    ];
    expect(readVitest({ numPassedTests: 1, numFailedTests: 0, testResults })).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it('are those of Playwright, errors outside of tests included', () => {
    const stats = { expected: 5, flaky: 1, unexpected: 2, skipped: 3 };
    expect(readPlaywright({ stats, errors: [{}] })).toEqual({ passed: 6, failed: 3 });
  });

  it('are zero for a report that says nothing', () => {
    expect(readVitest({})).toEqual({ passed: 0, failed: 0 });
    expect(readPlaywright(null)).toEqual({ passed: 0, failed: 0 });
  });
});
