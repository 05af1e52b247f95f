import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { egressFetch } from '#lib/gateways/egress/egress-fetch.ts';
import type { ClusterConnect } from '#lib/model/cluster-sources.ts';
import { failureLine } from '#lib/model/connector.ts';
import { hostPorts } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { waitUntil } from '#platform/machine/wait.ts';
import { brokerIds } from '#platform/settings.ts';
import { forgetTicks, offeredPoints } from '../ticks.ts';
import { certificatesOf, checkCertificates } from './check-certificates.ts';
import { connectorsOf, pollConnect } from './poll-connect.ts';
import { EndpointPoller } from './poll-endpoints.ts';
import { sourceHealth } from './source-health.ts';

const clusterId = 'sources';
const signal = new AbortController().signal;
const platform = platformHandle();
const nobodyThere = `http://127.0.0.1:${platform.settings.basePort + 99}/metrics`;

const ask = (url: string, method: 'PUT' | 'DELETE', body?: string) =>
  egressFetch(url, {
    method,
    allowHttp: true,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body } : {}),
  });

beforeAll(() => {
  process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8,::1';
});
afterAll(() => forgetTicks(clusterId));

describe('endpoints of real brokers', () => {
  it('tell what happens inside each of them', async () => {
    const brokers = platform.jmxUrls.map((url, i) => ({ broker: brokerIds[i]!, url }));
    const metrics = { kind: 'endpoints', brokers, allowHttp: true, auth: { kind: 'none' } } as const;
    const poller = new EndpointPoller(clusterId, metrics, {});
    await poller.poll([], signal);
    await poller.poll([], signal);
    const points = offeredPoints(clusterId);
    for (const id of brokerIds) {
      const own = new Map(points.filter(({ name }) => name === String(id)).map((p) => [p.kind, p.value]));
      for (const kind of [
        'broker.net-in',
        'broker.net-out',
        'broker.messages-in',
        'broker.isr-shrinks',
      ] as const)
        expect(own.get(kind)).toBeGreaterThanOrEqual(0);
      for (const kind of [
        'broker.produce-requests',
        'broker.follower-requests',
        'broker.follower-p99',
      ] as const)
        expect(own.get(kind)).toBeGreaterThanOrEqual(0);
      expect(own.get('broker.heap')).toBeGreaterThan(10_000_000);
      expect(own.get('broker.handler-idle')).toBeGreaterThan(0);
      expect(own.get('broker.handler-idle')).toBeLessThanOrEqual(1);
    }
  });

  it('that fail cost their own broker only, and say why', async () => {
    const brokers = [
      { broker: 1, url: platform.jmxUrls[0]! },
      { broker: 2, url: nobodyThere },
      { broker: 3, url: platform.registryUrl },
    ];
    const metrics = { kind: 'endpoints', brokers, allowHttp: true, auth: { kind: 'none' } } as const;
    await new EndpointPoller(clusterId, metrics, {}).poll([], signal);
    expect(new Set(offeredPoints(clusterId).map(({ name }) => name))).toEqual(new Set(['1']));
    const health = sourceHealth(clusterId, 'metrics');
    expect(health.get('1')?.problem).toBeNull();
    expect(health.get('2')?.problem?.what).toMatch('it refused the connection');
    expect(health.get('3')?.problem?.what).toMatch(/answered/);
  });
});

describe('connectors of a real worker', () => {
  const name = 'sources-fails';
  const connectors = `${platform.connectUrl}/connectors`;
  const connect: ClusterConnect = { urls: [platform.connectUrl], allowHttp: true, auth: { kind: 'none' } };

  it('tell that a task failed, and why', async () => {
    const config = {
      'connector.class': 'org.apache.kafka.connect.file.FileStreamSinkConnector',
      'tasks.max': '1',
      topics: 'sources-connect',
      file: '/nowhere/at/all.txt',
    };
    await ask(`${connectors}/${name}/config`, 'PUT', JSON.stringify(config));
    try {
      const failed = () =>
        connectorsOf(clusterId)?.connectors.find((one) => one.name === name)?.tasks[0]?.failure;
      const isSeen = await waitUntil(
        async () => {
          await pollConnect(clusterId, connect, {}, signal);
          return Boolean(failed());
        },
        { timeoutMs: 30_000 },
      );
      expect(isSeen).toBe(true);
      expect(failureLine(failed()!)).toMatch('/nowhere/at/all.txt');
      const own = offeredPoints(clusterId).filter((point) => point.name === name);
      expect(own).toEqual([
        { kind: 'connector.state', name, value: 1 },
        { kind: 'connector.tasks-running', name, value: 0 },
        { kind: 'connector.tasks-failed', name, value: 1 },
      ]);
    } finally {
      await ask(`${connectors}/${name}`, 'DELETE');
    }
  });
});

describe('certificates of real brokers', () => {
  it('tell the days until the first ends', async () => {
    const connection = {
      bootstrap: hostPorts(platform.sslBootstrap),
      tls: {
        enabled: true,
        ca: platform.tls.authority(),
        certificate: platform.tls.clientCertificate('admin'),
      },
      sasl: { mechanism: 'none' as const },
    };
    const brokers = connection.bootstrap.map((place, i) => ({ id: brokerIds[i]!, ...place }));
    const secrets = { privateKey: platform.tls.clientKey('admin') };
    await checkCertificates(clusterId, connection, secrets, brokers, signal);
    const known = certificatesOf(clusterId);
    expect(known.map(({ of }) => of)).toEqual(
      expect.arrayContaining(['client', { broker: 1 }, { broker: 3 }]),
    );
    const days = offeredPoints(clusterId).find(({ kind }) => kind === 'cluster.certificate-days')?.value;
    expect(days).toBeGreaterThan(0);
    expect(days).toBeCloseTo((Date.parse(known[0]!.validTo) - Date.now()) / 86_400_000, 2);
  });
});
