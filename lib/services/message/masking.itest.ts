import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { pool } from '#lib/gateways/database/client.ts';
import type { MaskRule } from '#lib/model/mask.ts';
import type { Role } from '#lib/model/role.ts';
import type { Query } from '#lib/operations/define-query.ts';
import { runCommand } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { tokenOf } from '#lib/testing/token-of.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { createMask } from '../mask/create-mask.ts';
import { deleteMask } from '../mask/delete-mask.ts';
import { overrideSerde } from '../serde/override-serde.ts';
import { checkFilter } from './check-filter.ts';
import { downloadMessage } from './download-message.ts';
import { exportMessages } from './export-messages.ts';
import { listFields } from './list-fields.ts';
import { listMessages } from './list-messages.ts';
import { readMessage } from './read-message.ts';
import { streamSearch } from './search-messages.ts';
import { streamTail } from './tail-messages.ts';

/** R19: nobody who may not see a field learns it from records of a real topic, by no way there is. */
const suite = topicSuite('masking');

const secret = 'CANARY-4111-7f3a';
/** As long and of the same kind, and nowhere in the topic. */
const guess = 'CANARY-4111-0b5c';
const shapes = [
  { card: secret, n: 1 },
  { a: { card: secret }, n: 2 },
  { items: [{ card: secret }, { Card: secret }], n: 3 },
  { raw: JSON.stringify({ card: secret }), n: 4 },
].map((value) => JSON.stringify(value));
const broken = [
  `{"card": "${secret}"`,
  `plain ${secret}`,
  `{"card": "${secret.replace('C', '\\u0043')}", "n": 5}`,
  `\u0001${secret}`,
];

const rules: MaskRule[] = [
  { side: 'value', select: 'name', at: 'card', action: 'hide' },
  { side: 'key', select: 'whole', at: '', action: 'hash' },
  { side: 'header', select: 'path', at: 'authorization', action: 'hide' },
];

let topic = '';
const values = [...shapes, ...broken].map((text) => Buffer.from(text));
values.push(Buffer.concat([Buffer.from([0xff, 0x00]), Buffer.from(secret)]));

beforeAll(async () => {
  topic = await suite.create('records');
  for (const value of values)
    await suite.client.produce({
      topic,
      partition: 0,
      key: Buffer.from(secret),
      value,
      headers: [
        { name: 'Authorization', value: Buffer.from(secret) },
        { name: 'trace', value: Buffer.from('open') },
      ],
    });
  const made = await runCommand(createMask, contextAs('admin'), {
    name: 'Cards',
    topicPattern: `${topic.slice(0, -3)}*`,
    rules,
    unmaskRole: 'operator',
  });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
}, 120_000);

async function askAs<I extends z.ZodType, O extends z.ZodType>(
  role: Role,
  query: Query<I, O>,
  input: z.input<I>,
) {
  const result = await runQuery(query, contextAs(role), input);
  if (!result.ok) throw new Error(`${query.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

const at = (path: string, token: string) =>
  new Request(`https://millrace.test/api/v1/${path}`, {
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'a browser' },
  });
const params = (more: Record<string, string> = {}) => ({
  params: Promise.resolve({ clusterId, topic, ...more }),
});
const leaks = (text: string) =>
  [
    secret,
    Buffer.from(secret).toString('base64').slice(2, 16),
    Buffer.from(secret).toString('hex').slice(2, 20),
  ].some((form) => text.replaceAll(' ', '').includes(form));

