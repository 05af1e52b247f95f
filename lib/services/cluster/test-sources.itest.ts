import { beforeAll, describe, expect, it } from 'vitest';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { deleteTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import { ClusterConnection } from '#lib/model/cluster.ts';
import { plaintextConnection, testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { waitUntil } from '#platform/machine/wait.ts';
import { brokerIds } from '#platform/settings.ts';
import { testSources } from './test-sources.ts';

const platform = platformHandle();
const signal = new AbortController().signal;
const open = { allowHttp: true, auth: { kind: 'none' } };
const nobody = `http://127.0.0.1:${platform.settings.basePort + 99}`;
const brokers = platform.jmxUrls.map((url, i) => ({ broker: brokerIds[i], url }));

beforeAll(() => {
  process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8,::1';
});

const test = (beside: object, isConnected = true) =>
  testSources(
    ClusterConnection.parse({ ...plaintextConnection(platform.bootstrap), ...beside }),
    {},
    isConnected,
    signal,
  );

describe('what stands beside the brokers is tried, each in a step', () => {
  it('and is well', async () => {
    const steps = await test({
      metrics: { kind: 'endpoints', brokers, ...open },
      canary: { topic: 'test-sources-canary' },
      connect: { urls: [platform.connectUrl], ...open },
    });
    expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['metrics', 'ok'],
      ['canary', 'ok'],
      ['connect', 'ok'],
    ]);
    expect(steps[0]?.sentence).toMatch(/^All 3 endpoints answer, with \d\d kinds of numbers/);
    expect(steps[1]?.sentence).toBe(
      'The topic test-sources-canary may be created, with a partition for each broker.',
    );
  });

  it('and says what is wrong', async () => {
    const one = [{ broker: 1, url: `${nobody}/metrics` }];
    const [metrics] = await test({ metrics: { kind: 'endpoints', brokers: one, ...open } });
    expect(metrics).toMatchObject({ outcome: 'failed', code: 'source.unreachable' });
    const [some] = await test({
      metrics: { kind: 'endpoints', brokers: [...one, ...brokers.slice(1)], ...open },
    });
    expect(some?.outcome).toBe('warning');
    expect(some?.sentence).toMatch(/^1 of 3 endpoints do not answer\. Broker 1: /);
    const [server] = await test({
      metrics: { kind: 'server', url: nobody, selector: 'job="kafka"', ...open },
    });
    expect(server).toMatchObject({ outcome: 'failed', code: 'source.unreachable' });
    const [connect] = await test({ connect: { urls: [nobody], ...open } });
    expect(connect).toMatchObject({ outcome: 'failed', code: 'source.unreachable' });
  });

  it('and that a topic was not made for a canary', async () => {
    const client = testKafkaClient();
    const topic = 'test-sources-foreign';
    try {
      await createTopics(client, [{ topic, partitions: 1, replicationFactor: 1, configs: {} }]);
      const isThere = () =>
        readTopic(client, topic).then(
          () => true,
          () => false,
        );
      await waitUntil(isThere, { timeoutMs: 20_000 });
      const [canary] = await test({ canary: { topic } });
      expect(canary).toMatchObject({ outcome: 'failed', code: 'canary.foreign-topic' });
    } finally {
      await deleteTopics(client, [{ topic }]);
      await client.close();
    }
  });

  it('but not what needs brokers that are not reached', async () => {
    const template = 'http://{host}:7071/metrics';
    const steps = await test({ metrics: { kind: 'endpoints', template, ...open }, canary: {} }, false);
    expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['metrics', 'skipped'],
      ['canary', 'skipped'],
    ]);
  });
});
