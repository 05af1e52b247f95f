import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redacted } from './redact.ts';

describe('redact', () => {
  it('replaces what the paths name and leaves the rest', () => {
    const input = {
      name: 'a',
      sasl: { user: 'u', password: 'p' },
      headers: [{ value: 'x' }, { value: 'y' }],
      none: null,
    };
    expect(redact(input, ['sasl.password', 'headers.*.value', 'none', 'absent.path'])).toEqual({
      name: 'a',
      sasl: { user: 'u', password: redacted },
      headers: [{ value: redacted }, { value: redacted }],
      none: null,
    });
  });

  it('never lets a named secret through, whatever its shape', () => {
    const canary = 'CANARY-7f3a';
    fc.assert(
      fc.property(
        fc.letrec((tie) => ({
          tree: fc.oneof(fc.constant(canary), fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
        })).tree,
        (secret) => {
          expect(JSON.stringify(redact({ open: 1, secret }, ['secret']))).not.toContain(canary);
        },
      ),
    );
  });
});
