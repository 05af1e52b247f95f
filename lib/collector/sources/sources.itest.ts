import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformHandle } from '#platform/handle.ts';
import { brokerIds } from '#platform/settings.ts';
import { forgetTicks, offeredPoints } from '../ticks.ts';
import { EndpointPoller } from './poll-endpoints.ts';
import { sourceHealth } from './source-health.ts';

const clusterId = 'sources';
const signal = new AbortController().signal;
const platform = platformHandle();
const nobodyThere = `http://127.0.0.1:${platform.settings.basePort + 99}/metrics`;

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
