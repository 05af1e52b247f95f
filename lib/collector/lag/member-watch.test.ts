import { describe, expect, it } from 'vitest';
import type { DescribedGroup } from '#lib/gateways/kafka/describe-groups.ts';
import type { GroupEntry } from '../snapshot.ts';
import { MemberWatch } from './member-watch.ts';

const entry = (groupState = 'Stable', groupId = 'g'): GroupEntry => ({
  groupId,
  protocolType: 'consumer',
  groupState,
  type: 'classic',
  coordinator: 1,
});
const minute = 60_000;

function describedAs(owners: Record<string, number[]>, own: Partial<DescribedGroup> = {}): DescribedGroup {
  return {
    groupId: 'g',
    type: 'classic',
    state: 'Stable',
    protocolType: 'consumer',
    assignor: 'range',
    epoch: null,
    assignmentEpoch: null,
    subtopologies: null,
    error: null,
    members: Object.entries(owners).map(([memberId, partitions]) => ({
      memberId,
      instanceId: null,
      clientId: `client-${memberId}`,
      host: '/127.0.0.1',
      rack: null,
      epoch: null,
      assigned: [{ topic: 'orders', partitions }],
      target: null,
      tasks: null,
      connectors: null,
    })),
    ...own,
  };
}

describe('the members of a group, watched', () => {
  it('a member that joins is a rebalance, told by its client', () => {
    const watch = new MemberWatch();
    watch.observe([entry()], [describedAs({ a: [0, 1] })], 0, true);
    watch.observe([entry()], [describedAs({ a: [0, 1] })], minute, true);
    expect(watch.countOf('g', minute)).toBeNull();
    watch.observe([entry()], [describedAs({ a: [0], b: [1] })], 2 * minute, true);
    expect(watch.countOf('g', 2 * minute)).toBe(1);
    expect(watch.seenOf('g')).toEqual([{ at: 2 * minute, times: 1, words: 'client-b joined.' }]);
    expect(watch.membersOf('g')).toBe(2);
  });

  it('is counted once when it was seen on the way and then done', () => {
    const watch = new MemberWatch();
    watch.observe([entry()], [describedAs({ a: [0, 1] })], 0, true);
    watch.observe([entry('PreparingRebalance')], [describedAs({}, { state: 'PreparingRebalance' })], 1, true);
    watch.observe([entry('CompletingRebalance')], [], 2, true);
    watch.observe([entry()], [describedAs({ a: [1], b: [0] })], 3, true);
    expect(watch.countOf('g', 4)).toBe(1);
    expect(watch.seenOf('g')[0]?.words).toBe('client-b joined.');
  });

  it('epochs count exactly, also what happened between two readings', () => {
    const watch = new MemberWatch();
    watch.observe([entry()], [describedAs({ a: [0, 1] }, { type: 'consumer', epoch: 5 })], 0, true);
    watch.observe([entry()], [describedAs({ b: [0, 1] }, { type: 'consumer', epoch: 8 })], 1, true);
    expect(watch.countOf('g', 2)).toBe(3);
    expect(watch.seenOf('g')[0]?.words).toBe('client-b joined, client-a left. Epoch 5 became 8.');
  });

  it('counts over ten minutes, remembers an hour, and zero is known only after ten minutes', () => {
    const watch = new MemberWatch();
    watch.observe([entry()], [describedAs({ a: [0] })], 0, true);
    expect(watch.countOf('g', 9 * minute)).toBeNull();
    expect(watch.countOf('g', 11 * minute)).toBe(0);
    watch.observe([entry()], [describedAs({ b: [0] })], 12 * minute, true);
    watch.observe([entry()], [describedAs({ c: [0] })], 80 * minute, true);
    expect(watch.countOf('g', 80 * minute)).toBe(1);
    expect(watch.seenOf('g')).toHaveLength(1);
  });

  it('members that leave for good are none, and the state is news', () => {
    const watch = new MemberWatch();
    watch.observe([entry()], [describedAs({ a: [0] })], 0, true);
    watch.observe([entry('Empty')], [], 1, true);
    expect(watch.membersOf('g')).toBe(0);
    expect(watch.takeNews().states).toEqual([{ at: 1, groupId: 'g', from: 'Stable', to: 'Empty' }]);
    expect(watch.takeNews()).toEqual({ rebalances: [], states: [] });
  });

  it('what a group passes on its way from one state of rest to another is no news', () => {
    const watch = new MemberWatch();
    const seen = ['Stable', 'PreparingRebalance', 'Stable', 'PreparingRebalance', 'Empty'];
    const back = ['PreparingRebalance', 'CompletingRebalance', 'Stable'];
    for (const [at, state] of [...seen, ...back].entries()) watch.observe([entry(state)], [], at, true);
    expect(watch.takeNews().states).toEqual([
      { at: 4, groupId: 'g', from: 'Stable', to: 'Empty' },
      { at: 7, groupId: 'g', from: 'Empty', to: 'Stable' },
    ]);
  });

  it('forgets a group that is gone, but not for a broker that is silent', () => {
    const watch = new MemberWatch();
    watch.observe([entry()], [describedAs({ a: [0] })], 0, true);
    watch.observe([], [], 1, false);
    expect(watch.membersOf('g')).toBe(1);
    watch.observe([], [], 2, true);
    expect(watch.membersOf('g')).toBeNull();
  });

  it('goes through many groups in turns, so that each has its turn', () => {
    const watch = new MemberWatch();
    const groups = Array.from({ length: 450 }, (_, i) => entry('Stable', `g${i}`));
    const asked = [1, 2, 3].flatMap(() => watch.next(groups).map(({ groupId }) => groupId));
    expect(new Set(asked).size).toBe(450);
    expect(asked).toHaveLength(600);
    expect(watch.next([entry('Empty')])).toEqual([]);
  });
});
