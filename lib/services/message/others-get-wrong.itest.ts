import { beforeAll, describe, expect, it, vi } from 'vitest';
import { kafkaOf } from '#lib/collector/connections.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { consoleConsumer } from '#lib/testing/console-consumer.ts';
import { eventsOf, openStream, searched } from '#lib/testing/message-streams.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { tokenOf } from '#lib/testing/token-of.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { auditOf } from '#lib/testing/visitor.ts';
import { openFixture } from '#platform/workload/fixture.ts';
import { exportMessages } from './export-messages.ts';
import { listMessages } from './list-messages.ts';
import { readMessage } from './read-message.ts';
import { streamSearch } from './search-messages.ts';

/** What consoles for Kafka are known to get wrong, each through the verbs themselves on real brokers. */
const suite = topicSuite('wrong');
const fixture = openFixture(suite.platform.bootstrap);

const json = (count: number, partitions: readonly number[], more: (i: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, i) => ({
    key: `k${i}`,
    value: JSON.stringify({ i, status: i % 10 === 3 ? 'FAILED' : 'PAID', ...more(i) }),
    partition: partitions[i % partitions.length] as number,
  }));

const offsetsOf = (rows: readonly { partition: number; offset: string }[]) =>
  rows.map(({ partition, offset }) => `${partition}/${offset}`);

