import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { createKafkaClient, type KafkaClient } from '#lib/gateways/kafka/client.ts';
import { createTopics } from '#lib/gateways/kafka/create-topics.ts';
import { deleteTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import { plaintextConnection, testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { waitUntil } from '#platform/machine/wait.ts';
import { brokerIds } from '#platform/settings.ts';
import { sourceHealth } from '../sources/source-health.ts';
import { forgetTicks, offeredPoints } from '../ticks.ts';
import { Canary } from './canary.ts';
import { canaryConfigs } from './canary-topic.ts';

const topics = {
  own: 'canary-own',
  grown: 'canary-grown',
  refused: 'canary-refused',
  foreign: 'canary-foreign',
};
const signal = new AbortController().signal;
let client: KafkaClient;

beforeAll(async () => {
  client = testKafkaClient();
  await deleteTopics(
    client,
    Object.values(topics).map((topic) => ({ topic })),
  );
  const areGone = async () => !(await Promise.all(Object.values(topics).map(exists))).includes(true);
  await waitUntil(areGone, { timeoutMs: 20_000 });
});
afterAll(async () => {
  await deleteTopics(
    client,
    Object.values(topics).map((topic) => ({ topic })),
  );
  await client.close();
});

const exists = (topic: string): Promise<boolean> =>
  readTopic(client, topic).then(
    () => true,
    () => false,
  );

/** Turns until the canary offers what is wanted. */
async function turnsUntil(canary: Canary, isDone: () => boolean): Promise<boolean> {
  return waitUntil(
    async () => {
      await canary.turn(signal);
      return isDone();
    },
    { timeoutMs: 30_000 },
  );
}

const measured = (clusterId: string, kind: string, broker: number) =>
  offeredPoints(clusterId).find((point) => point.kind === kind && point.name === String(broker))?.value;

describe('the canary on real brokers', () => {
  it('makes its topic with a partition led by each, and measures the way through each', async () => {
    const canary = new Canary('own', { topic: topics.own, everyMs: 500 }, testKafkaClient(), () => true);
    try {
      const isMeasured = () =>
        brokerIds.every((id) => (measured('own', 'broker.canary-p50', id) ?? Number.NaN) > 0);
      expect(await turnsUntil(canary, isMeasured)).toBe(true);
      for (const id of brokerIds) {
        expect(measured('own', 'broker.canary-availability', id)).toBeGreaterThan(0);
        expect(measured('own', 'broker.canary-max', id)).toBeLessThanOrEqual(5_000);
      }
      const metadata = await readTopic(client, topics.own);
      const preferred = Array.from(
        metadata.partition,
        (_, row) => metadata.replicas[metadata.replicaStart[row]!],
      );
      expect(new Set(preferred)).toEqual(new Set(brokerIds));
    } finally {
      await canary.close();
      forgetTicks('own');
    }
  });

  it('adds partitions for brokers that have none', async () => {
    const wanted = { topic: topics.grown, partitions: null, replicationFactor: null, configs: canaryConfigs };
    const [created] = await createTopics(client, [{ ...wanted, assignments: [[2, 3, 1]] }]);
    expect(created?.error).toBeNull();
    const canary = new Canary('grown', { topic: topics.grown, everyMs: 500 }, testKafkaClient(), () => true);
    try {
      const isMeasured = () =>
        brokerIds.every((id) => (measured('grown', 'broker.canary-p50', id) ?? Number.NaN) > 0);
      expect(await turnsUntil(canary, isMeasured)).toBe(true);
      expect((await readTopic(client, topics.grown)).partition).toHaveLength(brokerIds.length);
    } finally {
      await canary.close();
      forgetTicks('grown');
    }
  });

  it('writes nothing to a topic that was not made for a canary, and leaves it as it is', async () => {
    const wanted = { topic: topics.foreign, partitions: null, replicationFactor: null, configs: {} };
    const [created] = await createTopics(client, [{ ...wanted, assignments: [[2, 3, 1]] }]);
    expect(created?.error).toBeNull();
    await waitUntil(() => exists(topics.foreign), { timeoutMs: 20_000 });
    const settings = { topic: topics.foreign, everyMs: 500 };
    const canary = new Canary('foreign', settings, testKafkaClient(), () => true);
    try {
      const problem = () => sourceHealth('foreign', 'canary').get('')?.problem?.what ?? '';
      expect(await turnsUntil(canary, () => problem() !== '')).toBe(true);
      expect(problem()).toMatch('canary-foreign was not made for a canary');
      expect(offeredPoints('foreign')).toEqual([]);
      const metadata = await readTopic(client, topics.foreign);
      const { columns } = await readOffsets(client, metadata, 'end');
      expect([...columns.offsets]).toEqual([0n]);
    } finally {
      await canary.close();
    }
  });

  it('says of a broker that does not answer that nothing comes back, and of the others how long it takes', async () => {
    const [, , third] = brokerIds;
    const { bootstrap, ports } = platformHandle();
    const flaky = createKafkaClient({
      name: 'flaky',
      connection: plaintextConnection(bootstrap),
      secrets: {},
      checkAddress: async (host, port) => {
        if (port === ports.plaintext(third!)) throw new AppError('kafka.refused', { broker: 'Broker 3' });
        return { address: host };
      },
    });
    const canary = new Canary('flaky', { topic: topics.own, everyMs: 500 }, flaky, () => true);
    try {
      const isSeen = () =>
        brokerIds.every((id) => measured('flaky', 'broker.canary-availability', id) !== undefined);
      expect(await turnsUntil(canary, isSeen)).toBe(true);
      expect(measured('flaky', 'broker.canary-availability', third!)).toBe(0);
      expect(measured('flaky', 'broker.canary-p50', third!)).toBeNaN();
      expect(measured('flaky', 'broker.canary-availability', brokerIds[0]!)).toBe(1);
      expect(sourceHealth('flaky', 'canary').get(String(third))?.problem).not.toBeNull();
    } finally {
      await canary.close();
      forgetTicks('flaky');
    }
  });

  it('writes nothing to a cluster that is read-only, and nothing while another instance measures', async () => {
    const readOnly = testKafkaClient({ isReadOnly: () => true });
    const refused = new Canary('refused', { topic: topics.refused, everyMs: 500 }, readOnly, () => true);
    const waiting = new Canary(
      'waiting',
      { topic: topics.refused, everyMs: 500 },
      testKafkaClient(),
      () => false,
    );
    try {
      await refused.turn(signal);
      await waiting.turn(signal);
      expect(sourceHealth('refused', 'canary').get('')?.problem?.what).toMatch('read-only');
      expect(offeredPoints('refused')).toEqual([]);
      expect(offeredPoints('waiting')).toEqual([]);
      expect(await exists(topics.refused)).toBe(false);
    } finally {
      await refused.close();
      await waiting.close();
    }
  });
});
