import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-policy.ts';

describe('R7 password policy', () => {
  it.each([
    'short',
    'elevenchars',
    'password1234',
    'Password1234!',
    'P@ssw0rd1234',
    'passwordpassword',
    'Passw0rdPassw0rd',
    'letmein12345',
    'letmeinletmein',
    'qwertyuiop123',
    'qwertyuiopas',
    '123456789012',
    '111111111111',
    'abcabcabcabc',
    'abcdefghijkl',
    'iloveyou1234',
    'iloveyouforever',
    'welcome2026!',
    'Welcome12345',
    'Summer2026!!',
    'adminadmin123',
    'Administrator1',
    'changeme1234',
    'correcthorsebatterystaple',
    '01.01.1990-2020',
    'aaaaaaaaaaaab',
    'millrace2026',
    'kafkakafka12',
    '1qaz2wsx3edc',
    'football1234',
    'zyxwvutsrqpo',
    'trustno1trustno1',
  ])('refuses %s', (password) => {
    expect(passwordFault(password)).toEqual(expect.any(String));
  });

  it.each([
    'tangent-orchard-kiln',
    'the river turns the wheel',
    'v7Kp!mQ2zR9x',
    'sieben gelbe Mühlräder',
    '水車小屋の夜はとても静かだ',
    'xxxuntold lanternyyy',
  ])('accepts %s', (password) => {
    expect(passwordFault(password)).toBeNull();
  });

  it('refuses what is made of the person', () => {
    expect(passwordFault('ada.lovelace1815', ['Ada Lovelace', 'ada@analytical.org'])).toMatch(/your name/);
    expect(passwordFault('analytical.org!', ['ada@analytical.org'])).toMatch(/your name/);
  });

  it('counts characters as people do, and bounds the work', () => {
    expect(passwordFault('🦀🦀🦀🦀🦀🦀')).toMatch(/has 6/);
    expect(passwordFault(`${'ab3!'.repeat(32)}c`)).toMatch(/at most 128/);
  });

  it('accepts what is random, of ten different characters with six letters among them', () => {
    fc.assert(
      fc.property(
        fc.string({
          minLength: 14,
          maxLength: 40,
          unit: fc.constantFrom(...'abcdefghjkmnpqrstuvwxyz23456789-_'),
        }),
        (text) => {
          fc.pre(new Set(text).size >= 10);
          // Digits around and between letters count as decoration, so the letters alone must carry it.
          fc.pre(new Set(text.replace(/[^a-z]/g, '')).size >= 6);
          expect(passwordFault(text)).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });
});
