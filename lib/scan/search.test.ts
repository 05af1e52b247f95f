import { afterAll, describe, expect, it } from 'vitest';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import type { ReadOrder } from '#lib/model/message-range.ts';
import type { SearchEnd, SearchPlan, SearchProgress } from '#lib/model/message-search.ts';
import { MemoryLog } from '#lib/testing/memory-log.ts';
import { compress, markerBatch, recordBatch } from '#lib/testing/record-batches.ts';
import { ScanPool } from './pool.ts';
import { type SearchOptions, search } from './search.ts';

const pool = new ScanPool({ root: process.cwd(), size: 2 });
afterAll(() => pool.close());

const now = () => 2_000_000_000;

interface Found {
  /** `partition/offset` in the order they were told. */
  places: string[];
  plan: SearchPlan;
  progress: SearchProgress;
  end: SearchEnd;
}

async function find(
  log: MemoryLog,
  filter: MessageFilter,
  options: SearchOptions & { order?: ReadOrder; maxRows?: number; token?: string } = {},
): Promise<Found> {
  const { order = 'newest', maxRows = 10_000, token, ...rest } = options;
  const read =
    token === undefined
      ? { range: { order, from: null, to: null }, partitions: null, isolation: 'read_committed' as const }
      : { token };
  const found: Partial<Found> & Pick<Found, 'places'> = { places: [] };
  for await (const event of search(log, pool, { ...read, filter, maxRows }, { now, ...rest })) {
    if (event.type === 'rows')
      found.places.push(...event.rows.map((row) => `${row.partition}/${row.offset}`));
    else if (event.type === 'plan') found.plan = event.plan;
    else if (event.type === 'progress') found.progress = event.progress;
    else found.end = event.end;
  }
  return found as Found;
}

/** Batches of JSON records in turn over the partitions, one clock for all; the record `n` has time `1_000_000 + n`. */
function filled(
  partitions: number,
  batches: number,
  perBatch: number,
  value: (n: number) => string,
): MemoryLog {
  const log = new MemoryLog(partitions);
  let n = 0;
  for (let b = 0; b < batches; b++) {
    const part = log.at(b % partitions);
    const records = Array.from({ length: perBatch }, (_, i) => ({
      offset: part.end + BigInt(i),
      timestamp: BigInt(1_000_000 + n),
      key: Buffer.from(`k${n}`),
      value: Buffer.from(value(n++)),
    }));
    part.append(records, { codec: 'lz4' });
  }
  return log;
}

const plain = (n: number) => JSON.stringify({ n, status: n % 7 === 0 ? 'FAILED' : 'OK', amount: n % 100 });

