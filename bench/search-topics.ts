import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import avro from 'avsc';
import { topicSource } from '#lib/gateways/kafka/fetch-source.ts';
import { testKafkaClient } from '#lib/testing/kafka-client.ts';
import type { PlatformHandle } from '#platform/handle.ts';
import { fetchArtifacts } from '#platform/machine/artifacts.ts';
import { javaForKafka } from '#platform/machine/java.ts';
import { openFixture } from '#platform/workload/fixture.ts';

/**
 * The topics that searches are measured on. The same number of records always makes the same records, so that a topic which is
 * there already is used again and every search has a known answer. Kafka's own Java producer writes the JSON, so that neither our
 * batches nor our compression are what is measured.
 */
export type SearchTopic = {
  topic: string;
  codec: 'none' | 'lz4' | 'zstd';
  format: 'json' | 'avro';
  records: number;
  /** How many records hold `needle`. */
  needles: number;
};

export const needle = 'needle-7f3a9c51';
export const partitions = 6;
export const avroSchemaId = 7;

export const avroSchema = {
  type: 'record',
  name: 'Order',
  namespace: 'bench',
  fields: [
    { name: 'orderId', type: 'string' },
    { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['NEW', 'PAID', 'PACKED', 'FAILED'] } },
    { name: 'amount', type: 'double' },
    { name: 'placedAt', type: { type: 'long', logicalType: 'timestamp-millis' } },
    {
      name: 'customer',
      type: {
        type: 'record',
        name: 'Customer',
        fields: [
          { name: 'id', type: 'string' },
          { name: 'city', type: 'string' },
          { name: 'email', type: ['null', 'string'] },
        ],
      },
    },
    { name: 'items', type: 'int' },
    { name: 'trace', type: 'string' },
  ],
} as const;

const cities = ['Paris', 'Zürich', 'Lisboa', 'Oslo', 'Gdańsk', 'Wien', 'Porto', 'Bergen'];

/** The numbers of record `i`: the same each time. Few orders fail, and few of those are large. */
function order(i: number) {
  const random = mixed(i);
  const other = mixed(random ^ 0x5bd1e995);
  const isFailed = i % 200 === 7;
  // Most amounts are small; one of a hundred lies between 100 and 1100.
  const cents = other % 100 === 0 ? 10_001 + (random % 100_000) : random % 10_000;
  const status = isFailed ? 'FAILED' : i % 3 === 0 ? 'NEW' : i % 3 === 1 ? 'PAID' : 'PACKED';
  return { random, other, status, amount: cents / 100, items: (random >>> 8) % 9 };
}

