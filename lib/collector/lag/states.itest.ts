import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LagState, lagStates } from '#lib/model/lag.ts';
import { commitOffsets } from '#lib/testing/commit-offsets.ts';
import { type GroupMemberHandle, joinGroup, spawnMember } from '#lib/testing/group-member.ts';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import type { PartName } from '../pace.ts';
import { sampleCluster } from '../sample.ts';
import { emptySnapshot, type Snapshot } from '../snapshot.ts';

/** Groups that are made to keep up, fall behind, hang, stop, die and go back; each is told as what it is. */

const prefix = `lag-states-${process.pid}`;
const topic = `${prefix}.orders`;
const { bootstrap } = platformHandle();
const fixture = openFixture(bootstrap);
const client = testKafkaClient();
const parts = new Set<PartName>(['offsets', 'groups', 'starts']);
const groupOf = (name: string) => `${prefix}-${name}`;
const endless = Number.POSITIVE_INFINITY;

const members = new Map<string, GroupMemberHandle>();
let child: ChildProcess;
let snapshot: Snapshot = emptySnapshot('test');

const join = async (name: string, allowed: number) => {
  const member = await joinGroup({ bootstrap, groupId: groupOf(name), topic, allowed });
  members.set(name, member);
};

/** One step of the world: twenty more records, five of them for the slow one, and a reading. */
async function step(): Promise<void> {
  await fixture.produce(
    topic,
    Array.from({ length: 20 }, (_, i) => ({ value: `record ${i}`, partition: 0 })),
  );
  members.get('slow')?.allow(5);
  snapshot = await sampleCluster(client, snapshot, parts, AbortSignal.timeout(60_000));
}

const sumOf = (name: string) => snapshot.lag.sumOf(groupOf(name));
const stateOf = (name: string): LagState | undefined => lagStates[sumOf(name)?.state ?? -1];
const until = (isSo: () => void) =>
  vi.waitFor(
    async () => {
      await step();
      isSo();
    },
    { timeout: 50_000, interval: 50 },
  );

beforeAll(async () => {
  await fixture.createTopic(topic, { partitions: 1 });
  await fixture.produce(
    topic,
    Array.from({ length: 100 }, (_, i) => ({ value: `first ${i}`, partition: 0 })),
  );
  await Promise.all([join('healthy', endless), join('slow', 0), join('hung', 30), join('back', endless)]);
  child = await spawnMember({ bootstrap, groupId: groupOf('killed'), topic });
});

afterAll(async () => {
  child.kill('SIGKILL');
  await Promise.all([...members.values()].map((member) => member.leave()));
  await vi.waitFor(() => fixture.deleteGroups(prefix), { timeout: 20_000, interval: 500 });
  await fixture.deleteTopics(prefix);
  await client.close();
});

describe('groups of a real cluster', () => {
  it('that read along, too slowly, or not at all', async () => {
    await until(() => {
      expect(stateOf('hung')).toBe('stalled');
      expect(stateOf('slow')).toBe('falling-behind');
    });
    await until(() => expect(stateOf('healthy')).toBe('ok'));
    expect(sumOf('slow')).toMatchObject({ catchUp: { kind: 'never' } });
    expect(sumOf('slow')!.producedPerSecond).toBeGreaterThan(sumOf('slow')!.consumedPerSecond);
    expect(sumOf('hung')).toMatchObject({ consumedPerSecond: 0, slowest: { topic, partition: 0 } });
    // It reads about as fast as is written, so its oldest unread record is younger than that of the one that hangs.
    expect(sumOf('hung')!.lagMs).toBeGreaterThan(sumOf('healthy')!.lagMs);
    expect(snapshot.members.membersOf(groupOf('healthy'))).toBe(1);
  });

  it('that hung and reads again: it catches up', async () => {
    members.get('hung')!.allow(endless);
    await until(() => expect(['ok', 'catching-up']).toContain(stateOf('hung')));
    await until(() => expect(sumOf('hung')!.lag).toBeLessThan(100));
  });

  it('that is killed: its members are missed, then it is stopped', async () => {
    await until(() => expect(snapshot.members.membersOf(groupOf('killed'))).toBe(1));
    child.kill('SIGKILL');
    await until(() => expect(stateOf('killed')).toBe('stopped'));
    expect(snapshot.members.membersOf(groupOf('killed'))).toBe(0);
    expect(sumOf('killed')).toMatchObject({ catchUp: { kind: 'never' } });
  });

  it('that is stopped, set back, and started again', async () => {
    await until(() => expect(sumOf('back')!.worst?.measured.movedAt).not.toBeNaN());
    await members.get('back')!.leave();
    members.delete('back');
    await until(() => expect(stateOf('back')).toBe('stopped'));
    await commitOffsets(client, groupOf('back'), topic, [3n]);
    await step();
    expect(stateOf('back')).toBe('rewound');
    await join('back', endless);
    await until(() => expect(stateOf('back')).toBe('ok'));
  });
});
