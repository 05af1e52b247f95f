import { describe, expect, it } from 'vitest';
import { metadataOf } from '#lib/testing/metadata.ts';
import { leaderMoves } from './elect-leaders.ts';

describe('leaderMoves', () => {
  it('names only partitions led by another than their first replica, with why it cannot be changed', () => {
    const metadata = metadataOf(
      [
        {
          name: 't',
          partitions: [
            { leader: 1, replicas: [1, 2, 3], isr: [1, 2] },
            { leader: 2, replicas: [1, 2, 3], isr: [1, 2] },
            { leader: 1, replicas: [2, 1, 3], isr: [1] },
            { leader: -1, replicas: [3, 1, 2], isr: [] },
          ],
        },
      ],
      [1, 2],
    );
    expect(leaderMoves(metadata)).toEqual([
      { partition: 1, from: 2, to: 1, state: 'ok', reason: null },
      {
        partition: 2,
        from: 1,
        to: 2,
        state: 'explained',
        reason: 'The replica on broker 2 is not in sync.',
      },
      { partition: 3, from: null, to: 3, state: 'critical', reason: 'Broker 3 does not answer.' },
    ]);
  });
});
