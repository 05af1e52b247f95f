import { afterEach, beforeEach, expect } from 'vitest';
import { createKafkaClient, type KafkaClient } from '#lib/gateways/kafka/client.ts';
import type { HostPort } from '#lib/model/cluster.ts';
import { type FakeCluster, type FakeSettings, startFakeCluster } from './fake-broker.ts';
import { anyAddress } from './kafka-client.ts';

/**
 * For suites of faults: makes fake clusters and clients, ends them after each test, and fails a test in which anything
 * was thrown where nobody could catch it, as out of a socket handler.
 */
export function fakeHarness() {
  const clusters: FakeCluster[] = [];
  const clients: KafkaClient[] = [];
  const thrown: unknown[] = [];
  const onThrown = (error: unknown) => thrown.push(error);

  beforeEach(() => {
    thrown.length = 0;
    process.on('unhandledRejection', onThrown);
    process.on('uncaughtExceptionMonitor', onThrown);
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
    process.off('unhandledRejection', onThrown);
    process.off('uncaughtExceptionMonitor', onThrown);
    expect(thrown).toEqual([]);
  });

  const clientOf = (bootstrap: HostPort[], checkAddress = anyAddress): KafkaClient => {
    const client = createKafkaClient({
      name: 'fake',
      connection: { bootstrap, tls: { enabled: false }, sasl: { mechanism: 'none' } },
      secrets: {},
      checkAddress,
    });
    clients.push(client);
    return client;
  };

  return {
    clientOf,
    async start(settings: FakeSettings = {}): Promise<{ cluster: FakeCluster; client: KafkaClient }> {
      const cluster = await startFakeCluster(settings);
      clusters.push(cluster);
      return { cluster, client: clientOf(cluster.bootstrap) };
    },
  };
}
