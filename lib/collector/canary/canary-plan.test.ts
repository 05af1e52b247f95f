import { describe, expect, it } from 'vitest';
import { planCanary, replicasFrom } from './canary-plan.ts';

const partition = (number: number, leader: number, ...replicas: number[]) => ({
  partition: number,
  leader,
  replicas,
});

describe('how brokers are measured', () => {
  it('is by the partition that each leads, its own where it leads several', () => {
    const plan = planCanary(
      [partition(0, 1, 1, 2), partition(1, 2, 2, 3), partition(2, 2, 3, 2), partition(3, 3, 3, 1)],
      [1, 2, 3],
    );
    expect([...plan.places]).toEqual([
      [1, 0],
      [2, 1],
      [3, 3],
    ]);
    expect(plan).toMatchObject({ displaced: [], missing: [] });
  });

  it('follows a partition that was moved', () => {
    expect([...planCanary([partition(0, 5, 5, 6)], [5, 6]).places]).toEqual([[5, 0]]);
  });

  it('tells who lost its leadership, and who has no partition', () => {
    const plan = planCanary(
      [partition(0, 2, 1, 2), partition(1, 2, 2, 1), partition(2, -1, 4, 4)],
      [1, 2, 3],
    );
    expect(plan.displaced).toEqual([{ broker: 1, partition: 0 }]);
    expect(plan.missing).toEqual([[3, 1, 2]]);
  });
});

describe('the replicas of a partition', () => {
  it('begin with who shall lead it', () => {
    expect(replicasFrom(3, [2, 1, 3])).toEqual([3, 1, 2]);
    expect(replicasFrom(9, [1, 3, 9, 7])).toEqual([9, 1, 3]);
    expect(replicasFrom(1, [1])).toEqual([1]);
  });
});
