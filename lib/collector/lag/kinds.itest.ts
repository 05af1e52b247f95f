import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeGroups } from '#lib/gateways/kafka/describe-groups.ts';
import { listAllGroups } from '#lib/gateways/kafka/list-groups.ts';
import { type GroupMemberHandle, joinGroup } from '#lib/testing/group-member.ts';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import type { PartName } from '../pace.ts';
import { topicOfPartition } from '../reuse-names.ts';
import { sampleCluster } from '../sample.ts';
import { emptySnapshot, type Snapshot } from '../snapshot.ts';

/** Share groups, groups of the newer protocol and their rebalances, as Kafka's own tools see them. */

const prefix = `lag-kinds-${process.pid}`;
const topic = `${prefix}.orders`;
const platform = platformHandle();
const fixture = openFixture(platform.bootstrap);
const client = testKafkaClient();
const parts = new Set<PartName>(['offsets', 'groups', 'starts']);
const members: GroupMemberHandle[] = [];

let snapshot: Snapshot = emptySnapshot('test');
const until = (isSo: () => void) =>
  vi.waitFor(
    async () => {
      snapshot = await sampleCluster(client, snapshot, parts, AbortSignal.timeout(60_000));
      isSo();
    },
    { timeout: 50_000, interval: 200 },
  );

beforeAll(async () => {
  await fixture.createTopic(topic, { partitions: 2 });
  await fixture.produce(
    topic,
    Array.from({ length: 40 }, (_, i) => ({ value: `record ${i}`, partition: i % 2 })),
  );
});

afterAll(async () => {
  await Promise.all(members.map((member) => member.leave()));
  await vi.waitFor(() => fixture.deleteGroups(`connect-${prefix}`), { timeout: 20_000, interval: 500 });
  await vi.waitFor(() => fixture.deleteGroups(prefix), { timeout: 20_000, interval: 500 });
  await fixture.deleteTopics(prefix);
  await client.close();
});

/** Start offset and lag of each partition of a share group, as Kafka's own tool tells them. */
async function shareTool(groupId: string): Promise<Map<number, { start: string; lag: string }>> {
  const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.group.ShareGroupCommand', [
    ...['--describe', '--offsets', '--group', groupId],
  ]);
  return new Map(
    stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((cells) => cells[0] === groupId && cells[1] === topic)
      .map(([, , partition, start, lag]) => [Number(partition), { start: start!, lag: lag! }] as const),
  );
}

describe('kinds of groups', () => {
  it('a share group stands where its delivery begins, with the lag that Kafka’s tool tells', async () => {
    const groupId = `${prefix}-share`;
    // A share group begins at the end unless it is told otherwise.
    await platform.cli('kafka.admin.ConfigCommand', [
      ...['--alter', '--group', groupId, '--add-config', 'share.auto.offset.reset=earliest'],
    ]);
    await platform.cli('org.apache.kafka.tools.consumer.ConsoleShareConsumer', [
      ...['--topic', topic, '--group', groupId, '--max-messages', '10', '--timeout-ms', '20000'],
    ]);
    await until(() => expect(snapshot.groupOffsets.value!.get(groupId)?.rows).toHaveLength(2));
    const offsets = snapshot.groupOffsets.value!.get(groupId)!;
    const metadata = snapshot.metadata.value!;
    const theirs = await shareTool(groupId);
    expect(theirs.size).toBe(2);
    offsets.rows.forEach((row, i) => {
      expect(metadata.names[topicOfPartition(metadata, row)]).toBe(topic);
      const { start, lag } = theirs.get(metadata.partition[row]!)!;
      expect(offsets.committed[i]!.toString()).toBe(start);
      const done = offsets.doneAhead![i]!;
      expect(String(offsets.lag[i]! - (done > 0n ? done : 0n))).toBe(lag);
    });
    expect(snapshot.lag.sumOf(groupId)?.lag).toBeGreaterThan(0);
  });

  it('a second member is a rebalance of a classic group, and its partitions are told', async () => {
    const groupId = `${prefix}-classic`;
    const join = async () =>
      members.push(
        await joinGroup({
          bootstrap: platform.bootstrap,
          groupId,
          topic,
          allowed: Number.POSITIVE_INFINITY,
        }),
      );
    await join();
    await until(() => expect(snapshot.members.membersOf(groupId)).toBe(1));
    await join();
    await until(() => expect(snapshot.members.membersOf(groupId)).toBe(2));
    await until(() => {
      expect(snapshot.members.countOf(groupId, Date.now())).toBeGreaterThanOrEqual(1);
      expect(snapshot.members.seenOf(groupId)[0]?.words).toContain('joined');
    });
  });

  it('workers of Connect tell the connectors and tasks that they run', async () => {
    const name = `${prefix}-sink`;
    const connector = `${platform.connectUrl}/connectors/${name}`;
    const config = {
      'connector.class': 'org.apache.kafka.connect.file.FileStreamSinkConnector',
      ...{ topics: topic, file: '/dev/null', 'tasks.max': '1' },
    };
    await fetch(`${connector}/config`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(config),
    });
    try {
      const { groups } = await listAllGroups(client);
      const workers = groups.filter(({ protocolType }) => protocolType === 'connect');
      await vi.waitFor(
        async () => {
          const described = await describeGroups(client, workers);
          const runs = described.flatMap((group) =>
            group.members.flatMap((member) => member.connectors ?? []),
          );
          expect(runs.filter((run) => run.connector === name)).toEqual([{ connector: name, tasks: [-1, 0] }]);
        },
        { timeout: 50_000, interval: 500 },
      );
      expect(snapshot.lag.sumOf(workers[0]!.groupId)?.worst ?? null).toBeNull();
    } finally {
      await fetch(connector, { method: 'DELETE' });
    }
  });
});
