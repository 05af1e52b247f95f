import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPieces, matchesTopic, parseMaskPath } from './mask-path.ts';

describe('paths of masks', () => {
  it('are read as they are written', () => {
    const name = (text: string) => ({ kind: 'name', name: text, glob: null });
    expect(parseMaskPath('a.b_c')).toEqual([name('a'), name('b_c')]);
    expect(parseMaskPath('$.a[*].b[2]')).toEqual([
      name('a'),
      { kind: 'any' },
      name('b'),
      { kind: 'index', index: 2 },
    ]);
    expect(parseMaskPath('**."a.b"["c]"]')).toEqual([{ kind: 'deep' }, name('a.b'), name('c]')]);
    expect(parseMaskPath('items[].x')).toEqual([name('items'), { kind: 'any' }, name('x')]);
    expect(parseMaskPath('card*')).toEqual([{ kind: 'name', name: 'card*', glob: ['card', ''] }]);
    expect(parseMaskPath('[0].a')).toEqual([{ kind: 'index', index: 0 }, name('a')]);
  });

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'a b',
    'a[',
    'a["b]',
    'a[x]',
    'a.[0]',
    'a"b"',
    'x'.repeat(201),
    Array(30).fill('a').join('.'),
  ])('%j is none', (text) => expect(parseMaskPath(text)).toBeNull());

  it('never fail on any text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void parseMaskPath(text)));
  });
});

describe('patterns', () => {
  it('mean what a regular expression of them means', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (glob, text) => {
        const wanted = new RegExp(`^${glob.replace(/\*+/g, '.*')}$`).test(text);
        expect(matchesPieces(glob.split(/\*+/), text)).toBe(wanted);
      }),
      { numRuns: 5_000 },
    );
  });

  it('tell topics apart exactly (F15)', () => {
    expect(matchesTopic('shop.*, pay', 'shop.orders.v1')).toBe(true);
    expect(matchesTopic('shop.*, pay', 'pay')).toBe(true);
    expect(matchesTopic('shop.orders', 'shop_orders')).toBe(false);
    expect(matchesTopic('*', '__consumer_offsets')).toBe(true);
    expect(matchesTopic('shop.*', 'eshop.x')).toBe(false);
    expect(matchesTopic(`${'*a'.repeat(120)}`, 'a'.repeat(100))).toBe(false);
  });
});