/** Spreads neighbouring numbers over all 32 bits. */
function mixed(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Record numbers that hold the needle: spread evenly, none at an end. */
const hasNeedle = (i: number, { records, needles }: SearchTopic): boolean => {
  const every = Math.floor(records / needles);
  return i % every === every >> 1 && Math.floor(i / every) < needles;
};

/** How many records of a topic each of the measured searches must find. */
export function answersOf(spec: SearchTopic): { needle: number; failedAndLarge: number; large: number } {
  const answers = { needle: 0, failedAndLarge: 0, large: 0 };
  for (let i = 0; i < spec.records; i++) {
    const { status, amount } = order(i);
    if (hasNeedle(i, spec)) answers.needle++;
    if (status === 'FAILED' && amount > 100) answers.failedAndLarge++;
    if (amount > largeAmount) answers.large++;
  }
  return answers;
}

/** Above this lie few enough amounts that their rows cost nothing beside the search. */
export const largeAmount = 1_099;

/** Of record `i`, and of no other. */
export const orderIdOf = (i: number): string => `o-${hex(mixed(i))}`;

const hex = (number: number): string => number.toString(16).padStart(8, '0');

function jsonLine(i: number, spec: SearchTopic): string {
  const { random, other, status, amount, items } = order(i);
  const trace = hasNeedle(i, spec) ? `${needle}` : `${hex(other)}${hex(random)}`;
  const id = hex(random);
  return `o-${id}|{"orderId":"o-${id}","status":"${status}","amount":${amount},"placedAt":${1_790_000_000_000 + i},"customer":{"id":"c-${other % 50_000}","city":"${cities[other & 7]}"},"items":${items},"currency":"EUR","trace":"${trace}"}\n`;
}

/** Makes what is not there yet in full. Says each topic and how long it took. */
export async function makeSearchTopics(
  platform: PlatformHandle,
  specs: readonly SearchTopic[],
  say: (what: string, figure: string) => void,
): Promise<void> {
  const fixture = openFixture(platform.bootstrap);
  const client = testKafkaClient({}, platform);
  try {
    for (const spec of specs) {
      const title = `${spec.topic}: ${spec.records.toLocaleString('en-US')} records, ${spec.codec}`;
      if ((await countOf(client, spec.topic)) === BigInt(spec.records)) {
        say(title, 'was there');
        continue;
      }
      const from = performance.now();
      await fixture.deleteTopics(spec.topic);
      await until(() =>
        fixture.createTopic(spec.topic, { partitions, replicas: 1, config: { 'retention.ms': '-1' } }),
      );
      await (spec.format === 'json' ? writeJson(platform, spec) : writeAvro(fixture, spec));
      const count = await countOf(client, spec.topic);
      if (count !== BigInt(spec.records)) throw new Error(`${spec.topic} holds ${count} records.`);
      say(title, `made in ${((performance.now() - from) / 1000).toFixed(1)} s`);
    }
  } finally {
    await client.close();
  }
}

/** A topic that was deleted a moment ago cannot be made again at once. */
async function until(work: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function countOf(client: ReturnType<typeof testKafkaClient>, topic: string): Promise<bigint | null> {
  const source = topicSource(client, client, topic);
  const shape = await source.topic().catch(() => null);
  if (!shape) return null;
  let sum = 0n;
  for (const [leader, led] of Map.groupBy(shape.partitions, (one) => one.leader)) {
    const ids = led.map(({ partition }) => partition);
    for (const { offset } of await source.listOffsets(leader, ids, 'end', 'read_uncommitted')) sum += offset;
    for (const { offset } of await source.listOffsets(leader, ids, 'start', 'read_uncommitted'))
      sum -= offset;
  }
  return sum;
}

async function writeJson(platform: PlatformHandle, spec: SearchTopic): Promise<void> {
  const { cacheDir } = platform.settings;
  const { path } = await javaForKafka(cacheDir);
  const classPath = join(await fetchArtifacts(cacheDir, 'kafka'), '*');
  const tool = spawn(
    path,
    [
      ...['-Xmx512m', '-XX:+UseSerialGC', '-cp', classPath, 'org.apache.kafka.tools.ConsoleProducer'],
      ...['--bootstrap-server', platform.bootstrap.join(','), '--topic', spec.topic],
      ...['--compression-codec', spec.codec, '--request-required-acks', '1', '--batch-size', '16384'],
      ...['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=|'],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const ended = once(tool, 'exit');
  const perWrite = 2_000;
  for (let from = 0; from < spec.records; from += perWrite) {
    let lines = '';
    for (let i = from; i < Math.min(spec.records, from + perWrite); i++) lines += jsonLine(i, spec);
    if (!tool.stdin.write(lines)) await Promise.race([once(tool.stdin, 'drain'), ended]);
    if (tool.exitCode !== null) break;
  }
  tool.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`The console producer ended with ${code}.`);
}

async function writeAvro(fixture: ReturnType<typeof openFixture>, spec: SearchTopic): Promise<void> {
  const type = avro.Type.forSchema(structuredClone(avroSchema) as unknown as avro.Schema);
  const prefix = Buffer.from([0, 0, 0, 0, avroSchemaId]);
  const perWrite = 50_000;
  for (let from = 0; from < spec.records; from += perWrite) {
    const count = Math.min(perWrite, spec.records - from);
    const records = Array.from({ length: count }, (_, n) => {
      const i = from + n;
      const { random, other, status, amount, items } = order(i);
      const id = `o-${hex(random)}`;
      const value = type.toBuffer({
        ...{ orderId: id, status, amount, placedAt: 1_790_000_000_000 + i, items },
        customer: { id: `c-${other % 50_000}`, city: cities[other & 7], email: null },
        trace: hasNeedle(i, spec) ? needle : `${hex(other)}${hex(random)}`,
      });
      return { key: id, value: Buffer.concat([prefix, value]) };
    });
    await fixture.produce(spec.topic, records, { compression: spec.codec });
  }
}
