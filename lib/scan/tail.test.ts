import { afterAll, describe, expect, it } from 'vitest';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import type { TailProgress } from '#lib/model/message-search.ts';
import { MemoryLog } from '#lib/testing/memory-log.ts';
import { ScanPool } from './pool.ts';
import { type TailOptions, tail } from './tail.ts';

const pool = new ScanPool({ root: process.cwd(), size: 1 });
afterAll(() => pool.close());

const put = (log: MemoryLog, partition: number, value: string) => {
  const part = log.at(partition);
  part.append([{ offset: part.end, timestamp: 1_000n + part.end, value: Buffer.from(value) }]);
};

/** Follows until `isEnough` of the values and the last progress. */
async function follow(
  log: MemoryLog,
  filter: MessageFilter,
  isEnough: (values: string[], progress: TailProgress | undefined) => boolean,
  onPlan: () => void = () => {},
  options: Partial<TailOptions> = {},
): Promise<{ values: string[]; progress: TailProgress | undefined }> {
  const stop = new AbortController();
  const values: string[] = [];
  let progress: TailProgress | undefined;
  const range = { order: 'newest' as const, from: null, to: null };
  const request = { range, partitions: null, isolation: 'read_committed' as const, filter };
  for await (const event of tail(log, pool, request, {
    signal: stop.signal,
    everyMs: 1,
    waitMs: 1,
    ...options,
  })) {
    if (event.type === 'plan') onPlan();
    if (event.type === 'rows') values.push(...event.rows.map((row) => row.value?.text ?? ''));
    if (event.type === 'progress') progress = event.progress;
    if (isEnough(values, progress)) stop.abort();
  }
  return { values, progress };
}

describe('a tail', () => {
  it('tells what comes after it began, and of that what fits', async () => {
    const log = new MemoryLog(3);
    for (const partition of [0, 1, 2]) put(log, partition, 'old yes');
    const { values } = await follow(
      log,
      { contains: 'yes' },
      (told) => told.length === 3,
      () => {
        for (const [i, text] of ['yes 1', 'no', 'yes 2', 'yes 3'].entries()) put(log, i % 3, text);
      },
    );
    expect(values.sort()).toEqual(['yes 1', 'yes 2', 'yes 3']);
  });

  it('drops what comes too fast, the oldest first, and counts it', async () => {
    const log = new MemoryLog(1);
    const { values, progress } = await follow(
      log,
      {},
      (told, now) => told.length > 0 && (now?.dropped ?? 0) > 0,
      () => {
        const part = log.at(0);
        part.append(
          Array.from({ length: 30 }, (_, i) => ({ offset: BigInt(i), value: Buffer.from(`${i}`) })),
        );
      },
      { maxRows: 10 },
    );
    expect(values).toEqual(Array.from({ length: 10 }, (_, i) => `${20 + i}`));
    expect(progress).toMatchObject({ records: 30, matched: 30, dropped: 20 });
  });

  it('names a broker that does not answer, follows the others, and goes on without a gap when it is back', async () => {
    const log = new MemoryLog(2);
    let wasNamed = false;
    const { values } = await follow(
      log,
      {},
      (told, progress) => {
        if (progress?.missing.length === 1 && !wasNamed) {
          wasNamed = true;
          expect(progress.missing[0]?.sentence).toContain('broker 2');
          put(log, 1, 'while it was dead');
          put(log, 0, 'of the other');
        }
        if (told.includes('of the other')) log.dead.clear();
        return told.length === 2;
      },
      () => log.dead.add(2),
    );
    expect(values).toEqual(['of the other', 'while it was dead']);
  });

  it('follows a partition to its new leader', async () => {
    const log = new MemoryLog(2);
    const { values } = await follow(
      log,
      {},
      (told) => told.length === 2,
      () => {
        log.at(1).leader = 1;
        put(log, 0, 'a');
        put(log, 1, 'b');
      },
    );
    expect(values.sort()).toEqual(['a', 'b']);
  });

  it('ends when the topic is made anew (F12)', async () => {
    const log = new MemoryLog(1);
    const following = follow(
      log,
      {},
      () => false,
      () => {
        log.at(0).leader = 9;
        log.topicId = 'another';
        log.dead.add(1);
      },
    );
    await expect(following).rejects.toMatchObject({ code: 'topic.recreated' });
  });
});
