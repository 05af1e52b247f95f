import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResetOffsetsPlan, ResetTarget } from '#lib/model/offset-reset.ts';
import { groupSuite, shellWords } from '#lib/testing/group-suite.ts';
import { planRead } from '#lib/testing/plan-read.ts';
import { act, ask, clusterId, plan, refused } from '#lib/testing/topic-suite.ts';
import { listResets } from './list-resets.ts';
import { planResetOffsets, resetOffsets } from './reset-offsets.ts';
import { undoReset } from './undo-reset.ts';

/** Positions of real groups are moved and put back, with Kafka's own tool as judge. */
const suite = groupSuite('reset');

const planned = (groupId: string, target: ResetTarget, more: { topics?: ResetTopics } = {}) =>
  plan(planResetOffsets, { clusterId, groupId, topics: null, target, withRecords: false, ...more });
type ResetTopics = { topic: string; partitions: number[] | null }[];

const inputOf = ({ groupId, positions, words, digest, typed }: ResetOffsetsPlan) => ({
  ...{ clusterId, groupId, positions, words, digest },
  typed: typed ?? '',
});
const apply = async (seen: ResetOffsetsPlan) => act(resetOffsets, inputOf(seen));

/** Where a plan leads: `topic/partition` → offset, with what stays. */
const leadsTo = ({ moves, kept }: ResetOffsetsPlan): Record<string, string | null> =>
  Object.fromEntries([
    ...kept.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]),
    ...moves.map(({ topic, partition, to }) => [`${topic}/${partition}`, to]),
  ]);

/** What Kafka's tool would do by the plan's own command line, as its export says. */
async function dryRun(seen: ResetOffsetsPlan): Promise<Record<string, string>> {
  const [, ...words] = shellWords(seen.sameAs.commandLine.replace('--execute', '--dry-run'));
  const { file } = seen.sameAs;
  const path = join(tmpdir(), `positions-${process.pid}.csv`);
  if (file) writeFileSync(path, file.text);
  const args = words.map((word) => (file && word === file.name ? path : word));
  const csv = await suite.groupsTool([...args, '--export']);
  const rows = csv
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  return Object.fromEntries(
    rows
      .filter((row) => row.length === 3)
      .map(([topic, partition, offset]) => [`${topic}/${partition}`, offset!]),
  );
}

