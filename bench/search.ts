import { spawnSync } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { topicSource } from '#lib/gateways/kafka/fetch-source.ts';
import type { LogSource } from '#lib/model/log-source.ts';
import type { MessageRow } from '#lib/model/message.ts';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import { browse } from '#lib/scan/browse.ts';
import type { Decoding } from '#lib/scan/decoding.ts';
import { ScanPool } from '#lib/scan/pool.ts';
import { search } from '#lib/scan/search.ts';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import { platformHandle } from '#platform/handle.ts';
import { headline, megabytes, milliseconds, quantile, say, seconds, timed, watchTurns } from './harness.ts';
import { hasKcat, type ReferenceRun, runConsoleConsumer, runKcat } from './search-references.ts';
import {
  answersOf,
  avroSchema,
  avroSchemaId,
  largeAmount,
  makeSearchTopics,
  needle,
  orderIdOf,
  type SearchTopic,
} from './search-topics.ts';

/**
 * Searches of whole topics on three brokers of its own, beside kcat and Kafka's console consumer on the same brokers and topics in
 * the same run. Each search must find exactly what the topic is known to hold; times are printed and never judged. The topics stay in
 * the brokers' data folder, so that a second run need not make them: remove it by hand. MILLRACE_BENCH_RECORDS makes the topics
 * smaller, MILLRACE_BENCH_RUNS measures less often; with MILLRACE_PLATFORM_PORT and MILLRACE_PLATFORM_DIR the brokers of
 * another platform that runs are used and left running.
 */
const records = Number(process.env.MILLRACE_BENCH_RECORDS ?? 5_000_000);
const runs = Number(process.env.MILLRACE_BENCH_RUNS ?? 5);
const isOwn = process.env.MILLRACE_PLATFORM_PORT === undefined;
process.env.MILLRACE_PLATFORM_PORT ??= '24000';
process.env.MILLRACE_PLATFORM_DIR ??= '.data/bench-search';

