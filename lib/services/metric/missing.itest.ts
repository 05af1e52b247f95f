import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendSample } from '#lib/gateways/database/series.ts';
import { openTestServices, type TestServices } from '#lib/testing/services.ts';
import { ask, clusterId } from '#lib/testing/topic-suite.ts';
import { listSeriesKinds } from './list-series-kinds.ts';
import { listSeriesNames } from './list-series-names.ts';
import { listTopSeries } from './list-top-series.ts';
import { readSeries } from './read-series.ts';

/** Numbers of sources that tell nothing now: no collector runs here. */
let services: TestServices;

beforeAll(async () => {
  services = await openTestServices({ id: clusterId });
  const now = Date.now();
  for (let i = 300; i > 0; i--)
    await appendSample(clusterId, now - 3 * 3_600_000 - i * 5_000, [
      { kind: 'broker.heap', name: '1', value: i },
      { kind: 'broker.gc', name: '1', value: Number.NaN },
    ]);
});
afterAll(async () => services.close());

describe('numbers of a source that is down', () => {
  it('are there as long as history holds some, and missing where none was ever known', async () => {
    const { rows } = await ask(listSeriesKinds, { clusterId });
    const missing = new Map(rows.map((row) => [row.kind, row.missing]));
    expect(missing.get('broker.heap')).toBeNull();
    expect(missing.get('broker.gc')).toMatch(/metrics/);
    expect(missing.get('broker.canary-p99')).toMatch(/canary/);
  });

  it('are read where they are, and elsewhere it is said why there are none', async () => {
    const read = async (range: string) =>
      (await ask(readSeries, { clusterId, series: ['broker.heap:1'], range })).series[0]!;
    expect(await read('6h')).toMatchObject({ missing: null });
    expect(await read('1h')).toMatchObject({ missing: expect.stringMatching(/metrics/) });
    const top = { clusterId, kind: 'broker.heap', by: 'max' } as const;
    expect(await ask(listTopSeries, { ...top, range: '6h' })).toMatchObject({ total: 1, missing: null });
    expect((await ask(listTopSeries, { ...top, range: '1h' })).missing).not.toBeNull();
    expect((await ask(listSeriesNames, { clusterId, kind: 'broker.heap' })).missing).toBeNull();
  });
});
