import { describe, expect, it, vi } from 'vitest';
import { groupSuite, shellWords } from '#lib/testing/group-suite.ts';
import { act, ask, clusterId, plan, refused } from '#lib/testing/topic-suite.ts';
import { deleteGroup, planDeleteGroup } from './delete-group.ts';
import { deleteOffsets, planDeleteOffsets } from './delete-offsets.ts';
import { listResets } from './list-resets.ts';
import { lookAtGroup } from './live-group.ts';
import { planResetOffsets, resetOffsets } from './reset-offsets.ts';
import { undoReset } from './undo-reset.ts';

/** Groups and offsets that are taken away, and groups of the newer kinds, on the real cluster. */
const suite = groupSuite('forget');
const waiting = { timeout: 40_000, interval: 250 };
const groupIds = async () => (await suite.groupsTool(['--list'])).trim().split('\n');

describe('deleting a group', () => {
  it('shows what is lost, deletes it, and commits it again by one click', async () => {
    const [topic, other] = [await suite.create('gone-a'), await suite.create('gone-b')];
    await suite.write(topic, 4);
    const groupId = await suite.standing('gone', topic, [1n, 4n]);
    await suite.commit(groupId, other, [0n]);
    const before = await suite.stands(groupId);
    const seen = await plan(planDeleteGroup, { clusterId, groupId });
    expect(seen).toMatchObject({ blocked: null, members: [], typed: groupId, groupState: 'Empty' });
    expect(seen.topics).toEqual(
      [
        { topic, partitions: 2, lagMessages: '3' },
        { topic: other, partitions: 1, lagMessages: '0' },
      ].sort((a, b) => (a.topic < b.topic ? -1 : 1)),
    );
    expect(seen.sameAs.commandLine).toContain(`kafka-consumer-groups`);
    const input = { clusterId, groupId, digest: seen.digest, typed: groupId };
    expect((await refused(deleteGroup, { ...input, typed: '' })).fields?.typed).toContain(groupId);
    const { value, audit } = await act(deleteGroup, input);
    expect(audit).toMatchObject({ action: 'group.delete', targetId: groupId, outcome: 'succeeded' });
    expect(await groupIds()).not.toContain(groupId);
    expect((await refused(deleteGroup, input)).code).toBe('group.not-found');
    await act(undoReset, { clusterId, groupId, resetId: value.resetId! });
    expect(await suite.describedByTool(groupId)).toEqual(before);
  });

  it('is refused when it has moved since the plan, and while members live', async () => {
    const topic = await suite.create('kept');
    await suite.write(topic, 4);
    const groupId = await suite.standing('kept', topic, [1n, 1n, 1n]);
    const seen = await plan(planDeleteGroup, { clusterId, groupId });
    await suite.commit(groupId, topic, [2n]);
    const input = { clusterId, groupId, typed: groupId };
    expect((await refused(deleteGroup, { ...input, digest: seen.digest })).code).toBe('plan.moved');
    const member = await suite.member(groupId, topic, 'keeper');
    const blocked = await plan(planDeleteGroup, { clusterId, groupId });
    expect(blocked.blocked).toContain('One member must stop first.');
    const problem = await refused(deleteGroup, { ...input, digest: blocked.digest });
    expect(problem).toMatchObject({
      code: 'group.active',
      what: expect.stringContaining('keeper on 127.0.0.1'),
    });
    await member.disconnect();
    expect(await groupIds()).toContain(groupId);
  });
});

describe('deleting offsets of topics', () => {
  it('takes them from one topic and leaves the others, also beside members that read another', async () => {
    const [topic, read] = [await suite.create('left'), await suite.create('read')];
    await suite.write(topic, 4);
    const groupId = await suite.standing('forgets', topic, [1n, 2n, 3n]);
    const member = await suite.member(groupId, read, 'reader');
    await suite.groupsTool(['--describe', '--group', groupId]);
    const seen = await plan(planDeleteOffsets, { clusterId, groupId, topics: [topic] });
    expect(seen).toMatchObject({ blocked: null, topics: [{ topic, partitions: 3, lagMessages: '6' }] });
    const input = { clusterId, groupId, topics: [topic], digest: seen.digest, typed: groupId };
    const { value } = await act(deleteOffsets, input);
    expect(value).toMatchObject({ moved: 3, failures: [] });
    expect(await suite.stands(groupId)).toEqual({});
    await member.disconnect();
    await vi.waitFor(async () => {
      const { resets } = await ask(listResets, { clusterId, groupId });
      expect(resets).toMatchObject([{ verb: 'group.delete-offsets', undo: 'click' }]);
    }, waiting);
    await act(undoReset, { clusterId, groupId, resetId: value.resetId });
    expect(await suite.describedByTool(groupId)).toMatchObject({ [`${topic}/0`]: '1', [`${topic}/2`]: '3' });
  });

  it('is refused for a topic that a member reads, and for one it never committed', async () => {
    const topic = await suite.create('is-read');
    await suite.write(topic, 2);
    const groupId = await suite.standing('reads', topic, [1n]);
    const strange = await refused(planDeleteOffsets, { clusterId, groupId, topics: ['nowhere'] });
    expect(strange.fields?.topics).toBe(`Group ${groupId} has no committed offsets of nowhere.`);
    const member = await suite.member(groupId, topic, 'reads-it');
    const seen = await plan(planDeleteOffsets, { clusterId, groupId, topics: [topic] });
    expect(seen.blocked).toContain('One member must stop first.');
    const input = { clusterId, groupId, topics: [topic], digest: seen.digest, typed: groupId };
    expect((await refused(deleteOffsets, input)).what).toContain('reads-it on 127.0.0.1');
    await member.disconnect();
  });
});

