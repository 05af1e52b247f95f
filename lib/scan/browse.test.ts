import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ReadRange } from '#lib/model/message-range.ts';
import { MemoryLog } from '#lib/testing/memory-log.ts';
import { markerBatch } from '#lib/testing/record-batches.ts';
import { browse } from './browse.ts';
import { ScanPool } from './pool.ts';

const pool = new ScanPool({ root: process.cwd(), size: 1 });
afterAll(() => pool.close());

const now = () => 2_000_000;
const newest: ReadRange = { order: 'newest', from: null, to: null };
const oldest: ReadRange = { order: 'oldest', from: null, to: null };
const ask = (range: ReadRange, pageSize = 50, partitions: number[] | null = null) => ({
  range,
  pageSize,
  partitions,
  isolation: 'read_committed' as const,
});
const placeOf = (row: { partition: number; offset: string }) => `${row.partition}/${row.offset}`;

/** All pages, one after the other. */
async function readThrough(log: MemoryLog, range: ReadRange, pageSize: number) {
  const rows = [];
  let page = await browse(log, pool, ask(range, pageSize), { now });
  for (let pages = 0; ; pages++) {
    expect(pages).toBeLessThan(500);
    expect(page.outcome).toBe('complete');
    rows.push(...page.rows);
    if (page.nextToken === null) return rows;
    page = await browse(log, pool, { token: page.nextToken, pageSize }, { now });
  }
}

interface Visible {
  partition: number;
  offset: bigint;
  timestamp: bigint;
}

/**
 * Writes batches to random partitions with one clock for all, so that timestamps never fall: with gaps as compaction and
 * transactions leave them, empty batches, aborted transactions, every codec. Answers what a reader must see.
 */
const anyTopic = fc
  .tuple(
    fc.integer({ min: 1, max: 7 }),
    fc.array(
      fc.record({
        partition: fc.nat(6),
        count: fc.integer({ min: 0, max: 12 }),
        gap: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5_000) }),
        holes: fc.nat(3),
        isAborted: fc.boolean(),
        codec: fc.constantFrom(
          'none' as const,
          'gzip' as const,
          'lz4' as const,
          'zstd' as const,
          'snappy' as const,
        ),
        step: fc.nat(3),
      }),
      { maxLength: 40 },
    ),
  )
  .map(([partitions, writes]) => {
    const log = new MemoryLog(partitions);
    const visible: Visible[] = [];
    let clock = 1_000n;
    for (const write of writes) {
      const partition = write.partition % partitions;
      const part = log.at(partition);
      const first = part.end + BigInt(write.gap);
      const records = Array.from({ length: write.count }, (_, i) => {
        clock += BigInt(write.step);
        return {
          offset: first + BigInt(i * (write.holes + 1)),
          timestamp: clock,
          value: Buffer.from(`${i}`),
        };
      });
      const lastOffset = (records.at(-1)?.offset ?? first) + BigInt(write.holes);
      const producerId = write.isAborted ? 9n : undefined;
      part.append(records, {
        codec: write.codec,
        baseOffset: first,
        lastOffset,
        ...(producerId === undefined ? {} : { producerId, isTransactional: true }),
      });
      if (producerId !== undefined) {
        const marker = part.end;
        part.appendBytes(marker, marker, markerBatch(marker, producerId, 'abort'));
        part.aborted.push({ producerId, firstOffset: first, lastOffset: marker });
      } else {
        visible.push(...records.map(({ offset, timestamp }) => ({ partition, offset, timestamp })));
      }
    }
    return { log, visible };
  });

const compare = (a: Visible, b: Visible) =>
  Number(a.timestamp - b.timestamp) || a.partition - b.partition || Number(a.offset - b.offset);

