import { describe, expect, it } from 'vitest';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { MinuteRing } from './minute-ring.ts';
import { addToLines } from './small-lines.ts';
import type { GroupEntry, Snapshot } from './snapshot.ts';

const group = (groupId: string): GroupEntry => ({
  groupId,
  protocolType: 'consumer',
  groupState: 'Stable',
  type: 'classic',
  coordinator: 1,
});
const withGroups = (...ids: string[]): Snapshot => ({
  ...snapshotOfTopics([topicOf('orders', 1)]),
  groups: partOf(ids.map(group)),
});
const lagOf = (...names: string[]) => names.map((name) => ({ kind: 'group.lag' as const, name, value: 5 }));

describe('addToLines', () => {
  it('forgets groups that are gone, and none while a broker does not tell its own', () => {
    const lines = {
      topicRing: new MinuteRing(),
      groupRing: new MinuteRing(),
      brokerRing: new MinuteRing(),
      clusterRing: new MinuteRing(),
    };
    addToLines(lines, withGroups('console-1', 'orders'), lagOf('console-1', 'orders'), 60_000);
    const partial = withGroups('orders');
    partial.groups.failures = [{ broker: 2, code: 'kafka.timeout', sentence: 'It hangs.' }];
    addToLines(lines, partial, lagOf('orders'), 120_000);
    expect(lines.groupRing.read('console-1')).not.toEqual([]);
    addToLines(lines, withGroups('orders'), lagOf('orders'), 180_000);
    expect(lines.groupRing.read('console-1')).toEqual([]);
    expect(lines.groupRing.read('orders')).not.toEqual([]);
  });
});