describe('a search', () => {
  it('finds the rare match however far back, newest first, beside an empty partition, and ends', async () => {
    const log = filled(4, 400, 50, (n) => (n === 3 || n === 9_999 ? '{"s":"needle"}' : plain(n)));
    log.partitions.push(new MemoryLog(1).at(0));
    const { places, end, progress } = await find(log, { contains: 'needle' });
    expect(places).toHaveLength(2);
    expect(places[1]).toBe('0/3');
    expect(end).toMatchObject({ outcome: 'complete', nextToken: null, missing: [] });
    expect(progress).toMatchObject({
      records: 20_000,
      matched: 2,
      plannedOffsets: '20000',
      doneOffsets: '20000',
    });
  });

  it.each(['newest', 'oldest'] as const)(
    'tells rows of all partitions in order of time (%s)',
    async (order) => {
      const log = filled(5, 300, 20, plain);
      const { places } = await find(log, { where: 'value.status == "FAILED"' }, { order });
      const times = places.map((place) => {
        const [partition = 0, offset = 0] = place.split('/').map(Number);
        const batch = Math.floor(offset / 20) * 5 + partition;
        return batch * 20 + (offset % 20);
      });
      const expected = Array.from({ length: 6_000 }, (_, n) => n).filter((n) => n % 7 === 0);
      expect(times).toEqual(order === 'oldest' ? expected : expected.reverse());
    },
  );

  it('tells a row as soon as no partition can bring a newer one, although one has no match and is far from its end', async () => {
    const log = filled(2, 2_000, 20, (n) => (n === 39_970 ? '{"s":"needle"}' : plain(n)));
    let free = () => {};
    const told = new Promise<void>((resolve) => {
      free = resolve;
    });
    log.beforeFetch = (_, asks) => (asks.some(({ offset }) => offset < 15_000n) ? told : undefined);
    const range = { order: 'newest' as const, from: null, to: null };
    const read = { range, partitions: null, isolation: 'read_committed' as const };
    const places: string[] = [];
    for await (const event of search(
      log,
      pool,
      { ...read, filter: { contains: 'needle' }, maxRows: 9 },
      { now },
    ))
      if (event.type === 'rows') {
        places.push(...event.rows.map(({ partition, offset }) => `${partition}/${offset}`));
        free();
      }
    expect(places).toEqual(['0/19990']);
  });

  it('goes on by its token without a repeat or a gap, whatever the budget', async () => {
    const log = filled(3, 600, 40, plain);
    const whole = await find(log, { contains: 'FAILED' });
    const places: string[] = [];
    let token: string | undefined;
    let rounds = 0;
    do {
      const part = await find(log, { contains: 'FAILED' }, { token, budgetBytes: 100_000, maxRows: 700 });
      places.push(...part.places);
      expect(['budget', 'complete']).toContain(part.end.outcome);
      token = part.end.nextToken ?? undefined;
    } while (token !== undefined && ++rounds < 200);
    expect(rounds).toBeGreaterThan(2);
    expect(places).toEqual(whole.places);
  });

  it('refuses the token of other conditions', async () => {
    const log = filled(1, 20, 40, plain);
    const { end } = await find(log, { contains: 'FAILED' }, { maxRows: 1 });
    await expect(find(log, { contains: 'OK' }, { token: end.nextToken ?? '' })).rejects.toMatchObject({
      code: 'message.filter-changed',
    });
  });

  it('ends by its budget of records as well', async () => {
    const log = filled(2, 4_000, 50, plain);
    const { end } = await find(log, { contains: 'nowhere' }, { budgetRecords: 1_000 });
    expect(end).toMatchObject({ outcome: 'budget' });
    expect(end.nextToken).not.toBeNull();
  });

  it('stops asking brokers when nobody waits any more', async () => {
    const log = filled(2, 4_000, 50, plain);
    const stop = new AbortController();
    log.beforeFetch = () => {
      if (log.fetches >= 1) stop.abort();
    };
    const { end } = await find(log, { contains: 'nowhere' }, { signal: stop.signal });
    expect(end.outcome).toBe('cancelled');
    const { fetches } = log;
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.fetches).toBe(fetches);
    expect(fetches).toBeLessThan(4);
  });

  it('stops asking brokers when its reader stops listening', async () => {
    const log = filled(2, 4_000, 50, plain);
    const range = { order: 'newest' as const, from: null, to: null };
    const read = { range, partitions: null, isolation: 'read_committed' as const };
    for await (const event of search(
      log,
      pool,
      { ...read, filter: { contains: 'FAILED' }, maxRows: 1e6 },
      { now },
    ))
      if (event.type === 'rows') break;
    const { fetches } = log;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log.fetches).toBeLessThanOrEqual(fetches + 1);
  });

  it('reads the living partitions and names the rest when a broker is dead', async () => {
    const log = filled(3, 300, 20, plain);
    log.dead.add(2);
    const { places, end } = await find(log, { contains: 'FAILED' });
    expect(end.outcome).toBe('partial');
    expect(end.missing).toHaveLength(1);
    expect(end.missing[0]?.sentence).toContain('broker 2');
    expect(new Set(places.map((place) => place.split('/')[0]))).toEqual(new Set(['0', '2']));
    log.dead.clear();
    const rest = await find(log, { contains: 'FAILED' }, { token: end.nextToken ?? '' });
    expect(rest.end).toMatchObject({ outcome: 'complete', nextToken: null });
    expect(rest.places.length + places.length).toBe(Math.ceil(6_000 / 7));
  });

  it('reads the other partitions while one is slow', async () => {
    const noise = (n: number) =>
      Array.from({ length: 40 }, (_, i) => Math.sin(n * 41 + i).toString(36)).join('');
    const log = filled(2, 400, 20, (n) => `{"n":${n},"x":"${noise(n)}"}`);
    let free = () => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    log.beforeFetch = (leader, asks) => {
      if (leader === 1) return held;
      if (asks.some(({ offset }) => offset > 0n)) free();
    };
    const { end } = await find(log, { contains: 'nowhere' }, { order: 'oldest' });
    expect(end.outcome).toBe('complete');
  });

  it('names a filter that cannot be read, with its place', async () => {
    const log = filled(1, 1, 1, plain);
    await expect(find(log, { where: 'value.status ==' })).rejects.toMatchObject({
      code: 'input.invalid',
      fields: { where: expect.stringContaining('character') },
    });
  });

  it('says so when the filter fails on every record, and lists those', async () => {
    const log = filled(2, 40, 25, plain);
    const { places, progress } = await find(log, { where: 'value.nothing > 1' });
    expect(places).toEqual([]);
    expect(progress).toMatchObject({ records: 1_000, matched: 0, failed: 1_000 });
    const failed = await find(log, { where: 'value.nothing > 1', show: 'failed' });
    expect(failed.places).toHaveLength(1_000);
    const literal = await find(log, { where: 'value.nothing == "a literal"' });
    expect(literal.progress.failed).toBeGreaterThan(0);
  });

  it('does not take 9007199254740992 for 9007199254740993', async () => {
    const log = filled(1, 1, 4, (n) => `{"id": ${9_007_199_254_740_990n + BigInt(n)}}`);
    const { places } = await find(log, { where: 'value.id == 9007199254740993' });
    expect(places).toEqual(['0/3']);
  });

  it('finds what is written with escapes, and does not decode what cannot match', async () => {
    const log = filled(1, 200, 50, (n) =>
      n === 5_000
        ? '{"status":"\\u0046AILED"}'
        : n === 700
          ? '{"status":"FAILED"}'
          : `{"status":"OK","n":${n}}`,
    );
    const { places, progress, plan } = await find(log, { where: 'value.status == "FAILED"' });
    expect(places).toEqual(['0/5000', '0/700']);
    expect(plan.pushedDown.join()).toContain('FAILED');
    expect(progress.decoded).toBeLessThan(1_000);
  });

  it('leaves what no condition wants', async () => {
    const log = new MemoryLog(1);
    const headers = [
      [Buffer.from('h'), Buffer.from('first')],
      [Buffer.from('h'), Buffer.from('second part')],
    ] as [Buffer, Buffer][];
    log.at(0).append([
      { offset: 0n, key: Buffer.from('a'), value: null },
      { offset: 1n, key: Buffer.from('ab'), value: Buffer.from('xyz') },
      { offset: 2n, key: Buffer.from([0, 255]), value: Buffer.from('x') },
      { offset: 3n, key: null, value: Buffer.from('long value of a record'), headers },
    ]);
    const offsets = async (filter: MessageFilter) =>
      (await find(log, filter, { order: 'oldest' })).places.map((place) => Number(place.slice(2)));
    expect(await offsets({ key: 'a' })).toEqual([0]);
    expect(await offsets({ keyPrefix: 'a' })).toEqual([0, 1]);
    expect(await offsets({ key: 'hex:00ff' })).toEqual([2]);
    expect(await offsets({ key: 'base64:AP8=' })).toEqual([2]);
    expect(await offsets({ tombstones: 'only' })).toEqual([0]);
    expect(await offsets({ tombstones: 'none', excludes: 'y' })).toEqual([2, 3]);
    expect(await offsets({ headers: 'h' })).toEqual([3]);
    expect(await offsets({ headers: 'h=first\nh~part' })).toEqual([3]);
    expect(await offsets({ headers: 'h=part' })).toEqual([]);
    expect(await offsets({ contains: 'second' })).toEqual([3]);
    expect(await offsets({ contains: 'h' })).toEqual([]);
    expect(await offsets({ minSize: 3, maxSize: 8 })).toEqual([1, 2]);
  });

  it('passes batches that cannot be read, and names them (P12)', async () => {
    const log = filled(1, 3, 4, plain);
    const body = compress('gzip', Buffer.alloc(200_000_000));
    const bomb = recordBatch([], { codec: 'gzip', baseOffset: 12n, lastOffset: 15n, recordCount: 4, body });
    log.at(0).appendBytes(12n, 15n, bomb);
    log.at(0).append([{ offset: 16n, value: Buffer.from('the FAILED one') }]);
    const { places, end } = await find(log, { contains: 'FAILED' });
    expect(places).toEqual(['0/16', '0/7', '0/0']);
    expect(end.unreadable).toMatchObject([{ partition: 0, fromOffset: '12', toOffset: '15' }]);
  });

  it('stops a filter that hangs, and says on which record; a page is read meanwhile (R28)', async () => {
    const small = new ScanPool({ root: process.cwd(), size: 1, filterMs: 20 });
    try {
      const list = JSON.stringify({ l: Array.from({ length: 4_000 }, (_, i) => i) });
      const log = filled(1, 1, 3, () => list);
      const where = 'value.l.all(a, value.l.all(b, a + b >= 0))';
      const events = [];
      let stopped: unknown;
      const range = { order: 'oldest' as const, from: null, to: null };
      const read = { range, partitions: null, isolation: 'read_committed' as const };
      const onFilterStopped = (one: unknown) => {
        stopped = one;
      };
      for await (const event of search(
        log,
        small,
        { ...read, filter: { where }, maxRows: 10 },
        { now, onFilterStopped },
      )) {
        events.push(event);
      }
      const end = events.at(-1);
      expect(end).toMatchObject({ type: 'end', end: { outcome: 'cancelled' } });
      expect(end?.type === 'end' && end.end.reason).toContain('partition 0, offset 0');
      expect(stopped).toMatchObject({ partition: 0, offset: 0n });
      expect((await find(log, {})).places).toHaveLength(3);
    } finally {
      await small.close();
    }
  });

  it('gives the worker back in the middle of a slow filter, and stops one that is slow throughout', async () => {
    const slow = JSON.stringify({ l: Array.from({ length: 1_500 }, (_, i) => i) });
    const log = filled(1, 1, 60, () => slow);
    const where = 'value.l.all(a, value.l.all(b, a + b >= 0))';
    const { end, progress } = await find(log, { where }, { order: 'oldest' });
    // Each record takes some milliseconds, and none of them hangs.
    if (end.reason === null) expect(progress).toMatchObject({ records: 60 });
    else expect(end.reason).toContain('5 ms for each record');
  });

  it('does not take the marker of a transaction for the end of a time', async () => {
    const log = new MemoryLog(1);
    const part = log.at(0);
    const producer = { producerId: 7n, isTransactional: true };
    const write = (first: number, times: number[]) =>
      part.append(
        times.map((time, i) => ({
          offset: BigInt(first + i),
          timestamp: BigInt(time),
          value: Buffer.from('x'),
        })),
        producer,
      );
    write(0, [100, 200]);
    part.appendBytes(2n, 2n, markerBatch(2n, 7n, 'commit'), 1_000_000n);
    write(3, [300, 900]);
    const range = { order: 'oldest' as const, from: null, to: { kind: 'time' as const, timestampMs: 500 } };
    const read = { range, partitions: null, isolation: 'read_committed' as const, filter: {}, maxRows: 10 };
    const offsets: string[] = [];
    for await (const event of search(log, pool, read, { now }))
      if (event.type === 'rows') offsets.push(...event.rows.map((row) => row.offset));
    expect(offsets).toEqual(['0', '1', '3']);
  });

  it('ends its count where its token goes on', async () => {
    const log = filled(2, 200, 50, plain);
    const first = await find(log, { contains: 'FAILED' }, { maxRows: 100 });
    const rest = await find(log, { contains: 'FAILED' }, { token: first.end.nextToken ?? '' });
    expect(first.progress.matched).toBe(100);
    expect(first.progress.matched + rest.progress.matched).toBe(Math.ceil(10_000 / 7));
    const done = BigInt(first.progress.doneOffsets) + BigInt(rest.progress.doneOffsets);
    expect(done).toBe(10_000n);
    expect(rest.progress.reachedAt).not.toBeNull();
  });

  it.each(['newest', 'oldest'] as const)(
    'goes on where the log begins when retention overtakes it, and says what is gone (%s, F13)',
    async (order) => {
      const noise = (n: number) =>
        Array.from({ length: 40 }, (_, i) => Math.sin(n * 41 + i).toString(36)).join('');
      const log = filled(1, 400, 20, (n) => `{"n":${n},"x":"${noise(n)}"}`);
      const whole = await find(log, { contains: '"n":' }, { order });
      expect(whole.places).toHaveLength(8_000);
      let fetches = 0;
      log.beforeFetch = () => {
        if (++fetches === 2) log.at(0).start = 4_000n;
      };
      const { end, places, progress } = await find(log, { contains: '"n":' }, { order });
      expect(end).toMatchObject({ outcome: 'complete', nextToken: null });
      const gone = BigInt(end.expired[0]?.offsets ?? 0);
      expect(gone).toBeGreaterThan(0n);
      expect(BigInt(places.length) + gone).toBe(8_000n);
      expect(progress.doneOffsets).toBe('8000');
    },
  );

  it.each(['newest', 'oldest'] as const)('passes gaps of a million offsets (%s, F14)', async (order) => {
    const log = new MemoryLog(2);
    for (let i = 0; i < 6; i++) {
      const first = BigInt(i) * 1_000_000n;
      for (const part of log.partitions)
        part.append([{ offset: first, timestamp: 1_000_000n + BigInt(i), value: Buffer.from(`yes ${i}`) }]);
    }
    log.at(1).append([], { baseOffset: 5_000_001n, lastOffset: 9_000_000n });
    const { places, end, progress } = await find(log, { contains: 'yes' }, { order });
    expect(end.outcome).toBe('complete');
    const offsets = places.map((place) => Number(place.split('/')[1]));
    expect(offsets).toEqual([...offsets].sort((a, b) => (order === 'oldest' ? a - b : b - a)));
    expect(places).toHaveLength(12);
    expect(progress.doneOffsets).toBe(progress.plannedOffsets);
    expect(log.fetches).toBeLessThan(200);
  });

  it('of a topic that was made anew meanwhile ends, and mixes nothing (F12)', async () => {
    const log = filled(2, 100, 20, plain);
    log.beforeFetch = () => {
      log.topicId = 'another';
      for (const part of log.partitions) part.leader = 9;
    };
    await expect(find(log, { contains: 'FAILED' })).rejects.toMatchObject({ code: 'topic.recreated' });
  });
});