function platformVerb(verb: 'up' | 'down'): void {
  const program = fileURLToPath(new URL('../platform/main.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, verb, 'broker-1', 'broker-2', 'broker-3'],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The brokers are not ${verb}: ${stdout}${stderr}`);
}

const topicOf = (
  codec: SearchTopic['codec'],
  count: number,
  needles: number,
  format: SearchTopic['format'] = 'json',
): SearchTopic => ({
  topic: `bench.search.${format}.${codec}.${count}`,
  ...{ codec, format, records: count, needles },
});
const smaller = Math.round(records * 0.4);
const lz4 = topicOf('lz4', records, 6);
const plain = topicOf('none', smaller, 3);
const zstd = topicOf('zstd', smaller, 3);
const inAvro = topicOf('lz4', Math.round(records * 0.2), 3, 'avro');

/** Wide enough for everything: what is measured is the search, not its limits. */
const unbounded = { budgetBytes: Number.MAX_SAFE_INTEGER, budgetMs: 600_000 };
const everything = {
  range: { order: 'newest', from: null, to: null },
  partitions: null,
  isolation: 'read_committed',
} as const;

const avroFact = {
  id: `schema:bench:${avroSchemaId}`,
  value: {
    id: String(avroSchemaId),
    type: 'AVRO',
    text: JSON.stringify(avroSchema),
    references: [],
    subjects: [],
  },
};
const decodingOf = (spec: SearchTopic): Decoding => ({
  plan: { ...plainPlan(spec.topic), registry: 'bench' },
  facts: spec.format === 'avro' ? [avroFact] : [],
  resolveFacts: async () => [],
});

type Found = { rows: MessageRow[]; firstRowMs: number; decoded: number };

/** A search to the end. @throws when it did not read everything or found another number of records. */
async function searchWhole(
  source: LogSource,
  pool: ScanPool,
  spec: SearchTopic,
  filter: MessageFilter,
  expected: number,
): Promise<Found> {
  const found: Found = { rows: [], firstRowMs: Number.NaN, decoded: 0 };
  const began = performance.now();
  const request = { ...everything, filter, maxRows: 1_000_000 };
  for await (const event of search(source, pool, request, { ...unbounded, decoding: decodingOf(spec) })) {
    if (event.type === 'rows') {
      if (found.rows.length === 0) found.firstRowMs = performance.now() - began;
      found.rows.push(...event.rows);
    }
    if (event.type === 'progress') found.decoded = event.progress.decoded;
    if (event.type === 'progress' && event.progress.failed + event.progress.undecoded > 0)
      throw new Error(
        `${spec.topic}: ${event.progress.failed} failed, ${event.progress.undecoded} undecoded.`,
      );
    if (event.type === 'end' && event.end.outcome !== 'complete')
      throw new Error(`${spec.topic}: ${event.end.outcome}, ${event.end.reason}`);
  }
  if (found.rows.length !== expected)
    throw new Error(`${spec.topic}: ${JSON.stringify(filter)} found ${found.rows.length} of ${expected}.`);
  return found;
}

const spread = (values: readonly number[], show: (value: number) => string): string =>
  `${show(quantile(values, 0.5))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
const perCpuSecond = (count: number, cpuMs: number): string => `${(count / cpuMs / 1000).toFixed(2)} M/CPU-s`;

function report(what: string, spec: SearchTopic, all: readonly ReferenceRun[], wanted = ''): number {
  const wall = all.map(({ ms }) => ms);
  const cpu = all.map(({ cpuMs }) => cpuMs);
  say(
    what,
    `${spread(wall, seconds)}, CPU ${spread(cpu, seconds)}, ${perCpuSecond(spec.records, quantile(cpu, 0.5))}`,
    `  ${wanted}`,
  );
  return quantile(wall, 0.5);
}

async function measured(work: () => Promise<unknown>): Promise<ReferenceRun[]> {
  await work();
  const all: ReferenceRun[] = [];
  for (let i = 0; i < runs; i++) {
    const { ms, cpuMs } = await timed(work);
    all.push({ ms, cpuMs });
  }
  return all;
}

const nearTheEnd: MessageFilter = { where: `value.orderId == "${orderIdOf(records - 90_000)}"` };
const failedAndLarge: MessageFilter = { where: 'value.status == "FAILED" && value.amount > 100' };
const withoutLiteral: MessageFilter = { where: `value.amount > ${largeAmount}` };

async function measureSearches(sourceOf: (topic: string) => LogSource, pool: ScanPool): Promise<void> {
  const platform = platformHandle();
  for (const spec of [lz4, plain, zstd]) {
    const whole = () => searchWhole(sourceOf(spec.topic), pool, spec, { contains: needle }, spec.needles);
    const target = spec === lz4 ? '≥ 2 M/CPU-s, ≤ 2.5 s' : '';
    const ours = report(`substring, ${spec.codec}, ${spec.records}`, spec, await measured(whole), target);
    if (!hasKcat()) {
      say('  kcat | grep', 'kcat is not installed here');
      continue;
    }
    const theirs = Array.from({ length: runs }, () => runKcat(platform, spec));
    const kcat = report('  kcat | grep', spec, theirs);
    say('  wall time of ours to it', `${(ours / kcat).toFixed(2)}`, '  ≤ 1');
    if (spec !== lz4) continue;
    const consumed = [];
    for (let i = 0; i < Math.min(runs, 2); i++) consumed.push(await runConsoleConsumer(platform, spec));
    const consumer = report('  console consumer | grep', spec, consumed);
    say('  wall time of ours to it', `${(ours / consumer).toFixed(2)}`);
  }
  const answers = answersOf(lz4);
  const literal = () => searchWhole(sourceOf(lz4.topic), pool, lz4, failedAndLarge, answers.failedAndLarge);
  report(`${failedAndLarge.where}`, lz4, await measured(literal), '≥ 1 M/CPU-s');
  const decoded = () =>
    searchWhole(sourceOf(plain.topic), pool, plain, withoutLiteral, answersOf(plain).large);
  report(`${withoutLiteral.where}, JSON decoded`, plain, await measured(decoded), '≥ 0.25 M/CPU-s');
  const avro = () =>
    searchWhole(sourceOf(inAvro.topic), pool, inAvro, withoutLiteral, answersOf(inAvro).large);
  report(`${withoutLiteral.where}, Avro decoded`, inAvro, await measured(avro), '≥ 0.25 M/CPU-s');
}

/** Milliseconds until the first row and the last of a page; reading is over when the loop of events ends. */
async function firstAndLast(
  source: LogSource,
  pool: ScanPool,
  filter: MessageFilter,
  maxRows: number,
): Promise<{ first: number; last: number; cpuMs: number }> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  let first = Number.NaN;
  const request = { ...everything, filter, maxRows };
  for await (const event of search(source, pool, request, { ...unbounded, decoding: decodingOf(lz4) }))
    if (event.type === 'rows' && event.rows.length > 0 && Number.isNaN(first))
      first = performance.now() - began;
  if (Number.isNaN(first)) throw new Error(`No row for ${JSON.stringify(filter)}.`);
  const used = process.cpuUsage(cpu);
  return { first, last: performance.now() - began, cpuMs: (used.user + used.system) / 1000 };
}

async function measurePages(sourceOf: (topic: string) => LogSource, pool: ScanPool): Promise<void> {
  const pages = async (times: number, filter: MessageFilter, maxRows: number) => {
    await firstAndLast(sourceOf(lz4.topic), pool, filter, maxRows);
    const all = [];
    for (let i = 0; i < times; i++) all.push(await firstAndLast(sourceOf(lz4.topic), pool, filter, maxRows));
    return all;
  };
  const newest = await pages(runs * 4, {}, 50);
  const firsts = newest.map(({ first }) => first);
  const lasts = newest.map(({ last }) => last);
  const cpuOf = (all: readonly { cpuMs: number }[]) =>
    `, CPU ${milliseconds(
      quantile(
        all.map(({ cpuMs }) => cpuMs),
        0.5,
      ),
    )}`;
  say('newest 50, first row', spread(firsts, milliseconds), '  ≤ 10 ms');
  say('newest 50, complete', spread(lasts, milliseconds) + cpuOf(newest), '  ≤ 20 ms');
  // One match, 90,000 records back: the first row is the answer, the rest of the topic need not be read.
  const rare = await pages(runs, nearTheEnd, 1);
  const rareFirst = rare.map(({ first }) => first);
  say('newest 50, rare match 90,000 back', spread(rareFirst, milliseconds) + cpuOf(rare), '  ≤ 300 ms');
}

/** Three searches of everything at once, and pages asked for meanwhile over connections of their own. */
async function measureAtOnce(
  sourceOf: (topic: string) => LogSource,
  pageSource: (topic: string) => LogSource,
  pool: ScanPool,
  pagePool: ScanPool,
): Promise<void> {
  const answers = answersOf(lz4);
  const page = () => browse(pageSource(lz4.topic), pagePool, { ...everything, pageSize: 50 });
  await page();
  const pages: number[] = [];
  let isOver = false;
  const watcher = (async () => {
    while (!isOver) {
      const { ms, value } = await timed(page);
      if (value.rows.length !== 50) throw new Error(`A page has ${value.rows.length} rows.`);
      pages.push(ms);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  const { ms, cpuMs } = await timed(() =>
    Promise.all([
      searchWhole(sourceOf(lz4.topic), pool, lz4, { contains: needle }, lz4.needles),
      searchWhole(sourceOf(lz4.topic), pool, lz4, failedAndLarge, answers.failedAndLarge),
      searchWhole(sourceOf(zstd.topic), pool, zstd, { contains: needle }, zstd.needles),
    ]),
  );
  isOver = true;
  await watcher;
  say('three searches at once', `${seconds(ms)}, CPU ${seconds(cpuMs)}`);
  say('  newest 50 meanwhile', `${spread(pages, milliseconds)}, ${pages.length} pages`, '  ≤ 100 ms');
}

async function measureHouse(sourceOf: (topic: string) => LogSource, pool: ScanPool): Promise<void> {
  const whole = () => searchWhole(sourceOf(lz4.topic), pool, lz4, { contains: needle }, lz4.needles);
  // The workers are up and the code is loaded; no topic was read yet.
  await firstAndLast(sourceOf(lz4.topic), pool, {}, 50);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await whole();
  const afterOne = process.memoryUsage.rss();
  for (let i = 1; i < runs; i++) await whole();
  delay.disable();
  const turn = watchTurns();
  await whole();
  const longest = turn();
  clearInterval(timer);
  say('event loop during it, two workers: p99', milliseconds(delay.percentile(99) / 1e6), '  < 20 ms');
  say('  max', milliseconds(delay.max / 1e6), '  < 50 ms');
  say('  most CPU in one turn of it', milliseconds(longest));
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const kept = process.memoryUsage.rss() - before;
  say('memory while all of it is read', megabytes(most - before), '  < 150 MB');
  say('  after one search', megabytes(afterOne - before));
  say(`  5 s after the last of ${runs + 1}`, megabytes(kept), '  no more than after one');
}

headline(`Searches of whole topics, median of ${runs} (least–most)`);
if (isOwn) platformVerb('up');
const client = testKafkaClient();
const root = fileURLToPath(new URL('..', import.meta.url));
// As the server has them: a pool and connections for searches, others for pages.
const [pool, pagePool] = [new ScanPool({ root, size: 2 }), new ScanPool({ root, size: 1 })];
const [searching, browsing] = [client.openChannel('browse'), client.openChannel('browse')];
try {
  await makeSearchTopics(platformHandle(), [lz4, plain, zstd, inAvro], say);
  const sourceOf = (topic: string) => topicSource(client, searching, topic);
  const pageSource = (topic: string) => topicSource(client, browsing, topic);
  const parts: Record<string, () => Promise<void>> = {
    house: () => measureHouse(sourceOf, pool),
    pages: () => measurePages(pageSource, pagePool),
    searches: () => measureSearches(sourceOf, pool),
    once: () => measureAtOnce(sourceOf, pageSource, pool, pagePool),
  };
  const wanted = process.argv.slice(2);
  for (const [name, part] of Object.entries(parts))
    if (wanted.length === 0 || wanted.includes(name)) await part();
} finally {
  await Promise.all([pool.close(), pagePool.close(), client.close()]);
  if (isOwn) platformVerb('down');
}
process.exit(0);
