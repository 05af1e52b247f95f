import { describe, expect, it } from 'vitest';
import { snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { eventsBetween } from './events-between.ts';
import { emptySnapshot, type SampledSnapshot, type SeenChange } from './snapshot.ts';

const silence = { code: 'kafka.timeout', status: 504, what: 'It hangs.', next: '' } as const;
const topics = [topicOf('orders', 2), topicOf('payments', 1)];
const picture = snapshotOfTopics(topics);
/** As the next sample leaves it: the same names, other leaders. */
const withLeaders = (...leader: number[]): SampledSnapshot => ({
  ...picture,
  seq: 2,
  sampledAt: 9_000,
  metadata: {
    ...picture.metadata,
    value: { ...picture.metadata.value, leader: Int32Array.from(leader) },
  },
});
const kinds = (events: ReturnType<typeof eventsBetween>) => events.map(({ kind }) => kind);
const change = (changes: Partial<SeenChange>): SeenChange => ({
  ...{
    at: 9_000,
    kind: 'broker.up',
    title: 'Broker 2 answers again',
    detail: '',
    severity: 'note',
    broker: 2,
  },
  ...changes,
});

describe('events between two samples', () => {
  it('are none when nothing changed, nor before the first picture', () => {
    expect(eventsBetween(picture, withLeaders(1, 1, 1))).toEqual([]);
    expect(eventsBetween(emptySnapshot('test'), withLeaders(2, 2, 2))).toEqual([]);
  });

  it('tell leaders that moved: of one topic as its own, of several as the cluster’s', () => {
    expect(eventsBetween(picture, withLeaders(1, 2, 1))).toMatchObject([
      {
        kind: 'leader.elected',
        subjectType: 'topic',
        subject: 'orders',
        at: 9_000,
        title: 'A partition has a new leader',
        detail: 'orders/1 from 1 to 2',
      },
    ]);
    expect(eventsBetween(picture, withLeaders(2, 2, 3))).toMatchObject([
      { subjectType: 'cluster', subject: '', title: '3 partitions have a new leader' },
    ]);
    expect(eventsBetween(picture, withLeaders(-1, 1, 1))).toEqual([]);
  });

  it('tell each change once, and a broker that was away for a short time as restarted', () => {
    const seen = change({});
    const now = { ...withLeaders(1, 1, 1), changes: [seen] };
    const down = { since: 5_000, host: null, port: null, rack: null };
    const before = { ...picture, brokersDown: new Map([[2, down]]) };
    expect(eventsBetween(before, now)).toMatchObject([
      { kind: 'broker.restarted', subjectType: 'broker', subject: '2', title: 'Broker 2 restarted' },
    ]);
    const longAway = { ...picture, brokersDown: new Map([[2, { ...down, since: -3_600_000 }]]) };
    expect(kinds(eventsBetween(longAway, now))).toEqual(['broker.up']);
    expect(eventsBetween({ ...before, changes: [seen] }, now)).toEqual([]);
  });

  it('tell when the cluster stops and begins to answer, once each', () => {
    const silent = { ...withLeaders(1, 1, 1), metadata: { ...picture.metadata, problem: silence } };
    expect(eventsBetween(picture, silent)).toMatchObject([
      { kind: 'cluster.unreachable', severity: 'critical', detail: 'It hangs.' },
    ]);
    expect(eventsBetween(silent, silent)).toEqual([]);
    expect(kinds(eventsBetween(silent, withLeaders(1, 1, 1)))).toEqual(['cluster.reachable']);
  });
});
