import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { type Key, keyIdOf, open, type Place, seal } from './envelope.ts';

const key = (id: string): Key => ({ id, key: randomBytes(32) });
const k1 = key('k1');
const place: Place = { table: 'clusters', id: 'shop', field: 'password', version: 3 };

describe('R17 envelope of a secret', () => {
  it('opens what it sealed, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(open([k1], place, seal(k1, place, text))).toBe(text.toWellFormed());
      }),
    );
  });

  it('names its key and never shows the text', () => {
    const sealed = seal(k1, place, 'CANARY-4711');
    expect(keyIdOf(sealed)).toBe('k1');
    expect(sealed.startsWith('v1.k1.')).toBe(true);
    expect(Buffer.from(sealed.split('.')[3]!, 'base64url').includes('CANARY-4711')).toBe(false);
    expect(seal(k1, place, 'CANARY-4711')).not.toBe(sealed);
  });

  it('does not open with any character changed', () => {
    const sealed = seal(k1, place, 'secret');
    for (let i = 0; i < sealed.length; i++) {
      for (const other of ['A', 'B', '.', '_']) {
        if (sealed[i] === other) continue;
        const changed = sealed.slice(0, i) + other + sealed.slice(i + 1);
        expect(() => open([k1], place, changed), `character ${i} → ${other}`).toThrow(AppError);
      }
    }
  });

  it('does not open with any bit changed', () => {
    const parts = seal(k1, place, 'secret').split('.');
    for (const part of [2, 3]) {
      const bytes = Buffer.from(parts[part]!, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7));
        const changed = parts.with(part, flipped.toString('base64url')).join('.');
        expect(() => open([k1], place, changed), `part ${part}, bit ${bit}`).toThrow('secret.unreadable');
      }
    }
  });

  it.each<Partial<Place>>([
    { table: 'users' },
    { id: 'shop2' },
    { field: 'privateKey' },
    { version: 4 },
    { id: 'shoppassword', field: '' },
  ])('does not open at another place: %o', (elsewhere) => {
    expect(() => open([k1], { ...place, ...elsewhere }, seal(k1, place, 'secret'))).toThrow(
      'secret.unreadable',
    );
  });

  it('opens with an older key of the ring, not without it, and not with another key of the same name', () => {
    const sealed = seal(k1, place, 'secret');
    expect(open([key('k2'), k1], place, sealed)).toBe('secret');
    expect(() => open([key('k2')], place, sealed)).toThrow('secret.unreadable');
    expect(() => open([key('k1')], place, sealed)).toThrow('secret.unreadable');
  });

  it.each(['', 'v1', 'v1.k1..', 'v2.k1.AA.AA', 'v1.k1.AA.AA', 'v1.k1.AA.AA.AA'])(
    'refuses %j without an error of its own',
    (text) => {
      expect(() => open([k1], place, text)).toThrow('secret.unreadable');
    },
  );
});