describe('R19: what is masked', () => {
  it('is in no page, record, search or export of who may not see it, and in all of who may', async () => {
    const seen: Record<string, string> = {};
    for (const role of ['developer', 'operator'] as const) {
      const { token } = await tokenOf(role);
      const page = await askAs(role, listMessages, {
        clusterId,
        topic,
        columns: 'value.card,value.a.card,value.items[1].Card,key,headers.Authorization,headers.trace',
      });
      expect(page.rows).toHaveLength(values.length);
      seen[`${role} page`] = JSON.stringify(page);
      const details = values.map((_, offset) =>
        askAs(role, readMessage, { clusterId, topic, partition: 0, offset: String(offset) }),
      );
      seen[`${role} record`] = JSON.stringify(await Promise.all(details));
      seen[`${role} search`] = await (await streamSearch(at('search?contains=open', token), params())).text();
      for (const format of ['ndjson', 'csv'])
        seen[`${role} ${format}`] = await (
          await exportMessages(
            at(
              `export?format=${format}&bytes=all&fields=key,value,valueBase64,keyBase64,headers,value.card`,
              token,
            ),
            params(),
          )
        ).text();
    }
    for (const [where, text] of Object.entries(seen)) {
      expect(text.length, where).toBeGreaterThan(100);
      const isMasked = where.startsWith('developer');
      expect(leaks(text), where).toBe(!isMasked);
      expect(text.includes('[hidden by Cards]'), where).toBe(isMasked);
    }
  });

  it('says by whom, keeps what is open, and shows equal keys as equal', async () => {
    const { rows } = await askAs('developer', listMessages, { clusterId, topic, order: 'oldest' });
    expect(rows[0]).toMatchObject({
      key: { text: expect.stringMatching(/^\[hash [0-9a-f]{16}\]$/), base64: null, maskedBy: ['Cards'] },
      value: {
        text: '{"card":"[hidden by Cards]","n":1}',
        base64: null,
        format: 'json',
        maskedBy: ['Cards'],
      },
    });
    expect(new Set(rows.map(({ key }) => key?.text)).size).toBe(1);
    for (const row of rows.slice(4))
      if (row.offset !== '6') expect(row.value?.text).toBe('[hidden by Cards]');
    const detail = await askAs('developer', readMessage, { clusterId, topic, partition: 0, offset: '0' });
    expect(detail.headers.map(({ value }) => value?.text)).toEqual(['[hidden by Cards]', 'open']);
  });

  it('is found by no filter: one that names it finds what a wrong guess finds (filter oracle)', async () => {
    const found = async (role: Role, filter: Record<string, string>) =>
      (await askAs(role, listMessages, { clusterId, topic, order: 'oldest', ...filter })).rows.map(
        ({ offset }) => offset,
      );
    const all = values.map((_, offset) => String(offset));
    const questions: ((text: string) => Record<string, string>)[] = [
      (text) => ({ contains: text }),
      (text) => ({ contains: text.slice(0, 14) }),
      (text) => ({ excludes: text }),
      (text) => ({ key: text }),
      (text) => ({ key: `base64:${Buffer.from(text).toString('base64')}` }),
      (text) => ({ keyPrefix: text.slice(0, 14) }),
      (text) => ({ headers: `Authorization=${text}` }),
      (text) => ({ headers: `Authorization~${text.slice(4)}` }),
      (text) => ({ where: `value.card == "${text}"` }),
      (text) => ({ where: `value.card.startsWith("${text.slice(0, 14)}")` }),
      (text) => ({ where: `value.card != "${text}"` }),
      (text) => ({ where: `key == "${text}"` }),
      (text) => ({ where: `headers["Authorization"] == "${text}"` }),
      (text) => ({ where: `value.contains("${text}")` }),
      (text) => ({ where: `value.card == "${text}"`, show: 'failed' }),
      (text) => ({ where: `value.items.exists(i, i.card == "${text}")` }),
      (text) => ({ where: `value.raw.contains("${text}")` }),
    ];
    for (const question of questions) {
      const [right, wrong] = [
        await found('developer', question(secret)),
        await found('developer', question(guess)),
      ];
      expect(right, JSON.stringify(question('…'))).toEqual(wrong);
    }
    expect(await found('operator', { contains: secret })).toEqual(all);
    expect(await found('operator', { key: secret })).toEqual(all);
    expect(await found('operator', { where: `value.card == "${secret}"` })).toEqual(['0', '6']);
    // What everybody sees can be looked for by everybody.
    expect(await found('developer', { contains: '"n":2' })).toEqual(['1']);
    expect(await found('developer', { where: 'value.n == 3' })).toEqual(['2']);
    expect(await found('developer', { headers: 'trace=open' })).toEqual(all);
  });

  it('is told by no trial of an expression on a record', async () => {
    const tried = async (text: string) =>
      JSON.stringify(
        await askAs('developer', checkFilter, {
          clusterId,
          topic,
          where: `value.card == "${text}"`,
          partition: 0,
          offset: '0',
        }),
      ).replaceAll(text, '');
    expect(await tried(secret)).toBe(await tried(guess));
    expect(leaks(await tried(secret))).toBe(false);
  });

  it('is in no suggested field, and in no header that was cut', async () => {
    const fields = JSON.stringify(await askAs('developer', listFields, { clusterId, topic }));
    expect(fields).toContain('value.card');
    expect(leaks(fields)).toBe(false);
    const long = await suite.create('records-long');
    const value = Buffer.from(
      JSON.stringify({ fill: 'x'.repeat(60_000), email: secret, more: 'y'.repeat(60_000) }),
    );
    const early = Buffer.from(JSON.stringify({ email: secret, fill: 'x'.repeat(60_000) }));
    await suite.client.produce({
      topic: long,
      partition: 0,
      key: null,
      value: early,
      headers: [
        { name: 'user', value: early },
        { name: 'user', value },
      ],
    });
    const made = await runCommand(createMask, contextAs('admin'), {
      name: 'Long',
      topicPattern: long,
      rules: (['header', 'value'] as const).map((side) => ({
        side,
        select: 'name',
        at: 'email',
        action: 'hide',
      })),
    });
    if (!made.ok) throw new Error(made.problem.what);
    const page = await askAs('developer', listMessages, { clusterId, topic: long });
    expect(page.rows).toHaveLength(1);
    const detail = await askAs('developer', readMessage, {
      clusterId,
      topic: long,
      partition: 0,
      offset: '0',
    });
    expect(leaks(JSON.stringify([page, detail]))).toBe(false);
  });

  it('is in no live tail', async () => {
    const { token } = await tokenOf('developer');
    const response = await streamTail(at('tail?contains=open', token), params());
    expect(response.status).toBe(200);
    const reader = response.body!.getReader();
    const decoder = new TextDecoder();
    let told = '';
    const until = async (word: string) => {
      while (!told.includes(word)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the tail ended before ${word}: ${told}`);
        told += decoder.decode(value, { stream: true });
      }
    };
    await until('event: plan');
    await suite.client.produce({
      topic,
      partition: 1,
      key: Buffer.from(secret),
      value: Buffer.from(JSON.stringify({ card: secret, state: 'fresh' })),
      headers: [{ name: 'trace', value: Buffer.from('open') }],
    });
    await until('fresh');
    await reader.cancel();
    expect(told).toContain('[hidden by Cards]');
    expect(leaks(told)).toBe(false);
  });

  it('is told by no other way of decoding: who does not see it does not choose (R19)', async () => {
    for (const valueSerde of ['text', 'hex', 'latin1', 'schema:1', 'mirror-checkpoints']) {
      const asked = await runQuery(listMessages, contextAs('developer'), { clusterId, topic, valueSerde });
      expect(asked, valueSerde).toMatchObject({
        problem: { code: 'serde.masked', status: 403, fields: { valueSerde: expect.any(String) } },
      });
    }
    expect(
      leaks(JSON.stringify(await askAs('developer', listMessages, { clusterId, topic, valueSerde: 'auto' }))),
    ).toBe(false);
    expect(
      leaks(JSON.stringify(await askAs('operator', listMessages, { clusterId, topic, valueSerde: 'text' }))),
    ).toBe(true);

    const closed = await suite.create('records-closed');
    const made = await runCommand(createMask, contextAs('admin'), {
      name: 'Closed to operators',
      topicPattern: closed,
      rules: [{ side: 'value', select: 'name', at: 'card', action: 'hide' }],
      unmaskRole: 'admin',
    });
    if (!made.ok) throw new Error(made.problem.what);
    const choice = { clusterId, topic: closed, keySerde: null, valueSerde: 'latin1' };
    expect(await runCommand(overrideSerde, contextAs('operator'), choice)).toMatchObject({
      problem: { code: 'serde.masked' },
    });
    expect(await runCommand(overrideSerde, contextAs('admin'), choice)).toMatchObject({ ok: true });
    expect(
      await runCommand(overrideSerde, contextAs('operator'), { ...choice, keySerde: 'text' }),
    ).toMatchObject({ ok: true });
    // What an admin chose is read so by all, and what cannot be told apart any more is hidden whole.
    await suite.client.produce({
      topic: closed,
      partition: 0,
      key: null,
      value: Buffer.from(shapes[0] ?? ''),
      headers: [],
    });
    const { rows } = await askAs('operator', listMessages, { clusterId, topic: closed });
    expect(rows[0]?.value?.text).toBe('[hidden by Closed to operators]');
  });

  it('hidden anew, ends tails and exports that would go on showing it', async () => {
    const open = await suite.create('records-open');
    for (let i = 0; i < 3; i++)
      await suite.client.produce({
        topic: open,
        partition: 0,
        key: null,
        value: Buffer.from(secret),
        headers: [],
      });
    const { token } = await tokenOf('developer');
    const of = { params: Promise.resolve({ clusterId, topic: open }) };
    const tail = (await streamTail(at('tail', token), of)).body!.getReader();
    const file = (await exportMessages(at('export', token), of)).body!.getReader();
    const made = await runCommand(createMask, contextAs('admin'), {
      name: 'Late',
      topicPattern: open,
      rules: [{ side: 'value', select: 'whole', action: 'hide' }],
    });
    if (!made.ok) throw new Error(made.problem.what);
    await expect(file.read()).rejects.toMatchObject({ code: 'mask.changed' });
    await suite.client.produce({
      topic: open,
      partition: 0,
      key: null,
      value: Buffer.from(secret),
      headers: [],
    });
    let told = '';
    for (;;) {
      const { value, done } = await tail.read();
      if (done) break;
      told += new TextDecoder().decode(value);
    }
    expect(told).toContain('mask.changed');
    expect(leaks(told)).toBe(false);
  });

  it('is no download, in words; what is open is', async () => {
    const get = async (role: Role, search: string) =>
      downloadMessage(
        at(`download?${search}`, (await tokenOf(role)).token),
        params({ partition: '0', offset: '0' }),
      );
    for (const field of ['key', 'value', 'header'])
      expect(await (await get('developer', `field=${field}`)).json()).toMatchObject({
        code: 'message.masked',
        status: 403,
      });
    expect(await (await get('operator', 'field=key')).text()).toBe(secret);
  });

  it('is in no audit', async () => {
    const { rows } = await pool().query<{ line: string }>(
      `SELECT to_jsonb(e)::text AS line FROM audit_events e WHERE action NOT IN ('message.list', 'message.search', 'message.export', 'message.check-filter')`,
    );
    expect(rows.filter(({ line }) => line.includes(secret))).toEqual([]);
  });

  it('by default hides all but what is shown by a rule, and is seen when the policy is gone', async () => {
    const other = await suite.create('default');
    await suite.client.produce({
      topic: other,
      partition: 0,
      key: Buffer.from('k'),
      value: Buffer.from('{"id":7,"name":"x"}'),
      headers: [{ name: 'h', value: Buffer.from('v') }],
    });
    const made = await runCommand(createMask, contextAs('admin'), {
      name: 'All',
      clusterId,
      topicPattern: other,
      base: 'mask',
      rules: [{ side: 'value', select: 'path', at: 'id', action: 'show' }],
    });
    if (!made.ok) throw new Error(made.problem.what);
    const read = () => askAs('admin', readMessage, { clusterId, topic: other, partition: 0, offset: '0' });
    const { headers, ...masked } = await read();
    expect(masked).toMatchObject({
      key: { text: '[hidden by All]' },
      value: { text: '{"id":7,"name":"[hidden by All]"}' },
    });
    expect(headers).toMatchObject([{ name: 'h', value: { text: '[hidden by All]' } }]);
    await runCommand(deleteMask, contextAs('admin'), { id: made.value.id, version: 1 });
    expect(await read()).toMatchObject({ key: { text: 'k' }, value: { text: '{"id":7,"name":"x"}' } });
  });
});
