import { describe, expect, it } from 'vitest';
import { readPositions } from './read-positions.ts';

const yaml = `cluster: eu-1
group: billing
offsets:
  - topic: orders
    partition: 0
    offset: 9223372036854775807
  - topic: "1.0"
    partition: 2
    offset: 7
`;

describe('positions of a file', () => {
  it('are read from the YAML of a plan, exact', () => {
    const positions = [
      { topic: 'orders', partition: 0, offset: '9223372036854775807' },
      { topic: '1.0', partition: 2, offset: '7' },
    ];
    expect(readPositions(yaml, 'billing')).toEqual({ ok: true, positions });
    expect(readPositions(`---\n# of yesterday\n${yaml}`, 'billing')).toEqual({ ok: true, positions });
  });

  it.each([
    ['group: [', 'The file begins like YAML and is none.'],
    ['group: x', 'Write positions under offsets:, each with topic, partition and offset.'],
    ['offsets:\n  - topic: a\n    partition: 1\n    offset: null', 'a partition 1 has no offset to go to.'],
    [
      'offsets:\n  - topic: a\n    partition: x\n    offset: 1',
      'Write each position with a topic, a partition and an offset from 0, such as {"topic": "orders", "partition": 0, "offset": "120"}.',
    ],
    ['offsets: &a [*a]', 'The file begins like YAML and is none.'],
  ])('%j: %s', (text, problem) => {
    expect(readPositions(text, 'billing')).toEqual({ ok: false, problem });
  });

  it('are CSV or JSON where it is no YAML of ours', () => {
    expect(readPositions('group,0,1', 'billing')).toEqual({
      ok: true,
      positions: [{ topic: 'group', partition: 0, offset: '1' }],
    });
  });
});
