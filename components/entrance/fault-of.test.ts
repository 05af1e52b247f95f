import { describe, expect, it } from 'vitest';
import { faultOf } from './fault-of.ts';

describe('faults seen before sending', () => {
  it.each([
    ['text', '  ', 'Name is missing.'],
    ['password', ' ', null],
    ['email', 'ada', 'Write an e-mail address, such as ada@example.com.'],
    ['email', ' ada@example.com ', null],
    ['password', 'short', null],
    ['new-password', 'short', 'Use at least 12 characters; this has 5.'],
    ['new-password', 'x'.repeat(129), 'Use at most 128 characters.'],
    ['new-password', 'twelve chars', null],
  ] as const)('%s %j', (kind, value, fault) => {
    expect(faultOf(kind, 'Name', value)).toBe(fault);
  });
});
