import { afterEach, describe, expect, it } from 'vitest';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import { recordBatch } from '#lib/testing/record-batches.ts';
import { ScanPool } from './pool.ts';
import type { Task } from './tasks.ts';
import { TurnQueue } from './turn-queue.ts';

const index: Extract<Task, { kind: 'sift' }> = {
  kind: 'sift',
  partition: 0,
  plan: plainPlan('t'),
  filter: null,
  latestMs: 1e15,
  from: 0n,
  to: 100n,
  isolation: 'read_committed',
  aborted: [],
  maxInflatedBytes: 1_000_000,
};
const batch = () => recordBatch([{ offset: 3n, timestamp: 4n, value: Buffer.from('x') }]);
let pool: ScanPool;
afterEach(() => pool.close());

describe('the pool', () => {
  it('answers, gives the bytes back, and leaves a shared buffer whole', async () => {
    pool = new ScanPool({ root: process.cwd(), size: 2 });
    const own = Buffer.from(new Uint8Array(batch()).buffer);
    const before = Buffer.from(own);
    const { value, bytes } = await pool.run(own, index, { isReturned: true });
    expect(value).toMatchObject({ next: 4n, first: 3n });
    expect(bytes.equals(before)).toBe(true);
    expect(own.length).toBe(0);
    const shared = Buffer.concat([before, before]).subarray(0, before.length);
    await pool.run(shared, index);
    expect(shared.equals(before)).toBe(true);
  });

  it('kills a worker that takes too long, and the next task is answered by another', async () => {
    pool = new ScanPool({ root: process.cwd(), size: 1, watchdogMs: 1 });
    const heavy = Buffer.concat(Array.from({ length: 40_000 }, batch));
    await expect(pool.run(heavy, index)).rejects.toMatchObject({
      name: 'ScanWorkerError',
      reason: 'timeout',
    });
    await pool.close();
    pool = new ScanPool({ root: process.cwd(), size: 1 });
    await expect(pool.run(batch(), index)).resolves.toMatchObject({ value: { next: 4n } });
  });

  it('survives a worker that runs out of memory', async () => {
    pool = new ScanPool({ root: process.cwd(), size: 1, heapMb: 64 });
    // Rows of many records: far more objects than fit, made one by one.
    const value = Buffer.alloc(500, 'v');
    const offsets = Array.from({ length: 100_000 }, (_, i) => BigInt(i));
    const large = recordBatch(offsets.map((offset) => ({ offset, value })));
    const task: Task = {
      kind: 'rows',
      partition: 0,
      plan: plainPlan('t'),
      columns: [],
      offsets,
      maxInflatedBytes: 100_000_000,
    };
    await expect(pool.run(large, task)).rejects.toMatchObject({ reason: 'memory' });
    await expect(pool.run(batch(), index)).resolves.toMatchObject({ value: { next: 4n } });
  });

  it('says that the worker file is missing', async () => {
    pool = new ScanPool({ root: '/nowhere', size: 1 });
    await expect(pool.run(batch(), index)).rejects.toMatchObject({ reason: 'crashed' });
  });

  it('rejects what waits when it is closed or the signal is aborted', async () => {
    pool = new ScanPool({ root: process.cwd(), size: 1 });
    const stop = new AbortController();
    const running = pool.run(batch(), index);
    const waiting = pool.run(batch(), index, { signal: stop.signal });
    const last = pool.run(batch(), index);
    stop.abort(new Error('nobody waits'));
    await expect(waiting).rejects.toThrow('nobody waits');
    await running;
    const closing = pool.close();
    await expect(last).rejects.toMatchObject({ reason: 'closed' });
    await closing;
    await expect(pool.run(batch(), index)).rejects.toMatchObject({ reason: 'closed' });
  });
});

describe('turns', () => {
  it('alternate between owners and keep the order of each', () => {
    const queue = new TurnQueue<string>();
    for (const item of ['a1', 'a2', 'a3']) queue.push('a', item);
    for (const item of ['b1', 'b2']) queue.push('b', item);
    expect(queue.remove('a', 'a2')).toBe(true);
    expect(queue.remove('a', 'a2')).toBe(false);
    const order = [];
    for (let item = queue.shift(); item; item = queue.shift()) order.push(item);
    expect(order).toEqual(['a1', 'b1', 'a3', 'b2']);
  });
});
