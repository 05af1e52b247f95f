import { describe, expect, it } from 'vitest';
import type { GroupPartitionRow } from '#lib/model/group.ts';
import type { PartitionLag } from '#lib/model/lag.ts';
import { raceWords, sortPartitions, worstPartition } from './worst-partition.ts';

const minute = 60_000;
const hour = 60 * minute;

const row = (partition: number, lag: Partial<PartitionLag> = {}): GroupPartitionRow => ({
  topic: 'orders',
  partition,
  memberId: null,
  clientId: null,
  committedOffset: '10',
  startOffset: '0',
  endOffset: '20',
  lagMessages: '10',
  stableOffset: null,
  doneAhead: null,
  state: 'ok',
  stateWords: 'Reading',
  lag: {
    state: 'ok',
    rule: '',
    lagMessages: '10',
    lagMs: 1000,
    lagFrom: 'table',
    consumedPerSecond: null,
    producedPerSecond: null,
    catchUp: { kind: 'unknown', why: '' },
    loss: { kind: 'none', why: '' },
    readShare: null,
    openTransactionMessages: null,
    movedAt: null,
    ...lag,
  },
});
const stalled = (partition: number, lossMs: number, lagMs = 5 * hour) =>
  row(partition, {
    state: 'stalled',
    lagMs,
    catchUp: { kind: 'never' },
    loss: { kind: 'in', ms: lossMs, by: 'time' },
  });

const partitionOf = (rows: GroupPartitionRow[]) => worstPartition(rows)?.partition;

describe('the partition a page speaks of', () => {
  it('is the one that lost records, then the one whose clock is shortest', () => {
    expect(partitionOf([stalled(0, 50 * minute), stalled(1, 49 * minute)])).toBe(1);
    const lost = row(2, { state: 'over-run', lagMs: 0, loss: { kind: 'lost', records: '3' } });
    expect(partitionOf([stalled(0, 50 * minute), lost])).toBe(2);
  });
  it('is not one whose reader is there before retention, however short its clock', () => {
    const quick = row(1, {
      catchUp: { kind: 'in', ms: 1000 },
      loss: { kind: 'in', ms: minute, by: 'time' },
    });
    expect(partitionOf([quick, stalled(3, 9 * hour)])).toBe(3);
  });
  it('stays the same while long clocks waver', () => {
    expect(partitionOf([stalled(0, 172 * hour), stalled(1, 171 * hour)])).toBe(0);
    expect(partitionOf([stalled(0, 171 * hour), stalled(1, 172 * hour)])).toBe(0);
  });
  it('is one with something unread rather than one without, also when its age is not known', () => {
    expect(partitionOf([row(0, { lagMessages: '0', lagMs: 0 }), row(1, { lagMs: null })])).toBe(1);
    expect(worstPartition([])).toBeNull();
  });
});

describe('order of partitions', () => {
  const order = (rows: GroupPartitionRow[], sort: string) =>
    sortPartitions(rows, sort).map(({ partition }) => partition);
  it('is trouble first, and by partition among those that are alike', () => {
    const rows = [
      row(3),
      row(1, { lagMs: 9000 }),
      stalled(7, hour, 5 * hour),
      stalled(5, hour, 5 * hour + 900),
    ];
    expect(order(rows, '-trouble')).toEqual([5, 7, 1, 3]);
  });
  it('follows the column that was asked for', () => {
    const rows = [row(0, { lagMessages: '9' }), row(1, { lagMessages: '10' }), row(2, { lagMessages: null })];
    expect(order(rows, '-lag')).toEqual([1, 0, 2]);
    expect(order(rows, 'lag')).toEqual([2, 0, 1]);
    expect(order([row(1), row(0)], 'partition')).toEqual([0, 1]);
    expect(order([row(0, { lagMs: null }), row(1, { lagMs: 5 })], '-time')).toEqual([1, 0]);
  });
});

describe('the race in words', () => {
  it('says what is unread and how long it is kept', () => {
    expect(raceWords(stalled(0, hour))).toBe('10 records unread, the oldest 5 h old, kept 6 h');
    expect(raceWords(row(0, { lagMessages: '0' }))).toBe('All is read');
    expect(raceWords({ ...row(0), committedOffset: null })).toBe('Nothing is committed');
    expect(raceWords(row(0, { loss: { kind: 'lost', records: '1' } }))).toBe('1 record deleted unread');
  });
});
