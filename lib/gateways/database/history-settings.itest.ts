import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualHistory } from '#lib/model/history.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { createCluster } from './clusters.ts';
import { readHistorySettings, writeHistorySettings } from './history-settings.ts';
import { keepHistoryWithin } from './housekeeping.ts';
import { appendSample } from './series.ts';
import { lanes } from './series-lane.ts';
import { sealSeries } from './series-seal.ts';
import { levelSizes, storeSize } from './series-size.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await createCluster({
    ...{ id: 'shop', name: 'Shop', environment: 'staging', readOnly: false, secrets: {} },
    connection: {
      bootstrap: [{ host: 'broker', port: 9092 }],
      tls: { enabled: false },
      sasl: { mechanism: 'none' },
    },
  });
});
afterAll(() => database.close());

const hourMs = 3_600_000;
const start = Date.parse('2026-03-01T00:00:00Z');
const chunks = async () => (await levelSizes()).map((level) => level.chunks);

describe('for how long history is kept', () => {
  it('is what is usual until somebody says otherwise, and is changed as it was seen', async () => {
    expect(await readHistorySettings()).toEqual({ settings: usualHistory, version: 0 });
    const shorter = { scrapeHours: 1, minuteDays: 1, quarterDays: 3, maxGigabytes: 1 };
    expect(await writeHistorySettings(shorter, 0, 'ana')).toBe(1);
    expect(await readHistorySettings()).toEqual({ settings: shorter, version: 1 });
    for (const stale of [0, 7])
      await expect(writeHistorySettings(usualHistory, stale, 'ana')).rejects.toMatchObject({
        code: 'history.version',
      });
    expect(await writeHistorySettings(shorter, 1, 'ana')).toBe(2);
  });

  it('is held: readings become minutes, minutes quarters of an hour, and those end; of two at it, one does it', async () => {
    for (let i = 0; i < 240; i++)
      await appendSample('shop', start + i * 5_000, [{ kind: 'topic.size', name: 'orders', value: i }]);
    await sealSeries('shop', lanes.topics);
    expect(await chunks()).toEqual([1, 0, 0]);
    await keepHistoryWithin(start + 2 * hourMs);
    expect(await chunks()).toEqual([1, 0, 0]);
    await Promise.all([keepHistoryWithin(start + 3 * hourMs), keepHistoryWithin(start + 3 * hourMs)]);
    expect(await chunks()).toEqual([0, 1, 0]);
    await keepHistoryWithin(start + 48 * hourMs);
    expect(await chunks()).toEqual([0, 0, 1]);
    expect((await storeSize()).series).toBe(1);
    await keepHistoryWithin(start + 100 * hourMs);
    expect(await chunks()).toEqual([0, 0, 0]);
  });
});