describe('a filtered search', () => {
  it.each(['newest', 'oldest'])('ends over a topic with empty partitions (%s)', async (order) => {
    const topic = await suite.create(`empty-partition-${order}`);
    await fixture.produce(topic, json(500, [1]));
    for (const [where, found] of [
      ['value.status == "FAILED"', 50],
      ['value.status == "NONE"', 0],
      ['value.i < 0', 0],
    ] as const) {
      const { rows, end, progress } = await searched(topic, { where, order });
      expect([rows.length, end.outcome, end.nextToken, end.missing]).toEqual([found, 'complete', null, []]);
      expect([progress.doneOffsets, progress.records]).toEqual([progress.plannedOffsets, 500]);
    }
  });

  it('ends over an empty topic, and over one whose records are all of aborted transactions', async () => {
    const topic = await suite.create('nothing-there');
    expect((await searched(topic, { where: 'value.i == 1' })).end.outcome).toBe('complete');
    await fixture.produce(topic, json(60, [0, 1]), { transaction: { id: topic, outcome: 'abort' } });
    const { rows, end, progress } = await searched(topic, { where: 'value.i >= 0' });
    expect([rows, end.outcome, progress.abortedRecords]).toEqual([[], 'complete', 60]);
    const { rows: all } = await searched(topic, { where: 'value.i >= 0', isolation: 'read_uncommitted' });
    expect(all).toHaveLength(60);
  });

  it('that fails on every record says so, and the records can be listed', async () => {
    const topic = await suite.create('fails');
    await fixture.produce(topic, json(300, [0, 1, 2]));
    for (const where of ['value.nothing.deeper == 1', 'value.nothing == "x"', 'value.status > 5']) {
      const { rows, end, progress } = await searched(topic, { where });
      expect([rows, end.outcome]).toEqual([[], 'complete']);
      expect(progress.failed, where).toBeGreaterThan(0);
      const failed = await searched(topic, { where, show: 'failed' });
      expect([failed.rows.length, failed.progress.failed], where).toEqual([300, 300]);
    }
  });

  it('counts what cannot be decoded apart, and lists it', async () => {
    const topic = await suite.create('undecoded');
    await fixture.produce(topic, [
      ...json(20, [0]),
      { key: 'b', value: Buffer.from([0xc3, 0x28, 0xff]), partition: 0 },
      { key: 'c', value: '{"i": 7,', partition: 0 },
    ]);
    const { rows, progress } = await searched(topic, { where: 'value.i == 7' });
    expect(rows.map(({ key }) => key?.text)).toEqual(['k7']);
    expect(progress.failed + progress.undecoded).toBe(2);
    const listed = await Promise.all(
      ['failed', 'undecoded'].map((show) => searched(topic, { where: 'value.i == 7', show })),
    );
    expect(new Set(listed.flatMap((one) => one.rows.map(({ key }) => key?.text)))).toEqual(
      new Set(['b', 'c']),
    );
  });

  it('that never ends is stopped and names the record, with what was found until then', async () => {
    const topic = await suite.create('never-ends');
    const items = Array.from({ length: 20_000 }, (_, i) => i);
    const long = JSON.stringify({ i: -1, items, text: 'x'.repeat(700_000) });
    await fixture.produce(topic, [
      ...json(40, [1], () => ({ items: [1, 2], text: 'x' })),
      { key: 'long', value: long, partition: 1 },
      ...json(10, [1], () => ({ items: [1], text: 'x' })),
    ]);
    const hanging = [
      // Each step is long; then what only the library evaluates, which counts no steps.
      'value.items.all(a, value.text.contains("xy") || a < 1000000)',
      'value.items.all(a, value.items.all(b, a - b < 1000000)) && duration("1s") < duration("2s")',
    ];
    for (const where of hanging) {
      const { rows, end } = await searched(topic, { where, order: 'oldest' });
      expect([end.outcome, end.reason], where).toEqual([
        'cancelled',
        expect.stringMatching(/partition 1, offset 40\b/),
      ]);
      expect(rows.length, where).toBeLessThanOrEqual(40);
      expect((await searched(topic, { where })).end.reason).toMatch(/partition 1, offset 40\b/);
    }
    // Too many steps are counted: that is the one record's failure, and no worker's.
    const where = 'value.items.all(a, value.items.all(b, a - b < 1000000))';
    const counted = await searched(topic, { where });
    expect([counted.rows.length, counted.end.outcome, counted.progress.failed]).toEqual([50, 'complete', 1]);
    // Who reads other messages is not concerned.
    expect((await searched(topic, { contains: '"i":3' })).end.outcome).toBe('complete');
  });

  it('keeps 9007199254740993 and 9007199254740992 apart, however they are compared', async () => {
    const topic = await suite.create('digits');
    const values = ['9007199254740992', '9007199254740993', '9007199254740994', '-9007199254740993'];
    await fixture.produce(
      topic,
      values.map((n) => ({
        key: n,
        value: `{"n": ${n}, "deep": {"list": [1, ${n}]}, "text": "${n}"}`,
        partition: 0,
      })),
    );
    const found = async (where: string) =>
      (await searched(topic, { where, order: 'oldest' })).rows.map(({ key }) => key?.text);
    expect(await found('value.n == 9007199254740993')).toEqual(['9007199254740993']);
    expect(await found('value.n == 9007199254740992')).toEqual(['9007199254740992']);
    expect(await found('value.n > 9007199254740992')).toEqual(['9007199254740993', '9007199254740994']);
    expect(await found('value.deep.list[1] == -9007199254740993')).toEqual(['-9007199254740993']);
    expect(await found('9007199254740993 in value.deep.list')).toEqual(['9007199254740993']);
    expect(await found('value.n - 1 == 9007199254740992')).toEqual(['9007199254740993']);
    const { rows } = await searched(topic, { contains: '9007199254740993', columns: 'value.n' });
    expect(rows.map(({ columns }) => columns[0]).sort()).toEqual(['-9007199254740993', '9007199254740993']);
    expect(rows[0]?.value?.text).toContain('9007199254740993');
  });
});