describe('where a reset leads', () => {
  let topic: string;
  let groupId: string;
  let between: number;

  beforeAll(async () => {
    topic = await suite.create('many-ways');
    await suite.write(topic, 6);
    between = Date.now();
    await suite.write(topic, 4);
    groupId = await suite.standing('many-ways', topic, [5n, 0n, 9n]);
  });

  it.each<[string, () => ResetTarget]>([
    ['the start', () => ({ kind: 'start' })],
    ['the end', () => ({ kind: 'end' })],
    ['an offset', () => ({ kind: 'offset', offset: '7' })],
    ['an offset past the end', () => ({ kind: 'offset', offset: '5000' })],
    ['a time', () => ({ kind: 'time', timeMs: between })],
    ['a time past the end', () => ({ kind: 'time', timeMs: Date.now() + 3_600_000 })],
    ['three records further', () => ({ kind: 'shift', by: '+3' })],
    ['six records back', () => ({ kind: 'shift', by: '-6' })],
    ['positions of a file', () => ({ kind: 'file', text: `${topic},0,2\n${topic},2,77` })],
  ])(
    'is where Kafka’s own tool would put the group, by the command line that the plan shows: %s',
    async (_, of) => {
      const target = of();
      const seen = await planned(groupId, target);
      const tool = await dryRun(seen);
      // A file names some partitions only; what the plan leaves is not among what the tool says then.
      expect(leadsTo(seen)).toMatchObject(tool);
      expect(Object.keys(tool).length).toBe(target.kind === 'file' ? 2 : 3);
      expect(await suite.stands(groupId)).toEqual({
        [`${topic}/0`]: '5',
        [`${topic}/1`]: '0',
        [`${topic}/2`]: '9',
      });
    },
  );

  it('says what is read again, what is skipped, what is behind then, and what was drawn into the log', async () => {
    const topic = await suite.create('said');
    await suite.write(topic, 10);
    const groupId = await suite.standing('said', topic, [4n, 6n, 10n]);
    const back = await planned(groupId, { kind: 'shift', by: '-5' });
    expect(back.moves).toMatchObject([
      { partition: 1, from: '6', to: '1', delta: '-5', asked: null, reread: '5', lagMessages: '9' },
      { partition: 2, from: '10', to: '5', delta: '-5', asked: null, reread: '5', lagMessages: '5' },
      { partition: 0, from: '4', to: '0', delta: '-4', asked: '-1', reread: '4', lagMessages: '10' },
    ]);
    expect(back.totals).toEqual({ reread: '14', skipped: '0', clamped: 1 });
    const ahead = await planned(groupId, { kind: 'end' });
    expect(ahead.totals).toEqual({ reread: '0', skipped: '10', clamped: 0 });
    expect(ahead.kept).toMatchObject([{ partition: 2, why: 'It stands there already.' }]);
    const some = await planned(groupId, { kind: 'start' }, { topics: [{ topic, partitions: [1] }] });
    expect(some.moves).toMatchObject([{ partition: 1, to: '0' }]);
    expect(some.sameAs.commandLine).toContain(`--topic ${topic}:1 --to-earliest --execute`);
  });

  it('takes over where another group stands, in the topics that this one reads', async () => {
    const [topic, other] = [await suite.create('taken'), await suite.create('not-taken')];
    await suite.write(topic, 5);
    const groupId = await suite.standing('takes', topic, [0n, 0n, 0n]);
    const ahead = await suite.standing('ahead', topic, [3n, 4n]);
    await suite.commit(ahead, other, [0n]);
    const seen = await planned(groupId, { kind: 'group', groupId: ahead });
    expect(leadsTo(seen)).toEqual({ [`${topic}/0`]: '3', [`${topic}/1`]: '4', [`${topic}/2`]: '0' });
    expect(seen.kept).toMatchObject([{ partition: 2, why: `${ahead} has committed nothing here.` }]);
    expect(await dryRun(seen)).toEqual({ [`${topic}/0`]: '3', [`${topic}/1`]: '4' });
  });

  it('shows the record that is read next', async () => {
    const topic = await suite.create('next');
    for (const [key, value] of [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ] as const)
      await suite.client.produce({
        topic,
        key: Buffer.from(key),
        value: Buffer.from(value),
        headers: [],
        partition: 0,
      });
    const groupId = await suite.standing('next', topic, [0n]);
    const input = { clusterId, groupId, topics: null };
    const seen = await planRead({ ...input, target: { kind: 'shift', by: '+1' } });
    expect(seen.moves[0]?.next).toMatchObject({ kind: 'record', offset: '1', key: 'b', isKeyMasked: false });
    const end = await planRead({ ...input, target: { kind: 'end' } });
    expect(end.moves[0]?.next).toEqual({ kind: 'end' });
  });
});

