import { describe, expect, it } from 'vitest';
import { Bulkhead } from './bulkhead.ts';

describe('bulkhead', () => {
  it('lets so many in and the next when one leaves, in order', async () => {
    const bulkhead = new Bulkhead(1, 10);
    const leave = await bulkhead.enter(1_000, undefined);
    const order: number[] = [];
    const second = bulkhead.enter(1_000, undefined).then((leaveSecond) => {
      order.push(2);
      leaveSecond();
    });
    const third = bulkhead.enter(1_000, undefined).then((leaveThird) => {
      order.push(3);
      leaveThird();
    });
    expect(bulkhead.queued).toBe(2);
    leave();
    leave();
    await Promise.all([second, third]);
    expect(order).toEqual([2, 3]);
    expect(bulkhead.inFlight).toBe(0);
  });

  it('refuses when too many wait, and when the time is up', async () => {
    const bulkhead = new Bulkhead(1, 1);
    const leave = await bulkhead.enter(1_000, undefined);
    const waiting = bulkhead.enter(5, undefined);
    await expect(bulkhead.enter(1_000, undefined)).rejects.toMatchObject({ code: 'kafka.busy' });
    await expect(waiting).rejects.toMatchObject({ code: 'kafka.busy' });
    leave();
    expect(bulkhead.inFlight).toBe(0);
    (await bulkhead.enter(1_000, undefined))();
  });

  it('gives up with the reason of the caller', async () => {
    const bulkhead = new Bulkhead(1, 5);
    await bulkhead.enter(1_000, undefined);
    const abort = new AbortController();
    const waiting = bulkhead.enter(1_000, abort.signal);
    abort.abort(new Error('left the page'));
    await expect(waiting).rejects.toThrow('left the page');
    expect(bulkhead.queued).toBe(0);
  });
});
