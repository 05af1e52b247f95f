import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageRow } from '#lib/model/message.ts';
import { browse } from '#lib/scan/browse.ts';
import { ScanPool } from '#lib/scan/pool.ts';
import { readMessage } from '#lib/scan/read-message.ts';
import { brokerTopics } from '#lib/testing/broker-topics.ts';
import { plainPlan } from '../decode-plan.ts';
import { consumerGroupRecords } from './consumer-group-records.ts';
import { transactionRecords } from './coordinator-records.ts';
import { otherGroupRecords } from './other-group-records.ts';

const { close, makeTopic, open, platform, prefix, sourceOf, withProducer } = brokerTopics('serde-it');
const pool = new ScanPool({ root: process.cwd() });
beforeAll(open);
afterAll(async () => {
  await close();
  await pool.close();
});

type Printed = { key: { type: number; data: object }; value: { version: number; data: object } | null };

/** What Kafka's own formatter prints of a partition's first records, without a line end between them. */
async function formatted(
  topic: string,
  formatter: string,
  partition: number,
  most: number,
): Promise<Printed[]> {
  const { stdout } = await platform.cli(
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    [
      ...['--topic', topic, '--partition', String(partition), '--from-beginning'],
      // It waits for as many as it is told to print.
      ...['--max-messages', String(most)],
      ...['--formatter', `org.apache.kafka.tools.consumer.${formatter}`],
    ],
    { timeoutMs: 60_000 },
  );
  return stdout
    .trim()
    .split(/(?<=\})(?=\{"key")/)
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Printed);
}

const partitionsOf = async (topic: string): Promise<number[]> =>
  (await sourceOf(topic).topic()).partitions.map(({ partition }) => partition);

/** The rows of a partition from its start, some thousands of them. */
async function rowsOf(topic: string, partition: number): Promise<MessageRow[]> {
  const decoding = { plan: plainPlan(topic), facts: [], resolveFacts: async () => [] };
  const rows: MessageRow[] = [];
  const range = { order: 'oldest', from: null, to: null } as const;
  let page = await browse(
    sourceOf(topic),
    pool,
    { range, isolation: 'read_uncommitted', partitions: [partition], pageSize: 200 },
    { decoding },
  );
  rows.push(...page.rows);
  while (page.nextToken !== null && rows.length < 6_000) {
    page = await browse(sourceOf(topic), pool, { token: page.nextToken, pageSize: 200 }, { decoding });
    rows.push(...page.rows);
  }
  return rows;
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, one]) => [key, sorted(one)]),
  );
};

/** Ours in the words of Kafka's formatter. */
function asPrinted(row: MessageRow, types: readonly { name: string; type: number }[]): string {
  const { type: name, ...key } = JSON.parse(row.key?.text ?? '{}') as { type: string };
  const type = types.find((one) => one.name === name)?.type ?? -1;
  const value = row.value ? (JSON.parse(row.value.text) as { version: number }) : null;
  const { version, ...data } = value ?? { version: -1 };
  return JSON.stringify(sorted({ key: { type, data: key }, value: value ? { version, data } : null }));
}

const groupTypes = [...consumerGroupRecords, ...otherGroupRecords];

describe('Kafka’s own topics, record for record as Kafka’s own formatters print them', () => {
  it.each([
    ['__consumer_offsets', 'OffsetsMessageFormatter', groupTypes],
    ['__consumer_offsets', 'GroupMetadataMessageFormatter', groupTypes],
  ] as const)('%s by %s', async (topic, formatter, types) => {
    let compared = 0;
    const missing: string[] = [];
    for (const partition of await partitionsOf(topic)) {
      const before = await rowsOf(topic, partition);
      if (before.length === 0) continue;
      const witness = await formatted(topic, formatter, partition, Math.min(before.length, 400));
      const after = await rowsOf(topic, partition);
      const ours = new Set([...before, ...after].map((row) => asPrinted(row, types)));
      missing.push(...witness.map((one) => JSON.stringify(sorted(one))).filter((one) => !ours.has(one)));
      compared += witness.length;
      if (compared >= 400) break;
    }
    expect(compared).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  it('__transaction_state by TransactionLogMessageFormatter', async () => {
    const topic = await makeTopic('written', 1);
    await withProducer(
      { transactionalId: `${prefix}-tx`, idempotent: true, maxInFlightRequests: 1 },
      async (producer) => {
        const transaction = await producer.transaction();
        await transaction.send({ topic, messages: [{ value: 'a' }] });
        await transaction.commit();
      },
    );
    const partitions = [0, 1, 2];
    let compared = 0;
    for (const partition of partitions) {
      const rows = await rowsOf('__transaction_state', partition).catch(() => []);
      if (rows.length === 0) continue;
      const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
        ...['--topic', '__transaction_state', '--partition', String(partition), '--from-beginning'],
        ...['--max-messages', String(Math.min(rows.length, 300))],
        ...['--formatter', 'org.apache.kafka.tools.consumer.TransactionLogMessageFormatter'],
      ]);
      const printed = stdout.trim().split(/(?<=\})(?=\{"key")/);
      const ours = new Set(rows.map((row) => asPrinted(row, transactionRecords)));
      for (const text of printed) expect(ours).toContain(JSON.stringify(sorted(JSON.parse(text))));
      compared += printed.length;
    }
    expect(compared).toBeGreaterThan(0);
  });

  it('Connect’s configurations are what the console consumer prints, and say what they are', async () => {
    const rows = await rowsOf('connect-configs', 0);
    const { stdout } = await platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
      ...[
        '--topic',
        'connect-configs',
        '--from-beginning',
        '--max-messages',
        String(Math.min(rows.length, 50)),
      ],
      ...['--formatter-property', 'print.key=true', '--formatter-property', 'key.separator=|'],
      ...['--formatter-property', 'null.literal='],
    ]);
    const ours = new Set(rows.map(({ key, value }) => `${key?.text}|${value?.text ?? ''}`));
    const printed = stdout.trim().split('\n');
    expect(printed.length).toBeGreaterThan(0);
    for (const line of printed) expect(ours).toContain(line);
    const [first] = rows;
    const detail = await readMessage(
      sourceOf('connect-configs'),
      pool,
      { partition: 0, offset: BigInt(first?.offset ?? 0) },
      { decoding: { plan: plainPlan('connect-configs'), facts: [], resolveFacts: async () => [] } },
    );
    expect(detail.key?.reason).toMatch(/^Kafka Connect: /);
    expect(detail.value?.reason).toMatch(/^Kafka Connect: .+ Valid JSON object\.$/);
  });

  it('every record of every kind of group on this cluster is read', async () => {
    const rows = (
      await Promise.all([0, 1, 2].map((partition) => rowsOf('__consumer_offsets', partition)))
    ).flat();
    const kinds = new Set<string>();
    for (const { key, value } of rows) {
      expect(key).toMatchObject({ serde: 'consumer-offsets', format: 'json' });
      if (value)
        expect([value.reason, value.format]).toEqual([expect.stringContaining('own record'), 'json']);
      kinds.add((JSON.parse(key?.text ?? '{}') as { type: string }).type);
    }
    expect([...kinds]).toContain('OffsetCommit');
    expect([...kinds]).toContain('GroupMetadata');
  });
});
