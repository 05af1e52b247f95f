import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { createTopics } from './create-topics.ts';
import { deleteTopics } from './delete-topics.ts';
import { readReplicaSizes } from './describe-log-dirs.ts';
import { topicSource } from './fetch-source.ts';
import { listAllGroups } from './list-groups.ts';
import { readOffsets } from './list-offsets.ts';
import { readMetadata, readTopic } from './read-metadata.ts';

/** A real broker is killed, and started again: its own cells are missing meanwhile, and nothing else (F1). */

const topic = `gw.down.${process.pid}`;
const platform = platformHandle();
const client = testKafkaClient();
const main = fileURLToPath(new URL('../../../platform/main.ts', import.meta.url));
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [main, ...args], { env: process.env });
const unhandled: unknown[] = [];
process.on('unhandledRejection', (error) => unhandled.push(error));

beforeAll(async () => {
  await createTopics(client, [{ topic, partitions: 9, replicationFactor: 3, configs: {} }]);
  await vi.waitFor(async () => expect((await readTopic(client, topic)).partition.length).toBe(9), 10_000);
  for (let partition = 0; partition < 9; partition += 1) {
    await client.produce({ topic, partition, key: null, value: Buffer.from(`p${partition}`), headers: [] });
  }
});

afterAll(async () => {
  await run('start-broker', '3');
  await vi.waitFor(async () => expect((await readMetadata(client)).brokers.length).toBe(3), 60_000);
  await deleteTopics(client, [{ topic }]);
  await client.close();
});

describe('broker 3 is killed', () => {
  it('its cells are missing and named, all others are there, and soon the new leaders answer', async () => {
    const before = await readTopic(client, topic);
    const source = topicSource(client, client.openChannel('browse'), topic);
    await source.topic();
    await run('kill-broker', '3');

    const from = performance.now();
    const [offsets, sizes, groups] = await Promise.all([
      readOffsets(client, before, 'end'),
      readReplicaSizes(client, { ...before, brokers: before.brokers }),
      listAllGroups(client),
    ]);
    // Less than the deadline of a call: a dead broker refuses, nobody waits for it.
    expect(performance.now() - from).toBeLessThan(10_000);
    for (const { failures } of [offsets, sizes, groups]) {
      expect(failures.every(({ broker }) => broker === 3)).toBe(true);
    }
    expect(offsets.failures[0]?.error.facts.broker).toContain(String(platform.ports.plaintext(3)));
    before.leader.forEach((leader, row) => {
      expect([leader, offsets.columns.offsets[row]]).toEqual([leader, leader === 3 ? -1n : 1n]);
    });
    for (let r = 0; r < before.replicas.length; r += 1) {
      expect(Number.isNaN(sizes.columns.sizeBytes[r])).toBe(before.replicas[r] === 3);
    }

    await vi.waitFor(
      async () => {
        const now = await readMetadata(client);
        expect(now.brokers.map(({ id }) => id).sort()).toEqual([1, 2]);
        const own = await readTopic(client, topic);
        expect([...own.leader].every((leader) => leader === 1 || leader === 2)).toBe(true);
        const { columns, failures } = await readOffsets(client, own, 'end');
        expect(failures).toEqual([]);
        expect([...columns.offsets].every((offset) => offset === 1n)).toBe(true);
      },
      { timeout: 30_000, interval: 250 },
    );

    const shape = await source.topic({ refresh: true });
    const options = { maxBytes: 1_000_000, isolation: 'read_uncommitted' } as const;
    for (const { partition, leader } of shape.partitions) {
      const [answer] = await source.fetch(leader, [{ partition, offset: 0n, maxBytes: 1_000 }], options);
      expect(answer?.records.includes(`p${partition}`)).toBe(true);
    }
    await expect(client.versions(3)).rejects.toMatchObject({
      code: 'kafka.no-broker',
    });
  });

  it('started again, it is used within seconds and without a storm of attempts', async () => {
    const startedAt = performance.now();
    await run('start-broker', '3');
    await vi.waitFor(
      async () => {
        const metadata = await readMetadata(client);
        expect(metadata.brokers.length).toBe(3);
        const { failures } = await readReplicaSizes(client, metadata);
        expect(failures).toEqual([]);
      },
      { timeout: 60_000, interval: 250 },
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    const address = `127.0.0.1:${platform.ports.plaintext(3)}`;
    const usage = client.usage().find((one) => one.address === address);
    expect(usage?.connectFailures ?? 0).toBeLessThanOrEqual(seconds + 8);
    expect(unhandled).toEqual([]);
  });
});