describe('newest first', () => {
  it('is the order of time over all partitions, each record once, over any pages', async () => {
    await fc.assert(
      fc.asyncProperty(anyTopic, fc.integer({ min: 1, max: 60 }), async ({ log, visible }, pageSize) => {
        const rows = await readThrough(log, newest, pageSize);
        const expected = visible.sort(compare).reverse();
        expect(rows.map(placeOf)).toEqual(expected.map((v) => `${v.partition}/${v.offset}`));
      }),
      { numRuns: 120 },
    );
  });

  it('with conditions is what they leave of it, in the same order, over any pages and budgets', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTopic,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('1', '11', '7', 'none'),
        fc.constantFrom(...[newest, oldest]),
        fc.constantFrom(1, 3_000, 1_000_000),
        async ({ log }, pageSize, contains, range, budgetBytes) => {
          const all = await readThrough(log, range, 60);
          const expected = all.filter((row) => row.value?.text.includes(contains)).map(placeOf);
          const found: string[] = [];
          let token: string | undefined;
          for (let pages = 0; pages === 0 || token !== undefined; pages++) {
            expect(pages).toBeLessThan(400);
            const read = token === undefined ? ask(range, pageSize) : { token, pageSize };
            const page = await browse(log, pool, { ...read, filter: { contains } }, { now, budgetBytes });
            expect(['complete', 'budget']).toContain(page.outcome);
            found.push(...page.rows.map(placeOf));
            token = page.nextToken ?? undefined;
          }
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('loses and repeats nothing where clocks disagree wildly, and keeps each partition in its order (P13)', async () => {
    const timestamps = fc.oneof(
      fc.bigInt({ min: 0n, max: 3_000_000n }),
      fc.constantFrom(-1n, -99_999n, 253_402_300_799_999n),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), timestamps), { maxLength: 60 }), async (writes) => {
        const log = new MemoryLog(4);
        const expected = writes.map(([partition, timestamp]) => {
          const part = log.at(partition);
          part.append([{ offset: part.end, timestamp, value: null }]);
          return `${partition}/${part.end - 1n}`;
        });
        const rows = await readThrough(log, newest, 7);
        expect(rows.map(placeOf).sort()).toEqual(expected.sort());
        for (const partition of [0, 1, 2, 3]) {
          const own = rows.filter((row) => row.partition === partition).map((row) => Number(row.offset));
          expect(own).toEqual([...own].sort((a, b) => b - a));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not held up by a record without a time, nor led by one from the year 9999', async () => {
    const log = new MemoryLog(2);
    for (const timestamp of [100n, 300n, 500n]) log.at(0).append([{ offset: log.at(0).end, timestamp }]);
    log.at(0).append([{ offset: 3n, timestamp: -1n }]);
    for (const timestamp of [200n, 253_402_300_799_999n, 400n])
      log.at(1).append([{ offset: log.at(1).end, timestamp }]);
    const page = await browse(log, pool, ask(newest), { now });
    expect(page.rows.map(placeOf)).toEqual(['0/3', '0/2', '1/2', '0/1', '1/1', '1/0', '0/0']);
  });

  it('reads little of a large topic', async () => {
    const log = new MemoryLog(6);
    for (let i = 0; i < 6_000; i++) {
      const part = log.at(i % 6);
      part.append([{ offset: part.end, timestamp: BigInt(i), value: Buffer.alloc(1_000, 'v') }]);
    }
    const page = await browse(log, pool, ask(newest), { now });
    expect(page.rows).toHaveLength(50);
    expect(page.rows[0]?.timestampMs).toBe('5999');
    expect(log.fetchedBytes).toBeLessThan(200_000);
    const second = await browse(log, pool, { token: page.nextToken ?? '', pageSize: 50 }, { now });
    expect(second.rows[0]?.timestampMs).toBe('5949');
    expect(log.fetchedBytes).toBeLessThan(800_000);
  });

  it('crosses a gap of a million offsets and ends (F14)', async () => {
    const log = new MemoryLog(2);
    log.at(0).append([{ offset: 0n, timestamp: 5n, value: Buffer.from('old') }], { lastOffset: 1_500_000n });
    log.at(1).append([], { baseOffset: 0n, lastOffset: 900_000n });
    const page = await browse(log, pool, ask(newest), { now });
    expect(page.rows.map(placeOf)).toEqual(['0/0']);
    expect([page.outcome, page.nextToken]).toEqual(['complete', null]);
  });

  it('shrinks its window for large messages instead of reading all of them', async () => {
    const log = new MemoryLog(1);
    for (let i = 0; i < 60; i++) {
      log.at(0).append([{ offset: BigInt(i), timestamp: BigInt(i), value: Buffer.alloc(1_000_000, 'x') }]);
    }
    const page = await browse(log, pool, ask(newest, 3), { now });
    expect(page.rows.map((row) => row.offset)).toEqual(['59', '58', '57']);
    const wide = await browse(log, pool, ask(newest, 50), { now, budgetBytes: 20_000_000 });
    expect(wide.outcome).toBe('budget');
    expect(wide.rows.length).toBeGreaterThan(0);
    expect(wide.rows[0]?.offset).toBe('59');
    const next = await browse(log, pool, { token: wide.nextToken ?? '', pageSize: 1 }, { now });
    expect(Number(next.rows[0]?.offset)).toBe(59 - wide.rows.length);
  });
});

describe('forwards', () => {
  it('is the order of time from the start, each record once', async () => {
    await fc.assert(
      fc.asyncProperty(anyTopic, fc.integer({ min: 1, max: 60 }), async ({ log, visible }, pageSize) => {
        const rows = await readThrough(log, oldest, pageSize);
        expect(rows.map(placeOf)).toEqual(visible.sort(compare).map((v) => `${v.partition}/${v.offset}`));
      }),
      { numRuns: 60 },
    );
  });

  it('begins at an offset or at a time, and at the end when nothing is that late', async () => {
    const log = new MemoryLog(2);
    for (let i = 0; i < 20; i++) {
      const part = log.at(i % 2);
      part.append([{ offset: part.end, timestamp: BigInt(i * 10) }]);
    }
    const fromOffset = await browse(
      log,
      pool,
      ask({ ...oldest, from: { kind: 'offset', offset: '8' } }, 50, [1]),
      { now },
    );
    expect(fromOffset.rows.map(placeOf)).toEqual(['1/8', '1/9']);
    const fromTime = await browse(log, pool, ask({ ...oldest, from: { kind: 'time', timestampMs: 165 } }), {
      now,
    });
    expect(fromTime.rows.map((row) => row.timestampMs)).toEqual(['170', '180', '190']);
    const late = await browse(log, pool, ask({ ...oldest, from: { kind: 'time', timestampMs: 9_999 } }), {
      now,
    });
    expect([late.rows, late.outcome, late.nextToken]).toEqual([[], 'complete', null]);
  });
});
