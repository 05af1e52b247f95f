import { describe, expect, it } from 'vitest';
import { UpdateHistoryInput, usualHistory } from './history.ts';

const wrong = (changes: Record<string, unknown>) =>
  UpdateHistoryInput.safeParse({ ...usualHistory, version: 0, ...changes }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('UpdateHistoryInput', () => {
  it('takes what is usual, also as a form has it', () => {
    expect(wrong({})).toBeUndefined();
    expect(wrong({ scrapeHours: '6', maxGigabytes: '0.5' })).toBeUndefined();
  });

  it('says in words what cannot be', () => {
    expect(wrong({ scrapeHours: 0 })).toEqual(['scrapeHours: Use a whole number from 1 to 48.']);
    expect(wrong({ minuteDays: '2.5' })).toEqual(['minuteDays: Use a whole number from 1 to 60.']);
    expect(wrong({ quarterDays: 'x' })).toEqual(['quarterDays: Use a whole number from 1 to 400.']);
    expect(wrong({ maxGigabytes: 0 })).toEqual(['maxGigabytes: Use a number from 0.1 to 10000.']);
    expect(wrong({ scrapeHours: 48, minuteDays: 1 })).toEqual([
      'minuteDays: Keep minutes for at least as long as every reading.',
    ]);
    expect(wrong({ minuteDays: 10, quarterDays: 9 })).toEqual([
      'quarterDays: Keep quarters of an hour for at least as long as minutes.',
    ]);
  });
});
