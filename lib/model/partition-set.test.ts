import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPartitions, parsePartitions } from './partition-set.ts';

describe('a set of partitions as text', () => {
  it('reads numbers and runs, in any order, each once', () => {
    expect(parsePartitions('7, 0-3,2')).toEqual([0, 1, 2, 3, 7]);
    expect(parsePartitions('16–19')).toEqual([16, 17, 18, 19]);
  });

  it.each(['', 'a', '3-1', '-1', '1-', '0-99999', '1;2', '0-2147483648', '1.5'])('refuses %j', (text) => {
    expect(parsePartitions(text)).toBeNull();
  });

  it('draws runs of three or more together', () => {
    expect(formatPartitions([0, 1, 2, 3, 7, 9, 10])).toBe('0-3,7,9,10');
    expect(formatPartitions([16, 17, 18], '–', ', ')).toBe('16–18');
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1 }), (partitions) => {
        expect(parsePartitions(formatPartitions(partitions))).toEqual([...partitions].sort((a, b) => a - b));
      }),
    );
  });
});
