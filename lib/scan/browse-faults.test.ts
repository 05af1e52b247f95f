import { afterAll, describe, expect, it } from 'vitest';
import type { ReadRange } from '#lib/model/message-range.ts';
import { MemoryLog } from '#lib/testing/memory-log.ts';
import { compress } from '#lib/testing/record-batches.ts';
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

describe('the log moves under the reader', () => {
  const filled = (partitions: number, count: number) => {
    const log = new MemoryLog(partitions);
    for (let i = 0; i < count; i++) {
      const part = log.at(i % partitions);
      part.append([{ offset: part.end, timestamp: BigInt(i), value: Buffer.from(`${i}`) }]);
    }
    return log;
  };

  it('retention between pages is told, reading goes on at the new start (F13)', async () => {
    const log = filled(1, 100);
    const page = await browse(log, pool, ask(oldest, 10), { now });
    log.at(0).start = 40n;
    const next = await browse(log, pool, { token: page.nextToken ?? '', pageSize: 10 }, { now });
    expect(next.expired).toEqual([{ partition: 0, offsets: '30' }]);
    expect(next.rows[0]?.offset).toBe('40');
  });

  it('retention within a page too (F13)', async () => {
    const log = filled(1, 100);
    log.beforeFetch = () => {
      log.at(0).start = 60n;
    };
    const page = await browse(log, pool, ask(oldest, 10), { now });
    expect(page.expired).toEqual([{ partition: 0, offsets: '60' }]);
    expect(page.rows[0]?.offset).toBe('60');
  });

  it('refuses a token of a topic that was recreated or got more partitions (F12)', async () => {
    const log = filled(2, 100);
    const { nextToken } = await browse(log, pool, ask(newest, 10), { now });
    const request = { token: nextToken ?? '', pageSize: 10 };
    log.topicId = 'another';
    await expect(browse(log, pool, request, { now })).rejects.toMatchObject({ code: 'topic.recreated' });
    const wider = filled(3, 100);
    await expect(browse(wider, pool, request, { now })).rejects.toMatchObject({
      code: 'message.partitions-changed',
    });
    await expect(browse(log, pool, { token: 'nonsense', pageSize: 10 }, { now })).rejects.toMatchObject({
      code: 'message.token',
    });
    await expect(browse(log, pool, ask(newest, 10, [7]), { now })).rejects.toMatchObject({
      code: 'message.partition-unknown',
    });
  });

  it('follows a leader that moves in the middle (F1)', async () => {
    const log = filled(3, 90);
    let moved = false;
    log.beforeFetch = (leader) => {
      if (leader === 2 && !moved) {
        moved = true;
        log.at(1).leader = 3;
      }
    };
    const page = await browse(log, pool, ask(newest, 90), { now });
    expect([page.rows.length, page.outcome, page.missing]).toEqual([90, 'complete', []]);
  });

  it('names a broker that does not answer and shows the living partitions', async () => {
    const log = filled(3, 90);
    log.dead.add(2);
    const page = await browse(log, pool, ask(newest, 90), { now });
    expect(page.outcome).toBe('partial');
    expect(page.rows.length).toBe(60);
    expect(page.missing).toEqual([
      {
        part: 'partition 1',
        sentence: 'Partition 1 of this topic is not shown: broker 2 did not answer.',
        since: null,
      },
    ]);
    log.dead.clear();
    const rest = await browse(log, pool, { token: page.nextToken ?? '', pageSize: 90 }, { now });
    expect(rest.rows.map((row) => row.partition)).toEqual(Array.from({ length: 30 }, () => 1));
  });

  it('names a broker that dies between plan and fetch, and a partition without a leader', async () => {
    const log = filled(3, 90);
    log.beforeFetch = (leader) => {
      if (leader === 3) throw new Error('connection reset');
    };
    log.at(0).leader = -1;
    const page = await browse(log, pool, ask(newest, 90), { now });
    expect(page.rows.map((row) => row.partition)).toEqual(Array.from({ length: 30 }, () => 1));
    expect(page.missing.map(({ sentence }) => sentence)).toEqual([
      'Partition 0 of this topic is not shown: it has no leader.',
      'Partition 2 of this topic is not shown: broker 3 did not answer.',
    ]);
  });

  it('stops when nobody waits any more, and when the time is spent', async () => {
    const log = filled(2, 100);
    const stop = new AbortController();
    log.beforeFetch = (leader) => {
      if (leader === 2) stop.abort();
    };
    const cancelled = await browse(log, pool, ask(newest), { now, signal: stop.signal });
    expect(cancelled.outcome).toBe('cancelled');
    log.beforeFetch = () => new Promise((resolve) => setTimeout(resolve, 80));
    const spent = await browse(log, pool, ask(newest), { now, budgetMs: 20 });
    expect([spent.outcome, spent.rows.length]).toEqual(['budget', 0]);
    log.beforeFetch = undefined;
    const rest = await browse(log, pool, { token: spent.nextToken ?? '', pageSize: 100 }, { now });
    expect(rest.rows.length).toBe(100);
  });

  it('shows the others beside a bomb and names its offsets (P12)', async () => {
    const log = filled(1, 5);
    const body = compress('zstd', Buffer.alloc(200 * 1024 * 1024));
    log.at(0).append([], { codec: 'zstd', body, baseOffset: 5n, lastOffset: 9n, recordCount: 5 });
    log.at(0).append([{ offset: 10n, timestamp: 10n }]);
    const page = await browse(log, pool, ask(newest), { now });
    expect(page.rows.map((row) => row.offset)).toEqual(['10', '4', '3', '2', '1', '0']);
    expect(page.unreadable).toEqual([
      { partition: 0, fromOffset: '5', toOffset: '9', reason: expect.stringContaining('limit') },
    ]);
  });

  it('ends with a sentence at bytes that are no batch', async () => {
    const log = filled(1, 5);
    log.at(0).appendBytes(5n, 5n, Buffer.alloc(80, 7));
    const page = await browse(log, pool, ask(oldest), { now });
    expect(page.rows.length).toBe(5);
    expect(page.outcome).toBe('partial');
    expect(page.missing[0]?.sentence).toContain('offset 5 cannot be read');
  });
});