describe('newest first with a rare match', () => {
  const count = 200_000;
  let topic: string;
  beforeAll(async () => {
    topic = await suite.create('rare');
    const padding = 'x'.repeat(120);
    await fixture.produce(topic, [{ key: 'rare', value: '{"i":-1,"status":"RARE"}', partition: 1 }]);
    for (let from = 0; from < count; from += 50_000)
      await fixture.produce(
        topic,
        json(50_000, [0, 1, 2], () => ({ padding })),
        { compression: 'gzip' },
      );
  }, 120_000);

  it.each<Record<string, string>>([
    { where: 'value.status == "RARE"' },
    { where: 'value.i < 0' },
    { contains: 'RARE' },
    { key: 'rare' },
    { headers: 'none=there' },
  ])('finds it 200,000 records back, as a page and as a stream (%j)', async (filter) => {
    const expected = 'headers' in filter ? [] : ['1/0'];
    const page = await runQuery(listMessages, contextAs('developer'), { clusterId, topic, ...filter });
    if (!page.ok) throw new Error(JSON.stringify(page.problem));
    expect([offsetsOf(page.value.rows), page.value.outcome]).toEqual([expected, 'complete']);
    const { rows, progress } = await searched(topic, filter);
    expect([offsetsOf(rows), progress.records]).toEqual([expected, count + 1]);
  });

  it('stops reading of the brokers when its reader leaves', async () => {
    const client = await kafkaOf(clusterId);
    const fetches = () =>
      client.usage().reduce((sum, { requests }) => sum + (new Map(requests).get('Fetch')?.sent ?? 0), 0);
    const before = fetches();
    await searched(topic, { where: 'value.i < 0' });
    const whole = fetches() - before;
    expect(whole).toBeGreaterThan(3);

    const leaving = new AbortController();
    const reader = { ...(await tokenOf('developer')), signal: leaving.signal };
    const start = fetches();
    const events = eventsOf(await openStream(streamSearch, topic, { where: 'value.i < 0' }, reader));
    expect((await events.next()).value).toMatchObject({ type: 'plan' });
    leaving.abort();
    await events.return(undefined).catch(() => undefined);
    const ended = () => auditOf('message.search').then((rows) => rows.at(-1));
    await vi.waitFor(async () =>
      expect(await ended()).toMatchObject({ actor_id: reader.userId, details: { outcome: 'cancelled' } }),
    );
    const stopped = fetches();
    expect(stopped - start).toBeLessThan(whole);
    // Kafka's own consumer reads an empty topic for some seconds: nothing of ours is asked meanwhile.
    await consoleConsumer(suite.platform, await suite.create('meanwhile'), 'read_committed');
    expect(fetches()).toBe(stopped);
  });
});

describe('what a record holds', () => {
  it('survives exactly: repeated header names in their order, bytes that are no text, empty and null', async () => {
    const topic = await suite.create('exact');
    const binary = Buffer.from([0, 0xff, 0xfe, 0x80, 0x0a]);
    const headers = [
      { name: 'b', value: Buffer.from('1') },
      { name: 'a', value: binary },
      { name: 'b', value: Buffer.from('2') },
      { name: '1', value: Buffer.alloc(0) },
      { name: 'b', value: Buffer.from('1') },
    ];
    await suite.client.produce({ topic, partition: 0, key: binary, value: binary, headers });
    const record = await runQuery(readMessage, contextAs('developer'), {
      ...{ clusterId, topic, partition: 0, offset: '0' },
    });
    if (!record.ok) throw new Error(JSON.stringify(record.problem));
    expect(record.value.headers.map(({ name }) => name)).toEqual(headers.map(({ name }) => name));
    expect(record.value.headers.map(({ value }) => value?.sizeBytes)).toEqual([1, 5, 1, 0, 1]);

    const response = await openStream(exportMessages, topic, { bytes: 'all' });
    const line = JSON.parse((await response.text()).trim());
    expect([line.keyBase64, line.valueBase64]).toEqual([
      binary.toString('base64'),
      binary.toString('base64'),
    ]);
    const exported = (line.headers as { name: string; value: string; valueBase64?: string }[]).map(
      ({ name, value, valueBase64 }) => [
        name,
        (valueBase64 ? Buffer.from(valueBase64, 'base64') : Buffer.from(value)).toString('hex'),
      ],
    );
    expect(exported).toEqual(headers.map(({ name, value }) => [name, value.toString('hex')]));
    expect((await searched(topic, { headers: 'b=2' })).rows).toHaveLength(1);
    expect((await searched(topic, { key: 'hex:00fffe800a' })).rows).toHaveLength(1);
    expect((await searched(topic, { key: 'hex:00fffe800b' })).rows).toHaveLength(0);
  });

  it('of an aborted transaction is not shown, or shown and marked', async () => {
    const topic = await suite.create('aborted');
    await fixture.produce(topic, json(10, [0]), { transaction: { id: topic, outcome: 'commit' } });
    await fixture.produce(topic, json(10, [0]), { transaction: { id: topic, outcome: 'abort' } });
    const states = async (isolation: string) => {
      const { rows } = await searched(topic, { where: 'value.i == 4', isolation });
      const opened = rows.map(({ partition, offset }) =>
        runQuery(readMessage, contextAs('developer'), { clusterId, topic, partition, offset }),
      );
      return (await Promise.all(opened)).map((record) => record.ok && record.value.transaction);
    };
    expect(await states('read_committed')).toEqual(['committed']);
    expect(await states('read_uncommitted')).toEqual(['aborted', 'committed']);
  });
});
