import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseEnv, RefusedToStart } from './env.ts';

const key = `k1:${randomBytes(32).toString('base64')}`;
const production = {
  NODE_ENV: 'production',
  PUBLIC_ORIGIN: 'https://millrace.example.com',
  MILLRACE_KEYS: key,
};

describe('R12: refuses to start in production', () => {
  const refusals: [string, Record<string, string | undefined>, RegExp][] = [
    ['without a master key', { MILLRACE_KEYS: undefined }, /master key is missing/],
    ['with a short key', { MILLRACE_KEYS: `k1:${randomBytes(16).toString('base64')}` }, /exactly 32 bytes/],
    ['with a well-known key', { MILLRACE_KEYS: `k1:${'A'.repeat(43)}=` }, /well-known/],
    [
      'with a key of few distinct bytes',
      { MILLRACE_KEYS: `k1:${Buffer.alloc(32, 'ab').toString('base64')}` },
      /well-known/,
    ],
    ['without PUBLIC_ORIGIN', { PUBLIC_ORIGIN: undefined }, /PUBLIC_ORIGIN is missing/],
    [
      'with an http origin of another host',
      { PUBLIC_ORIGIN: 'http://millrace.example.com' },
      /must be https/,
    ],
    ['with an origin that has a path', { PUBLIC_ORIGIN: 'https://example.com/millrace' }, /origin only/],
    ['with an unreadable key file', { MILLRACE_KEYS_FILE: '/nonexistent/keys' }, /cannot be read/],
  ];
  it.each(refusals)('%s', (_name, change, message) => {
    const attempt = () => parseEnv({ ...production, ...change });
    expect(attempt).toThrow(RefusedToStart);
    expect(attempt).toThrow(message);
  });

  it('starts with a good key and an https origin, or http on localhost', () => {
    expect(parseEnv(production).keys[0]?.id).toBe('k1');
    expect(parseEnv({ ...production, PUBLIC_ORIGIN: 'http://localhost:3000' }).publicOrigin.port).toBe(
      '3000',
    );
  });

  it('keeps the ring in order, newest key first', () => {
    const older = `k0:${randomBytes(32).toString('base64')}`;
    expect(
      parseEnv({ ...production, MILLRACE_KEYS: `${key},${older}` }).keys.map((entry) => entry.id),
    ).toEqual(['k1', 'k0']);
  });
});
