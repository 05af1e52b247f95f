import { describe, expect, it } from 'vitest';
import type { ClusterConnection } from './cluster.ts';
import { secretsElsewhere, secretsToEnterAgain } from './secrets-elsewhere.ts';

const plain: ClusterConnection = {
  bootstrap: [
    { host: 'a.example.com', port: 9092 },
    { host: 'b.example.com', port: 9092 },
  ],
  tls: { enabled: true },
  sasl: { mechanism: 'PLAIN', username: 'app' },
};
const oauth: ClusterConnection = {
  ...plain,
  sasl: { mechanism: 'OAUTHBEARER', tokenUrl: 'https://id.example.com/token', clientId: 'app' },
};
const at = (...hosts: string[]): ClusterConnection => ({
  ...plain,
  bootstrap: hosts.map((host) => ({ host, port: 9092 })),
});

describe('R18: a stored secret does not follow an address that was changed', () => {
  it.each([
    ['nothing changed', plain, []],
    ['one address less, other case', at('B.example.com'), []],
    ['an address more', at('a.example.com', 'evil.example.com'), ['password']],
    ['another port', { ...plain, bootstrap: [{ host: 'a.example.com', port: 1234 }] }, ['password']],
    ['without TLS', { ...plain, tls: { enabled: false } }, ['password']],
    ['without a sign-in', { ...at('evil.example.com'), sasl: { mechanism: 'none' as const } }, []],
  ])('%s', (_name, after, moved) => {
    expect(secretsElsewhere(plain, after)).toEqual(moved);
  });

  it('the client secret stays with its token endpoint', () => {
    expect(secretsElsewhere(oauth, { ...oauth, bootstrap: at('c.example.com').bootstrap })).toEqual([]);
    const elsewhere = { ...oauth.sasl, tokenUrl: 'https://evil.example.com/token' } as const;
    expect(secretsElsewhere(oauth, { ...oauth, sasl: elsewhere })).toEqual(['clientSecret']);
  });

  it('asks only for what is set and was not entered', () => {
    const after = at('evil.example.com');
    expect(Object.keys(secretsToEnterAgain(plain, after, ['password'], {}))).toEqual(['secrets.password']);
    expect(secretsToEnterAgain(plain, after, ['password'], { password: 'new' })).toEqual({});
    expect(secretsToEnterAgain(plain, after, [], {})).toEqual({});
  });
});

describe('R18: what a registry is signed in with', () => {
  const at = (url: string, kind: 'basic' | 'bearer' = 'basic', ca?: string): ClusterConnection => ({
    ...plain,
    registry: {
      url,
      allowHttp: true,
      auth: kind === 'basic' ? { kind, username: 'app' } : { kind },
      ...(ca ? { ca } : {}),
    },
  });
  const before = at('https://registry.example.com/v7');

  it.each([
    ['another path of it', at('https://registry.example.com/v8'), []],
    ['another host', at('https://evil.example.com/v7'), ['registryPassword']],
    ['without TLS', at('http://registry.example.com/v7'), ['registryPassword']],
    [
      'vouched for by another authority',
      at('https://registry.example.com/v7', 'basic', 'PEM'),
      ['registryPassword'],
    ],
    ['another way of signing in elsewhere', at('https://evil.example.com', 'bearer'), ['registryToken']],
    ['no registry', plain, []],
  ])('stays with it: %s', (_name, after, moved) => {
    expect(secretsElsewhere(before, after)).toEqual(moved);
  });
});

describe('R18: what metrics and Connect are signed in with', () => {
  const basic = { kind: 'basic', username: 'app' } as const;
  const endpoints = (template: string, bootstrap = plain.bootstrap): ClusterConnection => ({
    ...plain,
    sasl: { mechanism: 'none' },
    bootstrap,
    metrics: { kind: 'endpoints', template, brokers: [], allowHttp: true, auth: basic },
  });
  const workers = (...urls: string[]): ClusterConnection => ({
    ...plain,
    connect: { urls, allowHttp: true, auth: { kind: 'bearer' } },
  });
  const evil = at('evil.example.com').bootstrap;

  it.each([
    ['the same', endpoints('https://{host}/m'), []],
    ['another path', endpoints('https://{host}:1/m'), ['metricsPassword']],
    [
      'brokers of somebody else, who say where the endpoints are',
      endpoints('https://{host}/m', evil),
      ['metricsPassword'],
    ],
    ['switched off', plain, []],
  ])('endpoints: %s', (_name, after, moved) => {
    expect(secretsElsewhere(endpoints('https://{host}/m'), after)).toEqual(moved);
  });

  it.each([
    ['one worker less', workers('https://a.example.com'), []],
    ['another worker', workers('https://a.example.com', 'https://evil.example.com'), ['connectToken']],
  ])('Connect: %s', (_name, after, moved) => {
    expect(secretsElsewhere(workers('https://a.example.com', 'https://b.example.com'), after)).toEqual(moved);
  });
});
