import { describe, expect, it } from 'vitest';
import type { PartitionRow } from '#lib/model/topic.ts';
import { sortPartitions } from './sort-partitions.ts';

const row = (partition: number, more: Partial<PartitionRow>): PartitionRow => ({
  partition,
  state: 'ok',
  stateWords: 'In sync',
  leader: 1,
  preferredLeader: 1,
  replicas: [],
  outOfSync: [],
  since: null,
  startOffset: '0',
  endOffset: '0',
  records: '0',
  sizeBytes: 0,
  recordsPerSecond: 0,
  ...more,
});
const order = (rows: PartitionRow[]) => rows.map((each) => each.partition);

describe('partitions in order', () => {
  it('puts the worst first, and equal ones by number', () => {
    const rows = [
      row(3, {}),
      row(2, { state: 'explained', outOfSync: [3] }),
      row(1, { state: 'critical', outOfSync: [3] }),
      row(0, {}),
    ];
    expect(order(sortPartitions(rows, 'state', true))).toEqual([1, 2, 0, 3]);
  });

  it('compares offsets exactly, beyond what a number holds, and unknown below all', () => {
    const rows = [
      row(0, { endOffset: '9007199254740993' }),
      row(1, { endOffset: '9007199254740992' }),
      row(2, { endOffset: null }),
    ];
    expect(order(sortPartitions(rows, 'end', true))).toEqual([0, 1, 2]);
    expect(order(sortPartitions(rows, 'end', false))).toEqual([2, 1, 0]);
  });
});
