import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSeries } from '#lib/gateways/database/series.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';

let database: TestDatabase;
const writer = fileURLToPath(new URL('../testing/history-writer-main.ts', import.meta.url));
const start = Date.parse('2026-03-01T10:00:00Z');
const stepMs = 5_000;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** Writes until `readings` were said and kills; the last reading that was said. */
async function writeAndKill(clusterId: string, first: number, readings: number): Promise<number> {
  const child = spawn(process.execPath, [writer, database.server.url, clusterId, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let last = Number.NaN;
  let said = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (++said === readings) child.kill('SIGKILL');
  }
  await closed;
  return last;
}

describe('history of a process that is killed', () => {
  it('F7: has every reading but at most the last, whole, and goes on after a restart without another hole', async () => {
    let first = start;
    const lost: number[] = [];
    for (const readings of [1, 7, 40, 245]) {
      const said = await writeAndKill('killed', first, readings);
      const { at, series } = await readSeries({
        clusterId: 'killed',
        series: [
          { kind: 'cluster.records-in', name: '' },
          { kind: 'topic.size', name: 'orders' },
        ],
        fromMs: start,
        toMs: said,
        maxPoints: 10_000,
      });
      // A reading is there with all its numbers or not at all: both lanes, at their own times.
      for (const { values } of series) expect(values).toEqual(at);
      const last = at.at(-1) ?? first - stepMs;
      expect(said - last).toBeLessThanOrEqual(stepMs);
      if (last < said) lost.push(said);
      const kept = Array.from({ length: (last - start) / stepMs + 1 }, (_, i) => start + i * stepMs);
      expect(at).toEqual(kept.filter((time) => !lost.includes(time)));
      first = said + stepMs;
    }
  });
});
