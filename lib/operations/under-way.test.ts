import { describe, expect, it } from 'vitest';
import { stepsInOrder } from '#lib/process.ts';
import { underWay } from './under-way.ts';

describe('F11: changes under way', () => {
  it('a stop waits for them, also for those that fail', async () => {
    let finish = () => {};
    let fail = () => {};
    const first = underWay(
      new Promise<string>((done) => {
        finish = () => done('made');
      }),
    );
    const second = underWay(
      new Promise<string>((_done, reject) => {
        fail = () => reject(new Error('refused'));
      }),
    );
    const seen: string[] = [];
    const stop = stepsInOrder()
      .find((step) => step.name === 'acts under way')!
      .stop()
      .then(() => seen.push('stopped'));
    const all = [
      first.then((value) => seen.push(value)),
      second.catch((error: Error) => seen.push(error.message)),
    ];
    finish();
    await first;
    fail();
    await Promise.all([...all, stop]);
    expect(seen).toEqual(['made', 'refused', 'stopped']);
  });
});
