import { describe, expect, it } from 'vitest';
import { inverseChanges } from './inverse-changes.ts';

const line = (topic: string, from: string | null, isOwn: boolean) => ({
  topic,
  name: 'retention.ms',
  from,
  to: '1000',
  isOwn,
});

describe('the way back from a change of configs', () => {
  it('gives own values back and takes new ones away, topics alike together', () => {
    expect(
      inverseChanges([line('a', '5', true), line('b', '604800000', false), line('c', '5', true)]),
    ).toEqual([
      { topics: ['a', 'c'], changes: [{ op: 'set', name: 'retention.ms', value: '5' }] },
      { topics: ['b'], changes: [{ op: 'reset', name: 'retention.ms' }] },
    ]);
  });

  it('has none for a value that was not readable', () => {
    expect(inverseChanges([line('a', null, true)])).toEqual([]);
  });
});
