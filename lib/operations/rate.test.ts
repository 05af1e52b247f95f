import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { takeToken } from './rate.ts';

/** How many of `count` requests pass that come all at once. */
function passing(userId: string, rate: Parameters<typeof takeToken>[1], count: number, at: number): number {
  let passed = 0;
  for (let i = 0; i < count; i++) {
    try {
      takeToken(userId, rate, at);
      passed += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
  }
  return passed;
}

describe('R26: rates', () => {
  it.each([
    ['read', 600],
    ['browse', 60],
    ['mutate', 60],
    ['test', 60],
  ] as const)('%s lets %i through in a burst, and as many again a minute later', (rate, limit) => {
    const userId = randomUUID();
    expect(passing(userId, rate, limit + 50, 1_000)).toBe(limit);
    expect(passing(userId, rate, limit + 50, 1_000)).toBe(0);
    expect(passing(userId, rate, limit + 50, 31_000)).toBe(limit / 2);
    expect(passing(userId, rate, limit + 50, 200_000)).toBe(limit);
  });

  it('says how long to wait, and keeps people and classes apart', () => {
    const [one, other] = [randomUUID(), randomUUID()];
    passing(one, 'mutate', 60, 0);
    expect(() => takeToken(one, 'mutate', 0)).toThrow(
      expect.objectContaining({ code: 'rate.limited', facts: { retryAfterSeconds: 1 } }),
    );
    takeToken(one, 'browse', 0);
    takeToken(other, 'mutate', 0);
  });

  it('remembers no more people than were there in the last minute', () => {
    for (let i = 0; i < 10_001; i++) takeToken(`crowd-${i}`, 'read', 0);
    takeToken('late', 'read', 120_000);
    expect(passing('crowd-1', 'read', 601, 120_000)).toBe(600);
  });
});
