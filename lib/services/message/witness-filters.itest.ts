import { beforeAll, describe, expect, it } from 'vitest';
import { consoleConsumer, type WitnessedRecord } from '#lib/testing/console-consumer.ts';
import { searched } from '#lib/testing/message-streams.ts';
import { topicSuite } from '#lib/testing/topic-suite.ts';
import { openFixture } from '#platform/workload/fixture.ts';

/** What a filter finds is what plain JavaScript finds among the lines of Kafka's own console consumer. */
const suite = topicSuite('filters');
const fixture = openFixture(suite.platform.bootstrap);
let topic: string;
let witnessed: WitnessedRecord[];

type Seen = { record: WitnessedRecord; key: Buffer | null; value: Buffer | null; json: unknown };
type Order = { status: string; amount: number; city: string; tags: string[]; nested?: { deep: number } };

const statuses = ['NEW', 'PAID', 'FAILED', 'FA\\u0049LED', 'failed'];
const start = Date.now() - 3_600_000;

beforeAll(async () => {
  topic = await suite.create('orders');
  const records = Array.from({ length: 900 }, (_, i) => {
    const status = statuses[i % statuses.length];
    const amount = i % 11 === 0 ? `${i}.0` : i % 13 === 0 ? `${i}e0` : String(i);
    const json = `{"status":"${status}","amount":${amount},"city":"Zürich ${i % 4}","tags":["t${i % 6}"]${i % 3 ? '' : `,"nested":{"deep":${i}}`}}`;
    return {
      key: i % 19 === 0 ? null : `order-${i % 50}`,
      value: i % 29 === 0 ? null : i % 31 === 0 ? Buffer.from([0xff, 0x46, 0x41, 0x49, 0x4c]) : json,
      partition: [0, 2][i % 2] as number,
      timestamp: start + i * 1_000,
    };
  });
  await fixture.produce(topic, records.slice(0, 300), { compression: 'lz4' });
  const aborted = { transaction: { id: topic, outcome: 'abort' as const } };
  await fixture.produce(topic, records.slice(0, 300), aborted);
  await fixture.produce(topic, records.slice(300, 600), { compression: 'zstd' });
  await fixture.produce(topic, records.slice(600));
  witnessed = await consoleConsumer(suite.platform, topic, 'read_committed');
  expect(witnessed).toHaveLength(900);
}, 120_000);

function seen(record: WitnessedRecord): Seen {
  const bytes = (hex: string | null) => (hex === null ? null : Buffer.from(hex, 'hex'));
  const value = bytes(record.value);
  let json: unknown;
  try {
    json = JSON.parse(String(value));
  } catch {
    json = undefined;
  }
  return { record, key: bytes(record.key), value, json };
}

const order = (test: (order: Order) => boolean) => (one: Seen) =>
  typeof one.json === 'object' && one.json !== null && test(one.json as Order);

