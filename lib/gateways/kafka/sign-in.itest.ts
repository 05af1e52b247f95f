import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import { anyAddress, hostPorts, testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { signToken, startTokenEndpoint, tokenIssuer } from '#platform/parts/token-issuer.ts';
import type { KafkaClient } from './client.ts';
import { createTopics } from './create-topics.ts';
import { readMetadata } from './read-metadata.ts';
import { testConnection } from './test-connection.ts';
import { body } from './wire/api.ts';
import { metadataApi, metadataRequest } from './wire/metadata-codec.ts';

/** Every way to sign in, and what happens to those who are refused or may see a part only. */

const platform = platformHandle();
const { admin, app } = platform.credentials;
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

describe('a session that ends (KIP-368)', () => {
  it('is renewed on the open connection, and no call fails meanwhile', async () => {
    const lifeSeconds = 5;
    const tokens = createServer((_request, response) => {
      const token = signToken(platform.settings.dataDir, 'app', lifeSeconds);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: lifeSeconds }));
    });
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
    const tokenUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`;
    try {
      const sasl = { mechanism: 'OAUTHBEARER', tokenUrl, clientId: 'app' } as const;
      const connection = to(platform.saslSslBootstrap, { tls: tls(), sasl });
      client = testKafkaClient({ connection, secrets: { clientSecret: 'app-secret' } });
      const own = client;
      const [first] = (await readMetadata(own)).brokers;
      const until = performance.now() + lifeSeconds * 2_200;
      await expect
        .poll(
          async () => {
            await own.call(
              metadataApi,
              body((version) => metadataRequest(version, [])),
              {
                broker: first?.id ?? 0,
              },
            );
            return performance.now() > until;
          },
          { timeout: 30_000, interval: 20 },
        )
        .toBe(true);
      const connects = own.usage().map((usage) => usage.connects);
      expect(Math.max(...connects)).toBe(1);
    } finally {
      tokens.closeAllConnections();
      tokens.close();
    }
  });
});
