import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { openStream, searched } from '#lib/testing/message-streams.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { exportMessages } from './export-messages.ts';
import { listMessages } from './list-messages.ts';

/** With a broker dead the partitions that live are read, and the rest is named: nobody waits, nothing is passed over in silence. */
const suite = topicSuite('broker-dead');
const fixture = openFixture(suite.platform.bootstrap);
const main = fileURLToPath(new URL('../../../platform/main.ts', import.meta.url));
const platform = (...args: string[]) =>
  promisify(execFile)(process.execPath, [main, ...args], { env: process.env });
const partitions = 6;
const perPartition = 200;
let topic: string;
/** Partitions whose only replica lies on broker 3. */
let lost: number[];
let living: number[];

beforeAll(async () => {
  topic = suite.named('one-replica');
  await fixture.createTopic(topic, { partitions, replicas: 1 });
  const { partition, leader } = await readMetadata(suite.client, { topics: [topic] });
  lost = [...partition].filter((_, row) => leader[row] === 3);
  living = [...partition].filter((_, row) => leader[row] !== 3);
  expect(lost).not.toEqual([]);
  const records = Array.from({ length: partitions * perPartition }, (_, i) => ({
    key: `k${i}`,
    value: JSON.stringify({ i, isTenth: i % 10 === 0 }),
    partition: i % partitions,
  }));
  await fixture.produce(topic, records, { compression: 'lz4' });
  await platform('kill-broker', '3');
});

afterAll(async () => {
  await platform('start-broker', '3');
  await vi.waitFor(async () => expect((await readMetadata(suite.client)).brokers.length).toBe(3), 60_000);
});

const list = async (search: object = {}) => {
  const page = await runQuery(listMessages, contextAs('developer'), { clusterId, topic, ...search });
  if (!page.ok) throw new Error(JSON.stringify(page.problem));
  return page.value;
};

const named = (missing: readonly { part: string; sentence: string }[]) =>
  missing.map(({ part, sentence }) => `${part} ${sentence}`).join('\n');

describe('broker 3 is dead', () => {
  it('a page shows what lives and names what is missing; its pages go on to the end', async () => {
    const found = new Set<string>();
    let page: string | undefined;
    for (let pages = 0; pages < 60; pages++) {
      const { rows, outcome, missing, nextToken } = await list({ page, pageSize: 200 });
      expect(outcome).toBe('partial');
      for (const partition of lost) expect(named(missing)).toMatch(new RegExp(`\\b${partition}\\b`));
      for (const row of rows) found.add(`${row.partition}/${row.offset}`);
      if (rows.length === 0) break;
      page = nextToken ?? undefined;
    }
    expect(found.size).toBe(living.length * perPartition);
    const shown = [...found].map((place) => Number(place.split('/')[0]));
    expect([...new Set(shown)].sort()).toEqual(living);
  });

  it('a search finds everything that lives, ends as partial, and goes on when the broker is back', async () => {
    const { rows, end } = await searched(topic, { where: 'value.isTenth' });
    expect(end.outcome).toBe('partial');
    for (const partition of lost) expect(named(end.missing)).toMatch(new RegExp(`\\b${partition}\\b`));
    const expected = (of: readonly number[]) =>
      Array.from({ length: (partitions * perPartition) / 10 }, (_, n) => n * 10)
        .filter((i) => of.includes(i % partitions))
        .map((i) => `k${i}`)
        .sort();
    expect(rows.map(({ key }) => key?.text ?? '').sort()).toEqual(expected(living));

    const lines = (await (await openStream(exportMessages, topic, { where: 'value.isTenth' })).text()).trim();
    expect(lines.split('\n')).toHaveLength(rows.length);

    expect(end.nextToken).not.toBeNull();
    await platform('start-broker', '3');
    const rest = await vi.waitFor(
      async () => {
        const again = await searched(topic, { where: 'value.isTenth', page: end.nextToken ?? '' });
        expect(again.end.outcome).toBe('complete');
        return again;
      },
      { timeout: 60_000, interval: 1_000 },
    );
    expect(rest.rows.map(({ key }) => key?.text ?? '').sort()).toEqual(expected(lost));
  }, 120_000);
});
