import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createCluster } from '#lib/gateways/database/clusters.ts';
import type { MessagePage, MessageRow } from '#lib/model/message.ts';
import type { TailEvent } from '#lib/model/message-search.ts';
import type { Query } from '#lib/operations/define-query.ts';
import { runCommand } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { plaintextConnection, registryAt } from '#lib/testing/kafka-client.ts';
import { eventsOf, openStream, searched } from '#lib/testing/message-streams.ts';
import { bigRecords, type PoisonRecord, poisonRecords } from '#lib/testing/poison-corpus.ts';
import { startPoisonRegistry } from '#lib/testing/poison-registry.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { tokenOf } from '#lib/testing/token-of.ts';
import { topicSuite } from '#lib/testing/topic-suite.ts';
import { watchTurns } from '#lib/testing/watch-turns.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { downloadMessage } from './download-message.ts';
import { exportMessages } from './export-messages.ts';
import { listMessages } from './list-messages.ts';
import { produceMessage } from './produce-message.ts';
import { readMessage } from './read-message.ts';
import { streamTail } from './tail-messages.ts';

/** The poison corpus (P1–P17) as records of a real topic, through every verb that touches messages. */
const suite = topicSuite('poison');
const clusterId = 'poison';
let registry: Awaited<ReturnType<typeof startPoisonRegistry>>;
let topic: string;
const all: PoisonRecord[] = [...poisonRecords];
/** Where the batch lies that inflates to more than any reader takes. */
let bombAt: number;
/** Most milliseconds of CPU that the main thread spends in one turn of its loop, other requests waiting. */
const maxTurnMs = 200;

const reader = async () => ({ ...(await tokenOf('developer')), clusterId });

