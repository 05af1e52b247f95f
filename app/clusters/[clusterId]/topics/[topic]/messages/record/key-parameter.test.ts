import { describe, expect, it } from 'vitest';
import type { MessageField } from '#lib/model/message.ts';
import { keyParameter } from './key-parameter.ts';

const key = (text: string, more: Partial<MessageField> = {}): MessageField => ({
  serde: 'text',
  reason: '',
  text,
  base64: null,
  sizeBytes: 4,
  shownBytes: 4,
  format: 'text',
  schema: null,
  compression: null,
  maskedBy: [],
  ...more,
});

describe('a key as a parameter', () => {
  it('is its text, or its bytes where text would be read otherwise', () => {
    expect(keyParameter(key('ord-1'))).toBe('ord-1');
    expect(keyParameter(key('hex:'))).toBe('base64:aGV4Og==');
    expect(keyParameter(key('00 ff', { format: 'hex', sizeBytes: 2, shownBytes: 2 }))).toBe('base64:AP8=');
    expect(keyParameter(key('{"id": 1}', { format: 'json', base64: 'AAAAAAEC' }))).toBe('base64:AAAAAAEC');
  });

  it('is not made of what is masked, cut, absent or too long', () => {
    expect(keyParameter(null)).toBeNull();
    expect(keyParameter(key('x', { maskedBy: ['pii'] }))).toBeNull();
    expect(keyParameter(key('x', { sizeBytes: 9 }))).toBeNull();
    expect(keyParameter(key('x'.repeat(1001)))).toBeNull();
  });
});
