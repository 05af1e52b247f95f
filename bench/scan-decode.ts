import { createRequire } from 'node:module';
import { walkBatches } from '#lib/scan/batch-header.ts';
import { openBatch } from '#lib/scan/record-batch.ts';
import { sift } from '#lib/scan/sift.ts';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import { type BatchCodec, compress, recordBatch } from '#lib/testing/record-batches.ts';
import { headline } from './harness.ts';

/**
 * Decoding of one fetch response, no broker: million records per CPU-second by codec, beside kafkajs on the same bytes.
 * Run: `node bench/scan-decode.ts`.
 */
const RECORDS_PER_BATCH = 80;
const BATCHES = 64;
const RUNS = 5;
const MIN_RUN_MS = 300;
const MAX = 128 * 1024 * 1024;

const require = createRequire(import.meta.url);
const { Types, Codecs } = require('kafkajs/src/protocol/message/compression');
const KafkaDecoder = require('kafkajs/src/protocol/decoder');
const decodeBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder');
// kafkajs leaves these codecs to plug-ins; it gets the same decompressors as the other columns, so that decoding is compared.
const { inflate } = await import('#lib/scan/inflate.ts');
for (const [type, codec] of [
  [Types.Snappy, 'snappy'],
  [Types.LZ4, 'lz4'],
  [Types.ZSTD, 'zstd'],
] as const) {
  Codecs[type] = () => ({
    compress: async () => Buffer.alloc(0),
    decompress: async (bytes: Buffer) => {
      const inflated = inflate(codec, bytes, MAX);
      if ('problem' in inflated) throw new Error(inflated.problem);
      return inflated.bytes;
    },
  });
}

function value(i: number): Buffer {
  const status = ['NEW', 'PAID', 'PACKED', 'SHIPPED', 'FAILED'][i % 5];
  const random = ((i * 2_654_435_761) % 4_294_967_296).toString(36);
  return Buffer.from(
    `{"orderId":"o-${random}","status":"${status}","amount":${(i * 37) % 100_000},"currency":"EUR","customer":{"id":"c-${(i * 7919) % 50_000}","city":"Paris"},"items":${i % 9},"trace":"${random}${random}"}`,
  );
}

function response(codec: BatchCodec): Buffer {
  const batches = [];
  for (let b = 0; b < BATCHES; b++) {
    const records = Array.from({ length: RECORDS_PER_BATCH }, (_, i) => {
      const n = b * RECORDS_PER_BATCH + i;
      const key = Buffer.from(`key-${n}`);
      return { offset: BigInt(n), timestamp: 1_700_000_000_000n + BigInt(n), key, value: value(n) };
    });
    batches.push(recordBatch(records, { codec }));
  }
  return Buffer.concat(batches);
}

/** Million records per CPU-second: median, least and most of the runs. */
async function measure(run: () => unknown): Promise<{ median: number; min: number; max: number }> {
  for (let i = 0; i < 5; i++) await run();
  const rates = [];
  for (let i = 0; i < RUNS; i++) {
    const cpu = process.cpuUsage();
    const end = performance.now() + MIN_RUN_MS;
    let times = 0;
    for (; performance.now() < end; times++) await run();
    const { user, system } = process.cpuUsage(cpu);
    rates.push((times * BATCHES * RECORDS_PER_BATCH) / (user + system));
  }
  rates.sort((a, b) => a - b);
  return { median: rates[RUNS >> 1] ?? 0, min: rates[0] ?? 0, max: rates.at(-1) ?? 0 };
}

const options = {
  from: 0n,
  to: 1n << 62n,
  isolation: 'read_committed',
  aborted: [],
  maxInflatedBytes: MAX,
  partition: 0,
  plan: plainPlan('bench'),
  filter: null,
  latestMs: 1e15,
} as const;

/** Offsets and merge keys of every record: what a page without a filter needs. */
function index(bytes: Buffer): number {
  const answer = sift(bytes, options);
  return 'needs' in answer ? 0 : answer.offsets.length;
}

const EXPECTED_RECORDS = RECORDS_PER_BATCH * BATCHES;
const EXPECTED_BYTES = Array.from({ length: EXPECTED_RECORDS }, (_, i) => value(i).length).reduce(
  (a, b) => a + b,
);

/** Positions of every record, no object made: what a search over bytes needs. Bytes of all values, which are checked. */
function walk(bytes: Buffer, checkCrc: boolean): number {
  let sum = 0;
  for (const header of walkBatches(bytes, { checkCrc }).headers) {
    const opened = openBatch(bytes, header, MAX);
    if ('problem' in opened) throw new Error(opened.problem);
    while (opened.cursor.next()) sum += opened.cursor.valueEnd - opened.cursor.valueStart;
  }
  return sum;
}

async function byKafkajs(bytes: Buffer): Promise<number> {
  let count = 0;
  for (const { start, end } of walkBatches(bytes, { checkCrc: false }).headers) {
    const batch = await decodeBatch(new KafkaDecoder(bytes.subarray(start, end)));
    count += batch.records.length;
  }
  return count;
}

const format = ({ median, min, max }: Awaited<ReturnType<typeof measure>>) =>
  `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`.padEnd(20);

headline(
  `Decoding: million records per CPU-second, median of ${RUNS} (least–most), values of about ${value(7).length} bytes`,
);
console.log(
  [
    'codec   ',
    'walk'.padEnd(20),
    'walk + CRC'.padEnd(20),
    'index + CRC'.padEnd(20),
    'kafkajs'.padEnd(20),
    'walk / kafkajs',
  ].join(' '),
);
for (const codec of ['none', 'gzip', 'snappy', 'xerial', 'lz4', 'zstd'] as const) {
  const bytes = response(codec);
  if (codec === 'none' && compress('none', bytes) !== bytes)
    throw new Error('a plain response is not copied');
  // A rate of records that were not all read would be no rate.
  if (walk(bytes, true) !== EXPECTED_BYTES) throw new Error(`${codec}: walk did not read every value`);
  if (index(bytes) !== EXPECTED_RECORDS) throw new Error(`${codec}: index is short`);
  if ((await byKafkajs(bytes)) !== EXPECTED_RECORDS)
    throw new Error(`${codec}: kafkajs did not read every record`);
  const fast = await measure(() => walk(bytes, false));
  const checked = await measure(() => walk(bytes, true));
  const indexed = await measure(() => index(bytes));
  const theirs = await measure(() => byKafkajs(bytes));
  const ratio = `${(fast.median / theirs.median).toFixed(1)}x`;
  console.log(
    [codec.padEnd(8), format(fast), format(checked), format(indexed), format(theirs), ratio].join(' '),
  );
}
