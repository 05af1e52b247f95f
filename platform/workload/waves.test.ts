import { describe, expect, it } from 'vitest';
import { tickBudget, waveFactor } from './waves.ts';

describe('waves', () => {
  it('average to one and stay between 0.4 and 2.5', () => {
    const seconds = 37 * 240 * 7;
    let sum = 0;
    for (let s = 0; s < seconds; s += 1) {
      const factor = waveFactor(s * 1000);
      expect(factor).toBeGreaterThan(0.4);
      expect(factor).toBeLessThan(2.5);
      sum += factor;
    }
    expect(sum / seconds).toBeCloseTo(1, 2);
  });

  it('rise and fall enough to be seen', () => {
    const over = Array.from({ length: 240 }, (_, s) => waveFactor(s * 1000));
    expect(Math.max(...over) / Math.min(...over)).toBeGreaterThan(2);
  });

  it.each([1, 300, 10_000])('give %i records a second on average, carrying fractions', (rate) => {
    const budget = tickBudget(rate, 500);
    const ticks = 2 * 420 * 8;
    let records = 0;
    for (let tick = 0; tick < ticks; tick += 1) records += budget(tick);
    expect(records / (ticks / 2)).toBeGreaterThan(rate * 0.97);
    expect(records / (ticks / 2)).toBeLessThan(rate * 1.03);
  });
});
