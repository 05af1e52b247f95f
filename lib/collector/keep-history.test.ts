import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HistoryKeeper } from './keep-history.ts';
import { forgetTicks, onGone, type Tick } from './ticks.ts';

const tick = (at: number, clusterId = 'test'): Tick => ({
  clusterId,
  at,
  points: [{ kind: 'cluster.reachable', name: '', value: 1 }],
});

let written: number[];
let isAway: boolean;
let isHolder: boolean;
let stoodBy: number;
let keeper: HistoryKeeper;

beforeEach(() => {
  written = [];
  isAway = false;
  isHolder = true;
  stoodBy = 0;
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  keeper = new HistoryKeeper({
    append: async (_clusterId, at) => {
      if (isAway) throw new Error('the database is away');
      written.push(at);
    },
    mayWrite: () => isHolder,
    standBy: () => stoodBy++,
  });
});

const taken = async (...ats: number[]): Promise<void> => {
  for (const at of ats) {
    keeper.take(tick(at));
    await keeper.settle();
  }
};

describe('HistoryKeeper', () => {
  it('F5: writes in order what came while the database was away, and says that it was', async () => {
    await taken(1);
    isAway = true;
    await taken(2, 3);
    expect(keeper.problem).toMatchObject({ message: 'the database is away' });
    isAway = false;
    await taken(4);
    expect(written).toEqual([1, 2, 3, 4]);
    expect(keeper.problem).toBeNull();
    expect(keeper.lost).toBe(0);
  });

  it('counts what it had to give up', async () => {
    isAway = true;
    await taken(...Array.from({ length: 30 }, (_, i) => i));
    isAway = false;
    await taken(30);
    expect(written).toEqual(Array.from({ length: 24 }, (_, i) => i + 7));
    expect(keeper.lost).toBe(7);
  });

  it('lets fewer ticks of a large cluster wait', async () => {
    isAway = true;
    const points = Array.from({ length: 200_000 }, () => tick(0).points[0]!);
    for (let at = 0; at < 5; at++) {
      keeper.take({ ...tick(at), points });
      await keeper.settle();
    }
    isAway = false;
    await taken(5);
    expect(written).toEqual([3, 4, 5]);
    expect(keeper.lost).toBe(3);
  });

  it('F16: writes nothing that another instance writes, and has no hole when it takes over', async () => {
    isHolder = false;
    await taken(1, 2);
    expect(written).toEqual([]);
    expect(stoodBy).toBe(2);
    isHolder = true;
    await taken(3);
    expect(written).toEqual([1, 2, 3]);
    expect(stoodBy).toBe(2);
    isHolder = false;
    await taken(...Array.from({ length: 30 }, (_, i) => i + 10));
    expect(keeper.lost).toBe(0);
  });

  it('drops what waits of a cluster that is gone', async () => {
    isHolder = false;
    await taken(1, 2);
    keeper.forget('test');
    isHolder = true;
    await taken(3);
    expect(written).toEqual([3]);
  });

  it('is told of a cluster that is gone', () => {
    const gone: string[] = [];
    const stop = onGone((clusterId) => gone.push(clusterId));
    forgetTicks('one');
    stop();
    forgetTicks('other');
    expect(gone).toEqual(['one']);
  });

  it('does not let one cluster wait for another', async () => {
    let answer = () => {};
    const slow = new HistoryKeeper({
      append: (clusterId, at) =>
        clusterId === 'slow'
          ? new Promise<void>((done) => {
              answer = done;
            })
          : Promise.resolve(void written.push(at)),
      mayWrite: () => true,
      standBy: () => {},
    });
    slow.take(tick(1, 'slow'));
    slow.take(tick(2, 'fast'));
    await vi.waitFor(() => expect(written).toEqual([2]));
    answer();
    await slow.settle();
  });
});
