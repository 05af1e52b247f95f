import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import { anyAddress, hostPorts, testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { startTokenEndpoint, tokenIssuer } from '#platform/parts/token-issuer.ts';
import type { KafkaClient } from './client.ts';
import { createTopics } from './create-topics.ts';
import { readMetadata } from './read-metadata.ts';
import { testConnection } from './test-connection.ts';

/** Every way to sign in, right and wrong: each wrong one names its cause and what to fix. */

const platform = platformHandle();
const { admin, app, nobody } = platform.credentials;
const noTls = { enabled: false };
const tls = () => ({ enabled: true, ca: platform.tls.authority() });
const none = { mechanism: 'none' } as const;
const scram = (
  user: { username: string },
  mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512' = 'SCRAM-SHA-512',
) => ({
  mechanism,
  username: user.username,
});

type Case = { connection: ClusterConnection; secrets?: ClusterSecrets };
const to = (bootstrap: readonly string[], more: Partial<ClusterConnection>): ClusterConnection => ({
  bootstrap: hostPorts(bootstrap.slice(0, 1)),
  tls: noTls,
  sasl: none,
  ...more,
});

let client: KafkaClient | undefined;
afterEach(async () => {
  await client?.close();
  client = undefined;
});

describe('signs in', () => {
  const right: Record<string, () => Case> = {
    'with SCRAM-SHA-256': () => ({
      connection: to(platform.saslBootstrap, { sasl: scram(admin, 'SCRAM-SHA-256') }),
      secrets: { password: admin.password },
    }),
    'with SCRAM-SHA-512': () => ({
      connection: to(platform.saslBootstrap, { sasl: scram(admin) }),
      secrets: { password: admin.password },
    }),
    'with PLAIN over TLS': () => ({
      connection: to(platform.saslSslBootstrap, {
        tls: tls(),
        sasl: { mechanism: 'PLAIN', username: admin.username },
      }),
      secrets: { password: admin.password },
    }),
    'with SCRAM over TLS': () => ({
      connection: to(platform.saslSslBootstrap, { tls: tls(), sasl: scram(admin) }),
      secrets: { password: admin.password },
    }),
    'with a client certificate, the name sent (SNI) and verified': () => ({
      connection: {
        ...to(platform.sslBootstrap, {
          tls: { ...tls(), certificate: platform.tls.clientCertificate('admin'), serverName: 'localhost' },
        }),
        bootstrap: hostPorts(platform.sslBootstrap.slice(0, 1)).map(({ port }) => ({
          host: 'localhost',
          port,
        })),
      },
      secrets: { privateKey: platform.tls.clientKey('admin') },
    }),
  };
  it.each(Object.entries(right))('%s, reads from and writes to the cluster', async (name, make) => {
    const { connection, secrets = {} } = make();
    const result = await testConnection({ connection, secrets, checkAddress: anyAddress });
    expect(result.steps.filter((step) => step.outcome === 'failed')).toEqual([]);
    expect(result).toMatchObject({ ok: true, brokers: 3 });
    client = testKafkaClient({ connection, secrets });
    expect((await readMetadata(client)).brokers.length).toBe(3);
    const topic = `gw.signin.${process.pid}.${name.replaceAll(/[^a-z0-9]+/gi, '-')}`;
    const [checked] = await createTopics(
      client,
      [{ topic, partitions: 1, replicationFactor: 1, configs: {} }],
      { validateOnly: true },
    );
    expect(checked?.error).toBeNull();
  });

  it('with OAUTHBEARER, client credentials', async () => {
    const endpoint = await startTokenEndpoint(platform.settings.dataDir);
    try {
      const sasl = {
        mechanism: 'OAUTHBEARER',
        tokenUrl: endpoint.url,
        clientId: tokenIssuer.client.id,
      } as const;
      const connection = to(platform.saslSslBootstrap, { tls: tls(), sasl });
      const secrets = { clientSecret: tokenIssuer.client.secret };
      const result = await testConnection({ connection, secrets, checkAddress: anyAddress });
      expect(result.steps.filter((step) => step.outcome === 'failed')).toEqual([]);
      client = testKafkaClient({ connection, secrets });
      expect((await readMetadata(client)).names.every((name) => name.startsWith('shop.'))).toBe(true);
      const wrong = await testConnection({
        connection,
        secrets: { clientSecret: 'wrong' },
        checkAddress: anyAddress,
      });
      expect(wrong.steps.find((step) => step.outcome === 'failed')).toMatchObject({
        name: 'sasl',
        code: 'kafka.oauth-failed',
      });
      expect(JSON.stringify(wrong)).not.toContain('wrong');
    } finally {
      await endpoint.stop();
    }
  });
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

describe('with rights on part of the cluster only', () => {
  it('sees its part, and what it may not do is said with the right that is missing', async () => {
    client = testKafkaClient({
      connection: to(platform.saslBootstrap, { sasl: scram(app) }),
      secrets: { password: app.password },
    });
    const metadata = await readMetadata(client);
    expect(metadata.names.every((name) => name.startsWith('shop.'))).toBe(true);
    const topic = `gw.signin.${process.pid}.denied`;
    const [created] = await createTopics(client, [
      { topic, partitions: 1, replicationFactor: 1, configs: {} },
    ]);
    expect(created?.error).toMatchObject({
      code: 'kafka.denied',
      facts: { operation: `create topic ${topic}` },
    });
  });
});

describe('refused credentials (F18)', () => {
  it('are tried once, then again only after a while, whatever asks', async () => {
    const connection = { ...to([], { sasl: scram(admin) }), bootstrap: hostPorts(platform.saslBootstrap) };
    client = testKafkaClient({ connection, secrets: { password: 'wrong' } });
    const own = client;
    for (let i = 0; i < 20; i += 1) {
      await expect(readMetadata(own)).rejects.toMatchObject({ code: 'kafka.auth-failed' });
    }
    await expect(own.produce({ topic: 'x', key: null, value: null, headers: [] })).rejects.toMatchObject({
      code: 'kafka.auth-failed',
    });
    const attempts = own.usage().reduce((sum, usage) => sum + usage.connects, 0);
    expect(attempts).toBeLessThanOrEqual(3);
  });
});
