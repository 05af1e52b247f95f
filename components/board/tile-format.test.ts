import { describe, expect, it } from 'vitest';
import { formatOfTile, reduceWords, targetScale, targetWords } from './tile-format.ts';

describe('the number of a tile', () => {
  it('is a count when it is the total of a rate', () => {
    expect(formatOfTile('topic.records-in', 'total')(73_412)).toEqual({ value: '73,412', unit: 'records' });
    expect(formatOfTile('cluster.bytes-in', 'total')(84_200_000)).toEqual({ value: '84.2', unit: 'MB' });
    expect(formatOfTile('topic.records-in', 'last')(73_412)).toEqual({ value: '73.4', unit: 'k/s' });
  });
  it('has its sign when it is a change', () => {
    expect(formatOfTile('topic.size', 'change')(1_200_000)).toEqual({ value: '+1.20', unit: 'MB' });
    expect(formatOfTile('group.lag', 'change')(-512).value).toBe('−512');
  });
  it('is held against a target in its own unit', () => {
    const series = [{ clusterId: 'eu', kind: 'topic.records-in' as const, name: 'orders', label: '' }];
    const target = { side: 'at-least' as const, value: 1000 };
    expect(targetWords({ series, reduce: 'total', target })).toBe('at least 1,000 records');
    expect(targetWords({ series, reduce: 'last', target })).toBe('at least 1.00 k/s');
    expect(targetWords({ series, reduce: 'last', target: null })).toBeNull();
    expect(targetScale('broker.handler-idle', 'mean')).toEqual({ scale: 100, suffix: '%' });
    expect(reduceWords('total', '10m')).toBe('total of the last 10 min');
  });
});
