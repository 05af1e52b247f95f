import { describe, expect, it } from 'vitest';
import { assertUnmoved, digestOf } from './digest.ts';

describe('digestOf', () => {
  it('is the same for the same, and another for anything else', () => {
    const seen = { topics: [['a', 1n]], end: 9_007_199_254_740_993n };
    expect(digestOf(structuredClone(seen))).toBe(digestOf(seen));
    expect(digestOf({ ...seen, end: 9_007_199_254_740_992n })).not.toBe(digestOf(seen));
    expect(digestOf([['a'], ['b']])).not.toBe(digestOf([['a', 'b']]));
    expect(digestOf(seen)).toMatch(/^[\w-]{22}$/);
  });
});

describe('assertUnmoved', () => {
  it('lets the same through and names what moved', () => {
    assertUnmoved('x', 'x', 'A topic');
    expect(() => assertUnmoved('x', 'y', 'A topic')).toThrow(
      expect.objectContaining({ code: 'plan.moved', facts: { what: 'A topic' } }),
    );
  });
});