/** Partition → offset in a table of Kafka's tool that begins with group, topic, partition, offset. */
const offsetsIn = (table: string, groupId: string): Record<string, string | undefined> =>
  Object.fromEntries(
    table
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([group]) => group === groupId)
      .map(([, , partition, offset]) => [partition, offset]),
  );

describe('groups of the newer kinds', { timeout: 180_000 }, () => {
  const started = (className: string, args: string[]): Promise<unknown> =>
    suite.platform.cli(className, [...args, '--timeout-ms', '12000']).catch(() => undefined);

  it('a group of the consumer protocol (KIP-848) is refused while it lives, and moved when it is empty', async () => {
    const topic = await suite.create('consumer');
    await suite.write(topic, 5);
    const groupId = suite.group('consumer');
    const running = started('org.apache.kafka.tools.consumer.ConsoleConsumer', [
      ...['--topic', topic, '--group', groupId, '--from-beginning'],
      ...['--command-property', 'group.protocol=consumer', '--command-property', 'client.id=newer-1'],
    ]);
    const input = { clusterId, groupId, topics: null, target: { kind: 'start' } as const };
    await vi.waitFor(async () => {
      const { members, committed } = await lookAtGroup(suite.client, groupId);
      expect(members).toMatchObject([{ clientId: 'newer-1' }]);
      expect([...(committed.get(topic)?.values() ?? [])]).toEqual([5n, 5n, 5n]);
    }, waiting);
    const seen = await plan(planResetOffsets, input);
    expect(seen).toMatchObject({ type: 'consumer', members: [{ clientId: 'newer-1' }] });
    const { positions, words, digest } = seen;
    const late = await refused(resetOffsets, {
      clusterId,
      groupId,
      positions,
      words,
      digest,
      typed: groupId,
    });
    expect(late).toMatchObject({
      code: 'group.active',
      what: expect.stringContaining('newer-1 on 127.0.0.1'),
    });
    await running;
    await vi.waitFor(async () => expect((await plan(planResetOffsets, input)).blocked).toBeNull(), waiting);
    const then = await plan(planResetOffsets, input);
    await act(resetOffsets, {
      ...{ clusterId, groupId, positions: then.positions, words: then.words, digest: then.digest },
      typed: groupId,
    });
    expect(await suite.describedByTool(groupId)).toMatchObject({ [`${topic}/0`]: '0', [`${topic}/2`]: '0' });
  });

  it('a share group (KIP-932) begins its delivery elsewhere, and is put back', async () => {
    const topic = await suite.create('shared');
    await suite.write(topic, 5);
    const groupId = suite.group('shared');
    const running = started('org.apache.kafka.tools.consumer.ConsoleShareConsumer', [
      ...['--topic', topic, '--group', groupId],
    ]);
    await vi.waitFor(async () => {
      const { members } = await lookAtGroup(suite.client, groupId);
      expect(members.length).toBe(1);
    }, waiting);
    // Where delivery begins is written down when the first record of a partition is done with.
    await vi.waitFor(async () => {
      await suite.write(topic, 1);
      const { committed } = await lookAtGroup(suite.client, groupId);
      expect(committed.get(topic)?.size).toBe(3);
    }, waiting);
    const input = { clusterId, groupId, topics: null, target: { kind: 'start' } as const };
    const { positions, words, digest, blocked } = await plan(planResetOffsets, input);
    expect(blocked).toContain('One member must stop first.');
    const late = await refused(resetOffsets, {
      clusterId,
      groupId,
      positions,
      words,
      digest,
      typed: groupId,
    });
    expect(late.code).toBe('group.active');
    await running;
    await vi.waitFor(async () => expect((await plan(planResetOffsets, input)).blocked).toBeNull(), waiting);
    const before = (await lookAtGroup(suite.client, groupId)).committed;
    const seen = await plan(planResetOffsets, input);
    expect(seen).toMatchObject({
      type: 'share',
      sameAs: { commandLine: expect.stringContaining('kafka-share-groups') },
    });
    const [, ...toolWords] = shellWords(seen.sameAs.commandLine.replace('--execute', '--dry-run'));
    const dryRun = (
      await suite.platform.cli('org.apache.kafka.tools.consumer.group.ShareGroupCommand', toolWords)
    ).stdout;
    expect(offsetsIn(dryRun, groupId)).toEqual({ 0: '0', 1: '0', 2: '0' });
    const { value } = await act(resetOffsets, {
      ...{ clusterId, groupId, positions: seen.positions, words: seen.words, digest: seen.digest },
      typed: groupId,
    });
    const described = (
      await suite.platform.cli('org.apache.kafka.tools.consumer.group.ShareGroupCommand', [
        ...['--describe', '--offsets', '--group', groupId],
      ])
    ).stdout;
    expect(offsetsIn(described, groupId)).toEqual({ 0: '0', 1: '0', 2: '0' });
    await act(undoReset, { clusterId, groupId, resetId: value.resetId });
    expect((await lookAtGroup(suite.client, groupId)).committed).toEqual(before);

    const lost = await plan(planDeleteOffsets, { clusterId, groupId, topics: [topic] });
    await act(deleteOffsets, { clusterId, groupId, topics: [topic], digest: lost.digest, typed: groupId });
    expect((await lookAtGroup(suite.client, groupId)).committed.size).toBe(0);
  });
});