const cases: [Record<string, string>, (one: Seen) => boolean][] = [
  [{}, () => true],
  [{ contains: 'FAIL' }, ({ value }) => value?.includes('FAIL') ?? false],
  [{ contains: 'Zürich 2' }, ({ value }) => value?.includes('Zürich 2') ?? false],
  [
    { contains: 'order-7', excludes: 'PAID' },
    ({ key, value }) => (key?.includes('order-7') ?? false) && !value?.includes('PAID'),
  ],
  [{ key: 'order-7' }, ({ key }) => String(key) === 'order-7'],
  [{ keyPrefix: 'order-4' }, ({ key }) => key?.toString().startsWith('order-4') ?? false],
  [{ tombstones: 'only' }, ({ value }) => value === null],
  [
    { tombstones: 'none', minSize: '90' },
    ({ key, value }) => value !== null && (key?.length ?? 0) + value.length >= 90,
  ],
  [{ maxSize: '12' }, ({ key, value }) => (key?.length ?? 0) + (value?.length ?? 0) <= 12],
  [{ where: 'value.status == "FAILED"' }, order(({ status }) => status === 'FAILED')],
  [
    { where: 'value.status == "FAILED" && value.amount > 100' },
    order(({ status, amount }) => status === 'FAILED' && amount > 100),
  ],
  [{ where: 'value.amount == 143' }, order(({ amount }) => amount === 143)],
  [{ where: 'value.amount == 169.0' }, order(({ amount }) => amount === 169)],
  [
    { where: 'value.city == "Zürich 1" || value.amount < 5' },
    order(({ city, amount }) => city === 'Zürich 1' || amount < 5),
  ],
  [{ where: '!(value.status in ["NEW", "PAID"])' }, order(({ status }) => !['NEW', 'PAID'].includes(status))],
  [{ where: 'value.tags.exists(t, t == "t3")' }, order(({ tags }) => tags.includes('t3'))],
  [
    { where: 'has(value.nested) && value.nested.deep >= 600' },
    order(({ nested }) => (nested?.deep ?? 0) >= 600),
  ],
  [
    { where: 'value.city.startsWith("Zür") && value.city.endsWith("3")' },
    order(({ city }) => city.endsWith('3')),
  ],
  [{ where: 'key == "order-9"' }, ({ key }) => String(key) === 'order-9'],
  [
    { where: 'partition == 2 && offset < 100' },
    ({ record }) => record.partition === 2 && Number(record.offset) < 100,
  ],
  [
    { where: 'value.status == "FAILED"', contains: 'Zürich 0' },
    (one) => order(({ status, city }) => status === 'FAILED' && city === 'Zürich 0')(one),
  ],
];

describe('a filter', () => {
  it.each(cases)('finds what is there and nothing else: %j', async (filter, test) => {
    const expected = witnessed
      .map(seen)
      .filter(test)
      .map(({ record }) => `${record.partition}/${record.offset}`);
    const [oldest, newest] = await Promise.all(
      ['oldest', 'newest'].map((order) => searched(topic, { ...filter, order })),
    );
    const places = (found: typeof oldest) => found?.rows.map((row) => `${row.partition}/${row.offset}`) ?? [];
    expect([oldest?.end.outcome, newest?.end.outcome]).toEqual(['complete', 'complete']);
    expect(places(oldest).toSorted()).toEqual([...expected].sort());
    expect(places(newest)).toEqual(places(oldest).reverse());
    expect(oldest?.progress.matched).toBe(expected.length);
    expect(expected.length).toBeGreaterThan(0);
  });
});

it('between two times reads exactly the records of that time', async () => {
  const timed = await suite.create('timed');
  const records = Array.from({ length: 600 }, (_, i) => ({
    value: `{"i":${i}}`,
    partition: i % 3,
    timestamp: start + i * 1_000,
  }));
  await fixture.produce(timed, records, { compression: 'lz4' });
  const at = (second: number) => new Date(start + second * 1_000).toISOString();
  for (const order of ['oldest', 'newest']) {
    const search = { where: 'value.i % 2 == 0', from: at(101), to: at(500), order };
    const { rows, end } = await searched(timed, search);
    const found = rows.map(({ value }) => JSON.parse(value?.text ?? '').i);
    const expected = Array.from({ length: 199 }, (_, n) => 102 + n * 2);
    expect([found, end.outcome]).toEqual([order === 'newest' ? expected.reverse() : expected, 'complete']);
  }
});

it('up to a time reads on behind a transaction that ended later than the times its records carry', async () => {
  const topic = await suite.create('event-times');
  const write = (from: number) =>
    fixture.produce(
      topic,
      Array.from({ length: 90 }, (_, n) => ({
        value: `{"i":${from + n}}`,
        partition: n % 3,
        timestamp: start + (from + n) * 1_000,
      })),
      // The marker of its end carries the time of now, an hour later than its records.
      { transaction: { id: topic, outcome: 'commit' } },
    );
  for (const from of [0, 90, 180]) await write(from);
  for (const order of ['oldest', 'newest']) {
    const search = { where: 'value.i >= 0', to: new Date(start + 200_000).toISOString(), order };
    const { rows, end } = await searched(topic, search);
    const found = rows.map(({ value }) => JSON.parse(value?.text ?? '').i as number).sort((a, b) => a - b);
    expect([found, end.outcome]).toEqual([Array.from({ length: 200 }, (_, i) => i), 'complete']);
  }
});
