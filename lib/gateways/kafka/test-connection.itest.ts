import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import { anyAddress, hostPorts } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { testConnection } from './test-connection.ts';

/** Every wrong way to connect names its cause and what to fix, at the step where it is fixed. */

const platform = platformHandle();
const { admin, nobody } = platform.credentials;
const noTls = { enabled: false };
const tls = () => ({ enabled: true, ca: platform.tls.authority() });
const none = { mechanism: 'none' } as const;
const scram = (user: { username: string }) => ({
  mechanism: 'SCRAM-SHA-512' as const,
  username: user.username,
});

type Case = { connection: ClusterConnection; secrets?: ClusterSecrets };
const to = (bootstrap: readonly string[], more: Partial<ClusterConnection>): ClusterConnection => ({
  bootstrap: hostPorts(bootstrap.slice(0, 1)),
  tls: noTls,
  sasl: none,
  ...more,
});

describe('names the cause when it cannot', () => {
  const port = (bootstrap: readonly string[]) => hostPorts(bootstrap)[0]?.port ?? 0;
  const wrong: [string, string, string, () => Case][] = [
    [
      'nothing listens on the port',
      'tcp',
      'kafka.refused',
      () => ({ connection: { ...to([], {}), bootstrap: [{ host: '127.0.0.1', port: 1 }] } }),
    ],
    [
      'the password is wrong',
      'sasl',
      'kafka.auth-failed',
      () => ({
        connection: to(platform.saslBootstrap, { sasl: scram(admin) }),
        secrets: { password: 'wrong-canary' },
      }),
    ],
    [
      'the user is unknown',
      'sasl',
      'kafka.auth-failed',
      () => ({
        connection: to(platform.saslBootstrap, { sasl: scram({ username: 'no,such=user' }) }),
        secrets: { password: 'x' },
      }),
    ],
    [
      'the password is missing',
      'sasl',
      'kafka.secret-missing',
      () => ({ connection: to(platform.saslBootstrap, { sasl: scram(admin) }) }),
    ],
    [
      'the listener has other mechanisms',
      'sasl',
      'kafka.mechanism-refused',
      () => ({
        connection: to(platform.saslBootstrap, { sasl: { mechanism: 'PLAIN', username: 'a' } }),
        secrets: { password: 'x' },
      }),
    ],
    [
      'the listener expects SASL',
      'sasl',
      'kafka.sasl-required',
      () => ({ connection: to(platform.saslBootstrap, {}) }),
    ],
    [
      'the listener does not expect SASL',
      'sasl',
      'kafka.sasl-unexpected',
      () => ({ connection: to(platform.bootstrap, { sasl: scram(admin) }), secrets: { password: 'x' } }),
    ],
    [
      'plaintext to a TLS listener',
      'tls',
      'kafka.tls-required',
      () => ({ connection: to(platform.sslBootstrap, {}) }),
    ],
    [
      'plaintext with SASL to a TLS listener',
      'tls',
      'kafka.tls-required',
      () => ({
        connection: to(platform.saslSslBootstrap, { sasl: scram(admin) }),
        secrets: { password: 'x' },
      }),
    ],
    [
      'TLS to a plaintext listener',
      'tls',
      'kafka.tls-unexpected',
      () => ({ connection: to(platform.bootstrap, { tls: tls() }) }),
    ],
    [
      'the authority is not trusted',
      'tls',
      'kafka.tls-unknown-ca',
      () => ({
        connection: to(platform.saslSslBootstrap, { tls: { enabled: true }, sasl: scram(admin) }),
        secrets: { password: 'x' },
      }),
    ],
    [
      'another authority signed it',
      'tls',
      'kafka.tls-unknown-ca',
      () => ({
        connection: to(platform.saslSslBootstrap, {
          tls: { enabled: true, ca: platform.tls.strangerAuthority() },
          sasl: none,
        }),
      }),
    ],
    [
      'the certificate is for another name',
      'tls',
      'kafka.tls-name',
      () => ({
        connection: to(platform.saslSslBootstrap, { tls: { ...tls(), serverName: 'kafka.example.org' } }),
      }),
    ],
    [
      'the client certificate is missing',
      'tls',
      'kafka.tls-client-certificate',
      () => ({ connection: to(platform.sslBootstrap, { tls: tls() }) }),
    ],
    [
      'the key is of another certificate',
      'tls',
      'kafka.tls-material',
      () => ({
        connection: to(platform.sslBootstrap, {
          tls: { ...tls(), certificate: platform.tls.clientCertificate('admin') },
        }),
        secrets: { privateKey: platform.tls.clientKey('app') },
      }),
    ],
  ];
  it.each(wrong)('%s', async (_name, step, code, make) => {
    const { connection, secrets = {} } = make();
    const result = await testConnection({ connection, secrets, checkAddress: anyAddress });
    expect(result.ok).toBe(false);
    const failed = result.steps.filter((one) => one.outcome === 'failed');
    expect(failed.map((one) => [one.name, one.code])).toEqual([[step, code]]);
    expect(failed[0]?.next).toBeTruthy();
    expect(JSON.stringify(result)).not.toContain('wrong-canary');
  });

  it('the name is unknown', async () => {
    const connection = { ...to([], {}), bootstrap: [{ host: 'no-such-host.invalid', port: 9_092 }] };
    const checkAddress = async () => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    };
    const result = await testConnection({ connection, secrets: {}, checkAddress });
    expect(result.steps[0]).toMatchObject({ name: 'dns', outcome: 'failed', code: 'kafka.name-unknown' });
  });

  it('the port belongs to a web server', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bootstrap = [{ host: '127.0.0.1', port: (server.address() as AddressInfo).port }];
    const result = await testConnection({
      connection: { ...to([], {}), bootstrap },
      secrets: {},
      checkAddress: anyAddress,
    });
    expect(result.steps.find((step) => step.outcome === 'failed')?.code).toBe('kafka.not-kafka');
    server.close();
  });

  it('rights are missing: signed in, and told what to grant', async () => {
    const connection = to(platform.saslBootstrap, { sasl: scram(nobody) });
    const result = await testConnection({
      connection,
      secrets: { password: nobody.password },
      checkAddress: anyAddress,
    });
    expect(result.ok).toBe(true);
    expect(result.steps.find((step) => step.name === 'rights')).toMatchObject({
      outcome: 'warning',
      code: 'kafka.denied',
    });
  });

  it('the second address is tried when the first does not get through', async () => {
    const bootstrap = [
      { host: '127.0.0.1', port: 1 },
      { host: '127.0.0.1', port: port(platform.bootstrap) },
    ];
    const told: string[] = [];
    const result = await testConnection(
      { connection: { ...to([], {}), bootstrap }, secrets: {}, checkAddress: anyAddress },
      { onStep: (step, address) => told.push(`${address} ${step.name} ${step.outcome}`) },
    );
    expect(result).toMatchObject({ ok: true, address: `127.0.0.1:${port(platform.bootstrap)}` });
    expect(told).toContain('127.0.0.1:1 tcp failed');
  });
});
