import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';

describe('seededRandom', () => {
  it('gives the same sequence for the same seed and another for another seed', () => {
    const draw = (seed: string) => {
      const random = seededRandom(seed);
      return Array.from({ length: 50 }, () => random.below(1_000_000));
    };
    expect(draw('shop')).toEqual(draw('shop'));
    expect(draw('shop')).not.toEqual(draw('shop2'));
  });

  it('keeps its sequence from release to release', () => {
    const random = seededRandom('1');
    expect([
      random.hex(8),
      random.below(1000),
      random.between(5, 9),
      random.chance(0.5),
    ]).toMatchInlineSnapshot(`
      [
        "530a379b",
        107,
        7,
        true,
      ]
    `);
  });

  it('stays in range and covers it evenly', () => {
    const random = seededRandom('even');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i += 1) {
      const n = random.between(0, 9);
      counts[n] = (counts[n] ?? 0) + 1;
    }
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(20_000);
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(250);
  });

  it('takes chances at the given probability', () => {
    const random = seededRandom('chance');
    const hits = Array.from({ length: 20_000 }, () => random.chance(0.08)).filter(Boolean).length;
    expect(hits / 20_000).toBeCloseTo(0.08, 2);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });

  it('refuses to pick from nothing, and makes hexadecimal text of any length', () => {
    const random = seededRandom('hex');
    expect(() => random.pick([])).toThrow(RangeError);
    expect(random.hex(19)).toMatch(/^[0-9a-f]{19}$/);
  });
});