async function ask<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: z.input<I>) {
  const result = await runQuery(query, contextAs('developer'), input);
  if (!result.ok) throw new Error(`${query.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

async function download(offset: number): Promise<Buffer | null> {
  const { token } = await tokenOf('developer');
  const response = await downloadMessage(
    new Request('https://millrace.test/x?field=value', { headers: { authorization: `Bearer ${token}` } }),
    { params: Promise.resolve({ clusterId, topic, partition: '0', offset: String(offset) }) },
  );
  return response.status === 404 ? null : Buffer.from(await response.arrayBuffer());
}

beforeAll(async () => {
  registry = await startPoisonRegistry();
  await createCluster({
    ...{ id: clusterId, name: 'Poison', environment: 'development', readOnly: false, secrets: {} },
    connection: {
      ...plaintextConnection(suite.platform.bootstrap),
      registry: registryAt(registry.url),
    },
  });
  topic = await suite.create('corpus', {
    'max.message.bytes': '70000000',
    'message.timestamp.before.max.ms': '9223372036854775807',
    'message.timestamp.after.max.ms': '9223372036854775807',
  });
  const put = ({ key, what, id, value, headers = [], timestampMs }: PoisonRecord) =>
    suite.client.produce(
      {
        topic,
        partition: 0,
        key: key === undefined ? Buffer.from(`${id} ${what}`) : key,
        value,
        headers,
        ...(timestampMs === undefined ? {} : { timestampMs }),
      },
      { timeoutMs: 60_000 },
    );
  for (const record of poisonRecords) await put(record);
  for (const record of bigRecords([10, 20])) {
    await put(record);
    all.push(record);
  }
  bombAt = all.length;
  const fixture = openFixture(suite.platform.bootstrap);
  const zeros = Buffer.alloc(150 * 1024 * 1024);
  await fixture.produce(topic, [{ key: 'P12', value: zeros, partition: 0 }], { compression: 'gzip' });
  await put({ id: 'after', what: 'all of them', value: Buffer.from('{"fine":true}') });
}, 240_000);

afterAll(() => registry?.stop());

function expectEverything(rows: readonly MessageRow[], unreadable: MessagePage['unreadable']): void {
  const offsets = [...all.keys(), bombAt + 1].map(String);
  expect(rows.map(({ offset }) => offset).sort((a, b) => Number(a) - Number(b))).toEqual(offsets);
  for (const row of rows) {
    const record = all[Number(row.offset)];
    const what = record ? `${record.id} ${record.what}` : 'the last';
    if (record) expect(row.value?.sizeBytes, what).toBe(record.value?.length);
    if (row.value) expect(row.value.reason, what).toMatch(/\w/);
    expect(Buffer.byteLength(JSON.stringify(row)), what).toBeLessThan(100_000);
  }
  expect(unreadable).toEqual([
    {
      partition: 0,
      fromOffset: String(bombAt),
      toOffset: String(bombAt),
      reason: expect.stringContaining('limit'),
    },
  ]);
}

describe('the poison corpus', () => {
  it.each(['newest', 'oldest'] as const)(
    'is listed, each bad one beside the good ones (%s)',
    async (order) => {
      const longest = watchTurns();
      const page = await ask(listMessages, { clusterId, topic, order, pageSize: 200 });
      const turnMs = longest();
      expect(page.outcome).toBe('complete');
      expectEverything(page.rows, page.unreadable);
      expect(turnMs).toBeLessThan(maxTurnMs);
    },
  );

  it('opens, record by record: hexadecimal or raw, with the reason, its bytes exact', async () => {
    const longest = watchTurns();
    const details = [];
    for (const offset of all.keys())
      details.push(await ask(readMessage, { clusterId, topic, partition: 0, offset: String(offset) }));
    expect(longest()).toBeLessThan(maxTurnMs);
    const shown: Record<string, string> = {};
    for (const [offset, { id, what, value, headers }] of all.entries()) {
      const detail = details[offset];
      shown[`${id} ${what}`] = detail?.value?.format ?? 'null';
      if (detail?.value) expect(detail.value.reason, what).toMatch(/\w/);
      expect(detail?.headerCount, what).toBe(headers?.length ?? 0);
      const bytes = await download(offset);
      expect(bytes === null || bytes.equals(value ?? Buffer.alloc(0)), what).toBe(true);
      expect(bytes === null, what).toBe(value === null);
      expect(JSON.stringify(detail)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    }
    for (const what of [
      'Avro array of 2^40',
      'Avro recursion',
      'Protobuf cut short',
      'Protobuf length of 2^31',
    ])
      expect(shown[`P4 ${what}`], what).toBe('hex');
    expect(shown).toMatchObject({
      'P3 unknown schema id': 'hex',
      'P5 invalid UTF-8': 'hex',
      'P17 schema whose references form a circle': 'hex',
    });
    const unknown = details[all.findIndex(({ what }) => what === 'unknown schema id')];
    expect(unknown?.value?.reason).toContain('65535');
    const repeated = details[all.findIndex(({ what }) => what.startsWith('repeated header'))];
    expect(repeated?.headers.map(({ name, value }) => [name, value?.sizeBytes])).toEqual([
      ['same', 1],
      ['same', 0],
      ['', 7],
      ['same', 2],
    ]);
  });

  it.each<[Record<string, string>, string[]]>([
    [{ contains: '9007199254740993' }, ['numbers']],
    [{ contains: '<script>' }, ['markup', 'markup in JSON']],
    [{ where: 'value.a == 9007199254740993' }, ['numbers']],
    [{ where: 'value.a == 9007199254740992' }, []],
    [{ where: 'has(value.__proto__) && value.__proto__.admin == true' }, ['prototype keys']],
    [{ where: 'has(value.fine) && value.fine' }, ['the last']],
    [{ where: 'value.admin == true' }, []],
    [{ headers: 'same' }, ['repeated header names and an empty header']],
    [{ tombstones: 'only' }, ['null key and null value']],
    [{ where: 'value.k999999 == 1' }, []],
  ])('is searched to the end (%j)', async (filter, expected) => {
    const longest = watchTurns();
    const { rows, end } = await searched(topic, filter, await reader());
    expect(longest()).toBeLessThan(maxTurnMs);
    expect([end.outcome, end.reason, end.missing]).toEqual(['complete', null, []]);
    expect(rows.map(({ offset }) => all[Number(offset)]?.what ?? 'the last').sort()).toEqual(expected.sort());
  });

  it('counts what an expression cannot be asked of, and lists it', async () => {
    const where = 'value.fine == true';
    const { rows, progress } = await searched(topic, { where }, await reader());
    expect(rows).toHaveLength(1);
    const sides = await Promise.all(
      ['failed', 'undecoded'].map(async (show) => searched(topic, { where, show }, await reader())),
    );
    expect(progress.failed + progress.undecoded).toBeGreaterThan(20);
    const listed = sides.flatMap((one) => one.rows.map(({ offset }) => offset));
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.length).toBe(all.length);
  });

  it('is exported byte for byte as NDJSON, and as CSV that no spreadsheet acts on', async () => {
    const search = { bytes: 'all', fields: 'offset,value,valueBase64,valueSize', order: 'oldest' };
    const response = await openStream(exportMessages, topic, search, await reader());
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(all.length + 1);
    for (const [offset, { what, value }] of all.entries()) {
      const base64 = /"valueBase64":(?:"([^"]*)"|null)/.exec(lines[offset] ?? '')?.[1];
      if (value === null) expect(base64, what).toBeUndefined();
      else expect(Buffer.from(base64 ?? '', 'base64').equals(value), what).toBe(true);
    }
    const small = {
      format: 'csv',
      fields: 'offset,key,value',
      from: 'offset:0',
      maxSize: '2000',
      order: 'oldest',
    };
    const csv = await (await openStream(exportMessages, topic, small, await reader())).text();
    const cells = [...csv.matchAll(/(?<=^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
      ([, quoted, plain]) => (quoted ?? plain ?? '').replaceAll('""', '"'),
    );
    expect(cells.length).toBeGreaterThan(60);
    expect(cells.filter((cell) => '=+-@\t\r\u0000'.includes(cell.charAt(0)) && cell !== '')).toEqual([]);
  });

  it('is followed by a tail from its beginning: what is left out is counted', async () => {
    const leaving = new AbortController();
    const who = { ...(await reader()), signal: leaving.signal };
    const response = await openStream(streamTail, topic, { from: 'offset:0' }, who);
    const seen = new Set<string>();
    let dropped = 0;
    for await (const event of eventsOf<TailEvent | { type: 'problem' }>(response)) {
      if (event.type === 'rows') for (const { offset } of event.rows) seen.add(offset);
      if (event.type === 'progress') ({ dropped } = event.progress);
      if (event.type === 'problem') throw new Error(JSON.stringify(event));
      if (seen.size + dropped >= all.length + 1) break;
    }
    leaving.abort();
    expect(seen.has(String(bombAt + 1)) || dropped > 0).toBe(true);
  });

  it('is written again as it was, where one request can carry it', async () => {
    const again = await suite.create('again');
    const sent = all.filter(
      ({ value, headers = [] }) => (value?.length ?? 0) < 500_000 && headers.length < 100,
    );
    for (const { what, value, headers = [] } of sent) {
      const result = await runCommand(produceMessage, contextAs('operator'), {
        ...{ clusterId, topic: again, partition: '0', keyEncoding: 'text' as const, key: what },
        value: value?.toString('base64') ?? '',
        valueEncoding: value === null ? ('none' as const) : ('base64' as const),
        headers: headers
          .filter(({ name }) => name !== '')
          .map((header) => ({
            name: header.name,
            value: header.value.toString('base64'),
            encoding: 'base64' as const,
          })),
      });
      expect(result.ok, `${what}: ${JSON.stringify(result)}`).toBe(true);
    }
    const search = { bytes: 'all', fields: 'valueBase64', order: 'oldest' };
    const response = await openStream(exportMessages, again, search, await reader());
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).valueBase64 ?? null)).toEqual(
      sent.map(({ value }) => value?.toString('base64') ?? null),
    );
  });
});
