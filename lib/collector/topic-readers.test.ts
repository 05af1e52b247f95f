import { describe, expect, it } from 'vitest';
import { metadataOf } from '#lib/testing/metadata.ts';
import { emptySnapshot, type GroupEntry, type GroupOffsets, type Snapshot } from './snapshot.ts';
import { topicReaders } from './topic-readers.ts';

const part = { leader: 1, replicas: [1], isr: [1] };
const metadata = metadataOf([
  { name: 'a', partitions: [part, part] },
  { name: 'b', partitions: [part] },
]);
const offsets = (rows: number[], lag: bigint[]): GroupOffsets => ({
  topics: 1,
  rows: Int32Array.from(rows),
  committed: BigInt64Array.from(rows.map(() => 0n)),
  lag: BigInt64Array.from(lag),
  lagTotal: null,
  unknown: 0,
  worstRow: -1,
  worstLag: -1n,
});
const entry = (groupId: string, groupState: string): GroupEntry => ({
  groupId,
  groupState,
  protocolType: 'consumer',
  type: 'classic',
  coordinator: 1,
});

const snapshot: Snapshot = {
  ...emptySnapshot('test'),
  metadata: { value: metadata, at: 0, problem: null, failures: [] },
  groups: {
    value: [entry('stopped', 'Empty'), entry('live', 'Stable'), entry('connect-lake', 'Stable')],
    at: 0,
    problem: null,
    failures: [],
  },
  groupOffsets: {
    value: new Map([
      ['stopped', offsets([0, 1], [500n, 5n])],
      ['live', offsets([0, 2], [7n, 900n])],
      ['connect-lake', offsets([1], [-1n])],
      ['elsewhere', offsets([2], [1n])],
    ]),
    at: 0,
    problem: null,
    failures: [],
  },
};

describe('the groups that read a topic', () => {
  it('stand with the living first, count this topic only, and keep an unknown lag unknown', () => {
    expect(topicReaders(snapshot, 0)).toEqual([
      { groupId: 'live', groupState: 'Stable', isActive: true, isConnector: false, lagMessages: '7' },
      { groupId: 'connect-lake', groupState: 'Stable', isActive: true, isConnector: true, lagMessages: null },
      { groupId: 'stopped', groupState: 'Empty', isActive: false, isConnector: false, lagMessages: '505' },
    ]);
  });

  it('are none for a topic that is not in the picture', () => {
    expect(topicReaders(snapshot, -1)).toEqual([]);
  });
});