describe('moving positions', () => {
  it('puts the group where the plan said, as Kafka’s tool confirms, and back by one click', async () => {
    const topic = await suite.create('moved');
    await suite.write(topic, 8);
    const groupId = await suite.standing('moved', topic, [2n, 5n]);
    const before = await suite.stands(groupId);
    const seen = await planned(groupId, { kind: 'start' }, { topics: [{ topic, partitions: null }] });
    expect(seen.typed).toBe(groupId);
    const untyped = await refused(resetOffsets, { ...inputOf(seen), typed: 'something' });
    expect(untyped.fields?.typed).toBe(`Type ${groupId} to confirm.`);
    await suite.write(topic, 1);
    const { value, audit } = await apply(seen);
    expect(value).toMatchObject({ moved: 3, failures: [], raised: 0 });
    expect(audit).toMatchObject({ action: 'group.reset-offsets', targetId: groupId, outcome: 'succeeded' });
    const after = { [`${topic}/0`]: '0', [`${topic}/1`]: '0', [`${topic}/2`]: '0' };
    expect(await suite.describedByTool(groupId)).toEqual(after);
    const [kept] = (await ask(listResets, { clusterId, groupId })).resets;
    expect(kept).toMatchObject({
      words: 'to the start',
      partitions: 3,
      topics: [topic],
      undo: 'click',
      why: null,
    });

    const undone = await act(undoReset, { clusterId, groupId, resetId: kept!.resetId });
    expect(undone.value).toMatchObject({ moved: 3, failures: [] });
    // Partition 2 had no committed offset before, and has none again.
    expect(await suite.describedByTool(groupId)).toMatchObject(before);
    expect(await suite.stands(groupId)).toEqual(before);
    const again = await refused(undoReset, { clusterId, groupId, resetId: kept!.resetId });
    expect(again.code).toBe('reset.undone');
    const { resets } = await ask(listResets, { clusterId, groupId });
    expect(resets).toMatchObject([
      { verb: 'group.undo-reset', undo: 'click' },
      { verb: 'group.reset-offsets', undo: 'done' },
    ]);
  });

  it('is refused when the group has moved since the plan, also by Kafka’s own tool', async () => {
    const topic = await suite.create('overtaken');
    await suite.write(topic, 6);
    const groupId = await suite.standing('overtaken', topic, [1n, 1n, 1n]);
    const seen = await planned(groupId, { kind: 'end' });
    await suite.groupsTool([
      ...['--group', groupId, '--reset-offsets', '--topic', `${topic}:1`],
      ...['--to-offset', '4', '--execute'],
    ]);
    expect((await refused(resetOffsets, inputOf(seen))).code).toBe('plan.moved');
    expect(await suite.stands(groupId)).toMatchObject({ [`${topic}/0`]: '1', [`${topic}/1`]: '4' });
    const changed = { ...inputOf(seen), positions: [{ topic, partitions: [0], offsets: ['3'] }] };
    expect((await refused(resetOffsets, changed)).code).toBe('plan.moved');
  });

  it('is undone by a plan once the group has moved on', async () => {
    const topic = await suite.create('moved-on');
    await suite.write(topic, 9);
    const groupId = await suite.standing('moved-on', topic, [6n, 6n, 6n]);
    const { value } = await apply(await planned(groupId, { kind: 'start' }));
    await suite.commit(groupId, topic, [2n, 0n, 0n]);
    const { resetId } = value;
    expect((await ask(listResets, { clusterId, groupId })).resets).toMatchObject([
      {
        resetId,
        undo: 'plan',
        why: 'Not by one click: it has committed other positions on one partition since.',
      },
    ]);
    const problem = await refused(undoReset, { clusterId, groupId, resetId });
    expect(problem).toMatchObject({
      code: 'group.moved',
      what: expect.stringContaining('on one partition since'),
    });
    const back = await planned(groupId, { kind: 'saved', resetId });
    expect(back.moves).toMatchObject([
      { partition: 1, from: '0', to: '6', skipped: '6' },
      { partition: 2, from: '0', to: '6', skipped: '6' },
      { partition: 0, from: '2', to: '6', skipped: '4' },
    ]);
    await apply(back);
    expect(await suite.stands(groupId)).toEqual({
      [`${topic}/0`]: '6',
      [`${topic}/1`]: '6',
      [`${topic}/2`]: '6',
    });
  });

  it('is refused while a member lives, which is named, and done when it has gone', async () => {
    const topic = await suite.create('alive');
    await suite.write(topic, 4);
    const groupId = await suite.standing('alive', topic, [2n, 2n, 2n]);
    const empty = await planned(groupId, { kind: 'start' });
    expect(empty).toMatchObject({ blocked: null, members: [] });
    const member = await suite.member(groupId, topic, 'planner-1');
    const seen = await planned(groupId, { kind: 'start' });
    expect(seen.members).toMatchObject([
      { clientId: 'planner-1', host: expect.stringMatching(/127\.0\.0\.1/) },
    ]);
    expect(seen.blocked).toContain('One member must stop first.');
    for (const late of [seen, empty]) {
      const problem = await refused(resetOffsets, inputOf(late));
      expect(problem.code).toBe('group.active');
      expect(problem.what).toMatch(/Member: planner-1 on 127\.0\.0\.1/);
    }
    expect(await suite.stands(groupId)).toMatchObject({ [`${topic}/0`]: '2' });
    await member.disconnect();
    await expect
      .poll(async () => (await planned(groupId, { kind: 'start' })).blocked, { timeout: 20_000 })
      .toBeNull();
    expect((await apply(await planned(groupId, { kind: 'start' }))).value.moved).toBe(3);
    expect(await suite.stands(groupId)).toMatchObject({ [`${topic}/0`]: '0', [`${topic}/2`]: '0' });
  });

  it('makes a group that does not exist yet, and takes it away again', async () => {
    const topic = await suite.create('born');
    await suite.write(topic, 3);
    const groupId = suite.group('born');
    const nothing = await refused(planResetOffsets, {
      clusterId,
      groupId,
      topics: null,
      target: { kind: 'end' },
    });
    expect(nothing.fields?.topics).toBe(`Group ${groupId} has committed nothing yet. Choose topics.`);
    const seen = await planned(groupId, { kind: 'end' }, { topics: [{ topic, partitions: null }] });
    expect(seen.notes).toEqual([`Kafka knows no group ${groupId}: it is made.`]);
    const { value } = await apply(seen);
    expect(await suite.describedByTool(groupId)).toMatchObject({ [`${topic}/0`]: '3' });
    await act(undoReset, { clusterId, groupId, resetId: value.resetId });
    expect(await suite.stands(groupId)).toEqual({});
  });
});
