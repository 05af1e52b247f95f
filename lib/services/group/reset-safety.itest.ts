import { describe, expect, it } from 'vitest';
import { pool } from '#lib/gateways/database/client.ts';
import { createMaskPolicy } from '#lib/gateways/database/masking-policies.ts';
import { purgeOffsetBackups } from '#lib/gateways/database/offset-backups.ts';
import { deleteRecords } from '#lib/gateways/kafka/delete-records.ts';
import { deleteTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { NewMaskPolicy } from '#lib/model/mask.ts';
import type { ResetTarget } from '#lib/model/offset-reset.ts';
import { groupSuite } from '#lib/testing/group-suite.ts';
import { hostPorts } from '#lib/testing/kafka-client.ts';
import { planRead } from '#lib/testing/plan-read.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import { act, ask, clusterId, plan, refused } from '#lib/testing/topic-suite.ts';
import { listResets } from './list-resets.ts';
import { planResetOffsets, resetOffsets } from './reset-offsets.ts';
import { undoReset } from './undo-reset.ts';

/** What happens beside a reset: retention, topics made anew, masks, the read-only switch, the end of what is kept. */
const suite = groupSuite('safety');

const planned = (groupId: string, target: ResetTarget, on = clusterId) =>
  plan(planResetOffsets, { clusterId: on, groupId, topics: null, target, withRecords: false });
const reset = async (groupId: string, target: ResetTarget) => {
  const { positions, words, digest } = await planned(groupId, target);
  return act(resetOffsets, { clusterId, groupId, positions, words, digest, typed: groupId });
};

describe('a reset', () => {
  it('goes no further back than retention has left, neither when done nor when undone', async () => {
    const topic = await suite.create('shrinking');
    await suite.write(topic, 10);
    const groupId = await suite.standing('shrinking', topic, [2n, 8n]);
    const seen = await planned(groupId, { kind: 'start' });
    await deleteRecords(suite.client, topic, new Map([[0, 5n]]));
    const { positions, words, digest } = seen;
    const done = await act(resetOffsets, { clusterId, groupId, positions, words, digest, typed: groupId });
    expect(done.value).toMatchObject({ moved: 2, raised: 1 });
    expect(await suite.stands(groupId)).toEqual({ [`${topic}/0`]: '5', [`${topic}/1`]: '0' });
    const undone = await act(undoReset, { clusterId, groupId, resetId: done.value.resetId });
    expect(undone.value).toMatchObject({ moved: 2, raised: 1 });
    expect(await suite.stands(groupId)).toEqual({ [`${topic}/0`]: '5', [`${topic}/1`]: '8' });
  });

  it('is not undone on a topic that was made anew under the same name', async () => {
    const topic = await suite.create('renewed');
    await suite.write(topic, 4);
    const groupId = await suite.standing('renewed', topic, [3n]);
    const { resetId } = (await reset(groupId, { kind: 'start' })).value;
    await deleteTopics(suite.client, [{ topic }]);
    await expect.poll(() => suite.exists(topic)).toBe(false);
    await suite.create('renewed');
    await suite.write(topic, 4);
    await suite.commit(groupId, topic, [0n]);
    const problem = await refused(undoReset, { clusterId, groupId, resetId });
    expect(problem).toMatchObject({
      code: 'group.moved',
      what: expect.stringContaining('deleted or made anew'),
    });
    const back = await planned(groupId, { kind: 'saved', resetId });
    expect(back.moves).toEqual([]);
    expect(back.kept[0]?.why).toContain('made anew since');
  });

  it('shows the next record as its reader may see it, and the audit says that it was read', async () => {
    const topic = await suite.create('masked');
    await suite.client.produce({
      topic,
      key: Buffer.from('4111-1111'),
      value: Buffer.from('x'),
      headers: [],
      partition: 0,
    });
    const groupId = await suite.standing('masked', topic, [1n]);
    const rules = [{ side: 'key', select: 'whole', action: 'hide' }];
    await createMaskPolicy('hide-keys', NewMaskPolicy.parse({ name: 'Keys', topicPattern: topic, rules }));
    const seen = await planRead({ clusterId, groupId, topics: null, target: { kind: 'start' } });
    expect(seen.moves[0]?.next).toMatchObject({ kind: 'record', offset: '0', isKeyMasked: true });
    expect(JSON.stringify(seen)).not.toContain('4111');
    const { rows } = await pool().query(
      `SELECT * FROM audit_events WHERE target_id = $1 AND action = 'message.list'`,
      [topic],
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).toContain('next record of an offset reset');
    expect(JSON.stringify(rows)).not.toContain('4111');
  });

  it('is planned and refused on a read-only cluster, and needs no typing outside of production', async () => {
    const topic = await suite.create('switch');
    await suite.write(topic, 2);
    const groupId = await suite.standing('switch', topic, [2n]);
    const bootstrap = hostPorts(suite.platform.bootstrap);
    await registerSampleCluster({ id: 'locked', bootstrap, readOnly: true });
    const seen = await planned(groupId, { kind: 'start' }, 'locked');
    expect(seen).toMatchObject({ typed: null, isReadOnly: true, moves: [{ to: '0' }] });
    expect(seen.blocked).toContain('is read-only in Millrace.');
    const { positions, words, digest } = seen;
    const input = { clusterId: 'locked', groupId, positions, words, digest };
    expect((await refused(resetOffsets, input)).code).toBe('cluster.read-only');
    expect(await suite.stands(groupId)).toEqual({ [`${topic}/0`]: '2' });
  });

  it('is refused with positions that no plan gives', async () => {
    const topic = await suite.create('odd');
    await suite.write(topic, 2);
    const groupId = await suite.standing('odd', topic, [2n]);
    const { words, digest } = await planned(groupId, { kind: 'start' });
    const send = (positions: { topic: string; partitions: number[]; offsets: string[] }[]) =>
      refused(resetOffsets, { clusterId, groupId, positions, words, digest, typed: groupId });
    for (const odd of [
      [{ topic, partitions: [0, 1], offsets: ['0'] }],
      [{ topic, partitions: [0, 0], offsets: ['0', '1'] }],
    ])
      expect((await send(odd)).fields?.positions).toBe('Send the positions as the plan has them.');
    expect((await send([{ topic, partitions: [0], offsets: ['1'] }])).code).toBe('plan.moved');
  });

  it('is kept for thirty days and no longer', async () => {
    const topic = await suite.create('aged');
    await suite.write(topic, 2);
    const groupId = await suite.standing('aged', topic, [2n]);
    const [old, young] = [await reset(groupId, { kind: 'start' }), await reset(groupId, { kind: 'end' })];
    const age = (id: string, days: number) =>
      pool().query('UPDATE offset_backups SET taken_at = now() - make_interval(days => $2) WHERE id = $1', [
        id,
        days,
      ]);
    await age(old.value.resetId, 31);
    await age(young.value.resetId, 29);
    await purgeOffsetBackups();
    const { resets } = await ask(listResets, { clusterId, groupId });
    expect(resets.map(({ resetId }) => resetId)).toEqual([young.value.resetId]);
    const gone = await refused(undoReset, { clusterId, groupId, resetId: old.value.resetId });
    expect(gone.code).toBe('reset.not-found');
  });
});
