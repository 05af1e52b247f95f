import { describe, expect, it } from 'vitest';
import { snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
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
