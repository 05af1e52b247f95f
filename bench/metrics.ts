import { collectorOf } from '#lib/collector/collectors.ts';
import { startHistory } from '#lib/collector/keep-history.ts';
import { holdsLease } from '#lib/collector/keep-lease.ts';
import { newestTick, onTick } from '#lib/collector/ticks.ts';
import { inTransaction, pool } from '#lib/gateways/database/client.ts';
import { writeChunks } from '#lib/gateways/database/series-chunks.ts';
import { findSeries } from '#lib/gateways/database/series-layout.ts';
import type { AnyQuery } from '#lib/operations/define-query.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { listTopSeries } from '#lib/services/metric/list-top-series.ts';
import { readSeries } from '#lib/services/metric/read-series.ts';
import { openTestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { registerSampleCluster } from '#lib/testing/sample-cluster.ts';
import {
  headline,
  kilobytes,
  megabytes,
  milliseconds,
  quantile,
  repeated,
  say,
  startFakeProcess,
  type Timed,
  timed,
  watchTurns,
} from './harness.ts';

/**
 * What numbers with a memory cost: a tick of a cluster of 10,000 topics and 100,000 partitions with everything that is kept
 * of it, a chart of a day, the largest of ten thousand. `node bench/metrics.ts [topics] [groups]`
 */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const [topics = 10_000, groups = 500] = process.argv.slice(2).map(Number);
process.env.MILLRACE_EGRESS_ALLOW = '127.0.0.0/8';
// Only what is asked for here is read: the clock of the collector stands still.
process.env.MILLRACE_SAMPLE_MS = '300000';
headline(`Metrics: ${topics} topics × 10 partitions × 3 replicas, ${groups} groups, fake brokers`);
const database = await openTestDatabase();
const fake = await startFakeProcess({ topics, partitions: 10, groups });
const history = startHistory();
try {
  await registerSampleCluster({ id: 'large', bootstrap: fake.bootstrap });
  await measureTicks();
  await measureChart();
  await measureTop();
} finally {
  await collectorOf('large').stop();
  await history.settle();
  fake.stop();
  await database.close();
}
process.exit(0);

async function measureTicks(): Promise<void> {
  const collector = collectorOf('large');
  await collector.firstSample();
  while (!holdsLease('history:large')) await new Promise((done) => setTimeout(done, 50));
  const tick = async (): Promise<void> => {
    const told = new Promise<void>((done) => {
      const stop = onTick(() => {
        stop();
        done();
      });
    });
    await collector.refresh(['state', 'offsets']);
    await told;
    await history.settle();
  };
  await tick();
  const points = newestTick('large')?.points.length ?? 0;
  say('numbers in a tick', points.toLocaleString('en'));
  const ticks: Timed<unknown>[] = [];
  for (let i = 0; i < 5; i++) ticks.push(await timed(tick));
  const cpu = ticks.map(({ cpuMs }) => cpuMs);
  const wall = ticks.map(({ ms }) => ms);
  say(
    'a tick: metadata, ends, lag, history on disk; middle of 5',
    `${milliseconds(quantile(wall, 0.5))}, CPU ${milliseconds(quantile(cpu, 0.5))}`,
    'CPU < 1 s',
  );
  const stop = watchTurns();
  await tick();
  say('  longest turn of the event loop (CPU)', milliseconds(stop()), '< 50 ms');
  const withGroups = await timed(() => collector.refresh(['state', 'offsets', 'groups']));
  say(
    '  with the offsets of all groups',
    `${milliseconds(withGroups.ms)}, CPU ${milliseconds(withGroups.cpuMs)}`,
  );
  say('  memory of this process (RSS)', megabytes(process.memoryUsage().rss), '< 512 MB');
}

async function ask(query: AnyQuery, input: Record<string, unknown>): Promise<string> {
  const result = await runQuery(query, contextAs('viewer'), input);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return JSON.stringify(result.value);
}

/** Points at a distance, in chunks of `length`, as the store would have them. */
async function fill(
  ids: readonly number[],
  span: { from: number; to: number; stepMs: number; level: number },
): Promise<void> {
  const { from, to, stepMs, level } = span;
  const length = 240;
  for (let start = from; start < to; start += length * stepMs) {
    const times = Array.from({ length }, (_, i) => start + i * stepMs).filter((at) => at < to);
    const series = ids.map((id) => ({
      id,
      points: {
        times,
        values: times.map((at) => Math.fround(1_000 * (id + Math.sin(at / 1e6)) + Math.random() * 50)),
      },
    }));
    await inTransaction((sql) => writeChunks(sql, series, level));
  }
}

/** A day of six lines: six hours as they were scraped, the rest a number a minute. */
async function measureChart(): Promise<void> {
  const names = Array.from({ length: 6 }, (_, i) => ({ kind: 'topic.records-in', name: `chart-${i}` }));
  await pool().query(
    `INSERT INTO series (cluster_id, kind, name) SELECT 'large', kind, name FROM unnest($1::text[], $2::text[]) AS n (kind, name)`,
    [names.map(({ kind }) => kind), names.map(({ name }) => name)],
  );
  const ids = (await findSeries('large', names)).map(({ id }) => id);
  const now = Date.now();
  await fill(ids, { from: now - 24 * hourMs, to: now - 6 * hourMs, stepMs: minuteMs, level: 1 });
  await fill(ids, { from: now - 6 * hourMs, to: now, stepMs: 5_000, level: 0 });
  const input = {
    clusterId: 'large',
    series: names.map(({ kind, name }) => `${kind}:${name}`),
    range: '24h',
  };
  const answer = await ask(readSeries, input);
  say('chart of 24 h × 6 series', await repeated(30, () => ask(readSeries, input)), 'server time < 50 ms');
  say('  answer', kilobytes(Buffer.byteLength(answer)), '< 30 KB');
  say('  with yesterday beside it', await repeated(30, () => ask(readSeries, { ...input, compare: '1d' })));
}

/** The largest of all topics, over an hour of packed chunks. */
async function measureTop(): Promise<void> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT id FROM series WHERE cluster_id = 'large' AND kind = 'topic.size'`,
  );
  const now = Date.now();
  await fill(
    rows.map(({ id }) => id),
    { from: now - hourMs, to: now - minuteMs, stepMs: 5_000, level: 0 },
  );
  const input = { clusterId: 'large', kind: 'topic.size', by: 'growth', range: '1h' };
  say(
    `which of ${rows.length} topics grew most in an hour`,
    await repeated(5, () => ask(listTopSeries, input)),
  );
}
