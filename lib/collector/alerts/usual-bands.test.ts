import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readSeries } from '#lib/gateways/database/series.ts';
import { UsualBands } from './usual-bands.ts';

vi.mock('#lib/gateways/database/series.ts', () => ({ readSeries: vi.fn() }));
const read = vi.mocked(readSeries);
const hour = 3_600_000;
const namesRead = () => read.mock.calls.flatMap(([{ series }]) => series.map(({ name }) => name));

beforeEach(() => {
  read.mockReset();
  read.mockResolvedValue({ at: [], series: [] } as never);
});

describe('what is usual', () => {
  it('is learnt anew only of what is still asked for', async () => {
    const usual = new UsualBands('eu');
    usual.of('group.lag', 'a', 5, 0);
    usual.of('group.lag', 'b', 5, 0);
    await usual.learn(0);
    usual.of('group.lag', 'a', 5, 5 * hour);
    await usual.learn(7 * hour);
    expect(namesRead()).toEqual(['a', 'b', 'a']);
  });

  it('of a series that cannot be read holds nothing else up, and is tried again later', async () => {
    const usual = new UsualBands('eu');
    const ask = (now: number) => {
      for (let i = 0; i < 40; i++) usual.of('group.lag', `n${i}`, 5, now);
    };
    read.mockRejectedValueOnce(new Error('torn'));
    ask(0);
    await usual.learn(0);
    expect(namesRead()).toHaveLength(40);
    await usual.learn(1000);
    expect(namesRead()).toHaveLength(40);
    await usual.learn(hour);
    expect(namesRead().slice(40)).toEqual(Array.from({ length: 20 }, (_, i) => `n${i}`));
  });
});
