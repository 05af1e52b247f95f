import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { createTopics } from './create-topics.ts';
import { deleteTopics } from './delete-topics.ts';
import { describeGroups } from './describe-groups.ts';
import { listAllGroups } from './list-groups.ts';
import { readTopic } from './read-metadata.ts';

/** Groups of every kind that this platform can run, each described as what it is. */

const prefix = `gw.groups.${process.pid}`;
const topic = `${prefix}.topic`;
const platform = platformHandle();
const client = testKafkaClient();
const running: Promise<unknown>[] = [];

/** A consumer that reads nothing for as long as the timeout, in the background. */
function startConsumer(className: string, args: string[]): void {
  running.push(
    platform.cli(className, ['--topic', topic, ...args, '--timeout-ms', '15000']).catch(() => undefined),
  );
}

beforeAll(async () => {
  await createTopics(client, [{ topic, partitions: 4, replicationFactor: 1, configs: {} }]);
  await vi.waitFor(async () => expect((await readTopic(client, topic)).partition.length).toBe(4), 10_000);
  const console_ = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
  startConsumer(console_, ['--group', `${prefix}.classic`, '--command-property', 'client.id=classic-1']);
  startConsumer(console_, ['--group', `${prefix}.consumer`, '--command-property', 'group.protocol=consumer']);
  startConsumer('org.apache.kafka.tools.consumer.ConsoleShareConsumer', ['--group', `${prefix}.share`]);
});

afterAll(async () => {
  await Promise.all(running);
  await deleteTopics(client, [{ topic }]);
  await client.close();
});

const described = async (name: string) =>
  (await describeGroups(client, [{ groupId: `${prefix}.${name}` }]))[0];
const allPartitions = [{ topic, partitions: [0, 1, 2, 3] }];

describe('groups are described with the API of their kind', () => {
  it('classic, consumer (KIP-848) and share (KIP-932), with members and what they read', async () => {
    for (const type of ['classic', 'consumer', 'share'] as const) {
      await vi.waitFor(
        async () => {
          const group = await described(type);
          expect(group?.members.length).toBe(1);
          expect(group?.members[0]?.assigned).toEqual(allPartitions);
        },
        { timeout: 40_000, interval: 250 },
      );
    }
    expect(await described('classic')).toMatchObject({
      type: 'classic',
      state: 'Stable',
      protocolType: 'consumer',
      assignor: 'range',
      epoch: null,
      error: null,
      members: [{ clientId: 'classic-1', epoch: null, target: null }],
    });
    const consumer = await described('consumer');
    expect(consumer).toMatchObject({ type: 'consumer', state: 'Stable', assignor: 'uniform', error: null });
    expect(consumer?.epoch).toBeGreaterThan(0);
    expect(consumer?.members[0]).toMatchObject({ target: null, epoch: consumer?.epoch });
    expect(consumer?.members[0]?.host).toContain('127.0.0.1');
    expect(await described('share')).toMatchObject({ type: 'share', state: 'Stable', error: null });
  });

  it('many at once, with kinds that were listed; one that is not there hurts no other', async () => {
    const { groups } = await listAllGroups(client);
    const all = await describeGroups(client, [...groups, { groupId: `${prefix}.nowhere`, type: 'consumer' }]);
    const byId = new Map(all.map((group) => [group.groupId, group]));
    expect(byId.get(`${prefix}.nowhere`)?.error?.code).toBe('group.not-found');
    for (const { groupId, type } of groups) {
      expect([groupId, byId.get(groupId)?.type, byId.get(groupId)?.error ?? null]).toEqual([
        groupId,
        type,
        null,
      ]);
    }
    const connect = all.find((group) => group.protocolType === 'connect');
    expect(connect?.members.every((member) => member.assigned.length === 0)).toBe(true);
    expect(connect?.members.length).toBeGreaterThan(0);
  });
});
