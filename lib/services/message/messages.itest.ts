import { describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { deleteTopics } from '#lib/gateways/kafka/delete-topics.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Query } from '#lib/operations/define-query.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { act, clusterId, refused, topicSuite } from '#lib/testing/topic-suite.ts';
import { listMessages } from './list-messages.ts';
import { produceMessage } from './produce-message.ts';
import { readMessage } from './read-message.ts';

/** Verbs of messages against the real cluster, with Kafka's own console consumer as witness. */
const suite = topicSuite('message');

const canary = 'CANARY-91ab';

async function askAs<I extends z.ZodType, O extends z.ZodType>(
  role: Role,
  query: Query<I, O>,
  input: z.input<I>,
) {
  const result = await runQuery(query, contextAs(role), input);
  if (!result.ok) throw new Error(`${query.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

const auditOf = async (action: string, topic: string) =>
  (await searchAudit({ actions: [action], targetId: topic }, { page: 1, pageSize: 50 })).rows;

/** Every record as the console consumer prints it: time, partition, offset, key and value. */
async function witnessed(topic: string, count: number) {
  const { stdout } = await suite.platform.cli('org.apache.kafka.tools.consumer.ConsoleConsumer', [
    ...['--topic', topic, '--from-beginning', '--max-messages', String(count), '--timeout-ms', '30000'],
    ...['timestamp', 'partition', 'offset', 'key'].flatMap((what) => [
      '--formatter-property',
      `print.${what}=true`,
    ]),
  ]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [time, partition, offset, key, value] = line.split('\t');
      return {
        timestampMs: Number(time?.replace('CreateTime:', '')),
        partition: Number(partition?.replace('Partition:', '')),
        offset: offset?.replace('Offset:', '') ?? '',
        key,
        value,
      };
    });
}

describe('the newest first', () => {
  it('equals what the console consumer shows, page after page, over all partitions', async () => {
    const topic = await suite.create('newest');
    const start = Date.now() - 10_000_000;
    for (let i = 0; i < 120; i++) {
      await suite.client.produce({
        topic,
        key: Buffer.from(`k${i}`),
        value: Buffer.from(`{"i": ${i}}`),
        headers: [],
        timestampMs: start + i * 1000,
      });
    }
    const expected = (await witnessed(topic, 120)).sort((a, b) => b.timestampMs - a.timestampMs);
    expect(new Set(expected.map(({ partition }) => partition)).size).toBe(3);

    const seen: unknown[] = [];
    let page: string | undefined;
    const sizes: number[] = [];
    do {
      const answer = await askAs('developer', listMessages, { clusterId, topic, page });
      expect(answer.outcome).toBe('complete');
      sizes.push(answer.rows.length);
      for (const row of answer.rows)
        seen.push({
          timestampMs: Number(row.timestampMs),
          partition: row.partition,
          offset: row.offset,
          key: row.key?.text,
          value: row.value?.text,
        });
      page = answer.nextToken ?? undefined;
    } while (page);
    expect(sizes).toEqual([50, 50, 20]);
    expect(seen).toEqual(expected);

    const rows = await auditOf('message.list', topic);
    expect(rows).toHaveLength(3);
    expect(rows.at(-1)?.details).toMatchObject({ order: 'newest', partitions: 'all', records: 50 });
    expect(rows[0]?.details).toMatchObject({ page: 'a following one', records: 20 });
  });

  it('reads on from an offset or a time, in the partitions asked for', async () => {
    const topic = await suite.create('seek');
    const start = Date.now() - 1_000_000;
    for (let i = 0; i < 12; i++) {
      await suite.client.produce({
        topic,
        key: null,
        value: Buffer.from(`v${i}`),
        headers: [],
        partition: i % 3,
        timestampMs: start + i * 1000,
      });
    }
    const values = async (input: Partial<z.input<typeof listMessages.input>>) =>
      (await askAs('developer', listMessages, { clusterId, topic, ...input })).rows.map(
        (row) => row.value?.text,
      );
    expect(await values({ order: 'oldest', from: 'offset:3' })).toEqual(['v9', 'v10', 'v11']);
    expect(await values({ order: 'oldest', from: 'offset:2', partitions: '0,2' })).toEqual([
      'v6',
      'v8',
      'v9',
      'v11',
    ]);
    const at = new Date(start + 8000).toISOString();
    expect(await values({ order: 'oldest', from: at })).toEqual(['v8', 'v9', 'v10', 'v11']);
    expect(await values({ order: 'oldest', pageSize: 4 })).toEqual(['v0', 'v1', 'v2', 'v3']);
  });
});

describe('one record produced', () => {
  it('is read back byte for byte, by us and by Kafka, and the audit holds no payload (R15)', async () => {
    const topic = await suite.create('produced');
    const timestampMs = Date.now() - 60_000;
    const { value: written, audit } = await act(produceMessage, {
      clusterId,
      topic,
      key: `key-${canary}`,
      keyEncoding: 'text',
      value: `{"n": 9007199254740993, "s": "${canary} ✓"}`,
      valueEncoding: 'json',
      headers: [
        { name: 'b', value: canary },
        { name: 'a', value: '00 ff', encoding: 'hex' },
        { name: 'b', value: Buffer.from('2').toString('base64'), encoding: 'base64' },
      ],
      partition: '2',
      timestamp: String(timestampMs),
    });
    expect(written).toEqual({
      partition: 2,
      offset: '0',
      timestamp: new Date(timestampMs).toISOString(),
    });
    expect(audit).toMatchObject({
      action: 'message.produce',
      targetId: topic,
      outcome: 'succeeded',
      result: { partition: 2, offset: '0' },
    });

    const record = await askAs('developer', readMessage, { clusterId, topic, partition: 2, offset: '0' });
    expect(record).toMatchObject({
      timestampMs: String(timestampMs),
      key: { text: `key-${canary}`, base64: null },
      value: { serde: 'json', text: `{"n": 9007199254740993, "s": "${canary} ✓"}`, base64: null },
      headerCount: 3,
    });
    expect(record.headers.map(({ name, value }) => [name, value?.text])).toEqual([
      ['b', canary],
      ['a', '00 ff'],
      ['b', '2'],
    ]);
    expect(await witnessed(topic, 1)).toMatchObject([
      {
        partition: 2,
        offset: '0',
        key: `key-${canary}`,
        value: `{"n": 9007199254740993, "s": "${canary} ✓"}`,
      },
    ]);
    await askAs('developer', listMessages, { clusterId, topic });

    for (const action of ['message.produce', 'message.read', 'message.list'])
      expect(await auditOf(action, topic), action).not.toEqual([]);
    const { rows } = await pool().query('SELECT to_jsonb(e)::text AS line FROM audit_events e');
    expect(rows.length).toBeGreaterThan(4);
    expect(rows.filter(({ line }) => line.includes(canary))).toEqual([]);
  });

  it('can be a tombstone, an empty value, or bytes that are no text', async () => {
    const topic = await suite.create('bytes');
    const put = async (more: Partial<z.input<typeof produceMessage.input>>) =>
      (await act(produceMessage, { clusterId, topic, partition: '0', ...more })).value.offset ?? '';
    const read = async (offset: string) =>
      askAs('developer', readMessage, { clusterId, topic, partition: 0, offset });
    expect(await read(await put({ key: 'k', keyEncoding: 'text', valueEncoding: 'none' }))).toMatchObject({
      value: null,
      key: { text: 'k' },
    });
    expect(await read(await put({ value: '' }))).toMatchObject({ key: null, value: { sizeBytes: 0 } });
    expect(await read(await put({ value: '//4AgA==', valueEncoding: 'base64' }))).toMatchObject({
      value: { serde: 'hex', text: 'ff fe 00 80' },
    });
  });

  it('names the field of what is not right, and writes nothing', async () => {
    const topic = await suite.create('refused');
    const fields = async (more: object) =>
      (await refused(produceMessage, { clusterId, topic, ...more })).fields ?? {};
    expect((await fields({ value: '{"a": 1,', valueEncoding: 'json' })).value).toContain('character 9');
    expect((await fields({ value: 'abc', valueEncoding: 'hex' })).value).toContain('two digits make a byte');
    expect((await fields({ key: 'a*b', keyEncoding: 'base64' })).key).toContain('"*"');
    expect((await fields({ headers: [{ name: '', value: '' }] }))['headers.0.name']).toContain(
      'needs a name',
    );
    expect((await fields({ partition: '3' })).partition).toBe(`${topic} has partitions 0 to 2.`);
    expect((await fields({ timestamp: 'yesterday' })).timestamp).toContain('epoch milliseconds');
    const page = await askAs('developer', listMessages, { clusterId, topic });
    expect(page.rows).toEqual([]);
  });
});

describe('who may', () => {
  it('a viewer reads no message, a developer writes none; both refusals are in the audit', async () => {
    const topic = await suite.create('rights');
    const results = [
      await runQuery(listMessages, contextAs('viewer'), { clusterId, topic }),
      await runQuery(readMessage, contextAs('viewer'), { clusterId, topic, partition: 0, offset: '0' }),
    ];
    for (const result of results)
      expect(result).toMatchObject({ ok: false, problem: { code: 'auth.forbidden', status: 403 } });
    for (const action of ['message.list', 'message.read'])
      expect((await auditOf(action, topic)).map(({ outcome }) => outcome)).toEqual(['denied']);
    const problem = await refused(produceMessage, { clusterId, topic, value: 'x' }, 'developer');
    expect(problem.code).toBe('auth.forbidden');
    expect(await auditOf('message.produce', topic)).toMatchObject([{ outcome: 'denied' }]);
  });
});

describe('a topic made anew under its name', () => {
  it('refuses the pages and links of the old one (F12)', async () => {
    const topic = await suite.create('again');
    await suite.write(topic, 2);
    const first = await askAs('developer', listMessages, { clusterId, topic, pageSize: 2 });
    await deleteTopics(suite.client, [{ topic }]);
    await vi.waitFor(() => suite.create('again'), { timeout: 20_000, interval: 500 });
    await suite.write(topic, 2);
    const old = { clusterId, topic, page: first.nextToken ?? '' };
    expect(await runQuery(listMessages, contextAs('developer'), old)).toMatchObject({
      problem: { code: 'topic.recreated' },
    });
    const link = { clusterId, topic, partition: 0, offset: '0', topicId: first.topicId };
    expect(await runQuery(readMessage, contextAs('developer'), link)).toMatchObject({
      problem: { code: 'topic.recreated' },
    });
  });
});
