import { describe, expect, it } from 'vitest';
import { seenText } from './seen-text.ts';

describe('a text to be drawn in a line', () => {
  it('has nothing unseen in it, and keeps all that can be seen (P5)', () => {
    expect(seenText('pay \u202egpj.exe\u202c\u0000\u001b[31m\u200b')).toBe(
      'pay \\u202egpj.exe\\u202c\\u0000\\u001b[31m\\u200b',
    );
    expect(seenText('a\ud800b')).toBe('a\\ud800b');
    expect(seenText('Zoë 李 😀 €')).toBe('Zoë 李 😀 €');
  });
});
