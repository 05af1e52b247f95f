import { describe, expect, it } from 'vitest';
import { ruleOf } from '#lib/testing/alert-rules.ts';
import { summaryOf } from './rule-words.ts';

const told = (
  fields: Record<string, unknown>,
  value: number,
  subject = 'billing',
  band?: { low: number; high: number },
) => summaryOf(ruleOf(fields), { clusterName: 'Europe', subject, value, band });

describe('the sentence of an alert', () => {
  it('says what, where and the numbers', () => {
    expect(told({ forMinutes: 5 }, 12_041)).toBe(
      'Group billing on Europe: lag is 12,041 records, above 100 records for 5 min.',
    );
    expect(told({ series: 'group.lag-time', condition: { is: 'above', value: 900_000 } }, 1_021_000)).toBe(
      'Group billing on Europe: lag in time is 17 min 01 s, above 15 min.',
    );
    expect(told({ series: 'broker.disk-days', condition: { is: 'below', value: 7 } }, 2.5, '3')).toBe(
      'Broker 3 on Europe: days until the disk is full is 2.5 d, below 7 days.',
    );
  });
  it('says states by their words', () => {
    const down = { condition: { is: 'equals', values: ['down'] } };
    expect(told({ ...down, series: 'broker.up' }, 0, '3')).toBe('Broker 3 on Europe does not answer.');
    expect(told({ ...down, series: 'cluster.reachable', forMinutes: 1 }, 0, '')).toBe(
      'Cluster Europe does not answer for 1 min.',
    );
    expect(told({ series: 'group.state', condition: { is: 'equals', values: ['stalled'] } }, 6)).toBe(
      'Group billing on Europe: stalled.',
    );
  });
  it('says what is unknown, has changed or is unusual', () => {
    expect(told({ condition: { is: 'absent' } }, Number.NaN)).toBe(
      'Group billing on Europe: lag is not known.',
    );
    expect(told({ series: 'group.lost', condition: { is: 'changed' } }, 40)).toBe(
      'Group billing on Europe: records deleted unread changed to 40 records.',
    );
    const unusual = { series: 'topic.records-in', condition: { is: 'unusual' } };
    expect(told(unusual, 3, 'orders', { low: 60, high: 140 })).toBe(
      'Topic orders on Europe: records in is 3.0/s, outside 60.0/s to 140/s, which is usual at this hour.',
    );
  });
  it('is in the words of the rule where it has some, and leaves strange ones alone', () => {
    expect(told({ summary: '{name} on {cluster}: {value} > {limit} ({nothing})', forMinutes: 2 }, 200)).toBe(
      'billing on Europe: 200 records > 100 records ({nothing})',
    );
  });
});
