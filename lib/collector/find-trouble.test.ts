import { describe, expect, it } from 'vitest';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { findTrouble, verdictOf } from './find-trouble.ts';

describe('findTrouble', () => {
  it('says nothing of a healthy cluster', () => {
    const snapshot = snapshotOfTopics([topicOf('orders', 6)]);
    expect(findTrouble(snapshot)).toEqual([]);
    expect(verdictOf(snapshot, [])).toEqual({
      verdict: 'All 3 brokers answer. Every partition is in sync.',
      severity: 'ok',
    });
  });

  it('tells one cause once: a broker that is down, not every partition it thins out', () => {
    const snapshot = snapshotOfTopics([topicOf('orders', 6, [1, 2, 3], [1, 2])], { alive: [1, 2] });
    const findings = findTrouble(snapshot);
    expect(findings.map((finding) => finding.id)).toEqual(['broker.down.3']);
    expect(findings[0]).toMatchObject({
      title: 'Broker 3 does not answer',
      since: '1970-01-01T00:00:00.500Z',
      share: { part: 6, whole: 6 },
      href: '/clusters/test/brokers/3',
    });
  });

  it('puts refused work before the broker that causes it, and names the topics', () => {
    const snapshot = snapshotOfTopics(
      [topicOf('orders', 2, [1, 2, 3], [1]), topicOf('cache', 1, [3], []), topicOf('well', 1)],
      { alive: [1, 2], minIsr: { orders: 2 } },
    );
    const findings = findTrouble(snapshot);
    expect(findings.map((finding) => finding.id)).toEqual([
      'partitions.offline',
      'partitions.under-min-isr',
      'broker.down.3',
    ]);
    expect(findings[0]!.detail).toContain('cache 1');
    expect(findings[1]!.title).toBe('2 partitions refuse writes with acks=all');
    expect(verdictOf(snapshot, findings).verdict).toBe(
      '1 partition is offline, and 2 partitions refuse writes with acks=all.',
    );
  });

  it('warns of replicas out of sync on brokers that answer', () => {
    const snapshot = snapshotOfTopics([topicOf('orders', 3, [1, 2, 3], [1, 2])]);
    expect(findTrouble(snapshot)).toMatchObject([{ id: 'partitions.under-replicated', severity: 'warning' }]);
  });

  it('names a broker that the cluster calls alive and that does not answer us, and is not well then', () => {
    const snapshot = snapshotOfTopics([topicOf('orders', 3)]);
    snapshot.ends.failures = [
      { broker: 2, code: 'kafka.timeout', sentence: 'Broker 2 did not answer ListOffsets within 4 s.' },
    ];
    snapshot.sizes.failures = [
      { broker: 2, code: 'kafka.timeout', sentence: 'Broker 2 did not answer DescribeLogDirs within 4 s.' },
      { broker: 9, code: 'kafka.no-broker', sentence: 'Broker 9 is not part of the cluster now.' },
    ];
    const findings = findTrouble(snapshot);
    expect(findings.map((finding) => finding.id)).toEqual(['broker.silent.2']);
    expect(verdictOf(snapshot, findings)).toEqual({
      verdict: 'Broker 2 does not answer Millrace.',
      severity: 'warning',
    });
  });

  it('names what nobody would tell', () => {
    const snapshot = snapshotOfTopics([topicOf('orders', 3)]);
    snapshot.groups.problem = { code: 'kafka.no-answer', status: 503, what: 'Silence.', next: 'Test it.' };
    expect(findTrouble(snapshot)).toMatchObject([
      { id: 'part.unread.groups', title: 'Groups could not be read', detail: 'Silence. Test it.' },
    ]);
  });

  it('calls no right to something no trouble of the cluster', () => {
    const snapshot = snapshotOfTopics([topicOf('orders', 3)]);
    snapshot.groups.problem = { code: 'kafka.denied', status: 403, what: 'No right.', next: 'Ask for one.' };
    snapshot.sizes.failures = [{ broker: 2, code: 'kafka.denied', sentence: 'No right.' }];
    expect(findTrouble(snapshot)).toEqual([]);
  });

  describe('the controller quorum (F10)', () => {
    const withVoters = (leaderNow: number, followerCaughtUp: number) => ({
      ...snapshotOfTopics([topicOf('orders', 3)]),
      quorum: partOf(
        {
          leaderId: 1,
          leaderEpoch: 4,
          observers: 3,
          voters: [
            { id: 1, logEndOffset: 90n, lastCaughtUpMs: leaderNow },
            { id: 2, logEndOffset: 80n, lastCaughtUpMs: followerCaughtUp },
          ],
        },
        1_000_000,
      ),
    });

    it('is measured by the clock of its leader, however far that is from ours', () => {
      expect(findTrouble(withVoters(400_000, 399_800))).toEqual([]);
      expect(findTrouble(withVoters(1_600_000, 1_599_800))).toEqual([]);
    });

    it('lags when a voter has not caught up for more than ten seconds', () => {
      expect(findTrouble(withVoters(400_000, 370_000))).toMatchObject([
        { id: 'quorum.behind', since: new Date(970_000).toISOString() },
      ]);
    });
  });

  it('never calls a cluster well that does not answer', () => {
    const snapshot = snapshotOfTopics([topicOf('orders', 1)]);
    const silent = {
      ...snapshot,
      metadata: {
        ...snapshot.metadata,
        problem: { code: 'kafka.timeout', status: 504, what: 'It is silent.', next: '' },
      },
    };
    expect(verdictOf(silent, findTrouble(silent)).severity).toBe('unknown');
  });
});
