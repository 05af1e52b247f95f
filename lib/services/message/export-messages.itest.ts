import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { announceRevoked } from '#lib/auth/on-revoked.ts';
import { pool } from '#lib/gateways/database/client.ts';
import type { ExportManifest } from '#lib/model/message-export.ts';
import type { Role } from '#lib/model/role.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { tokenOf } from '#lib/testing/token-of.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { auditOf } from '#lib/testing/visitor.ts';
import { exportMessages } from './export-messages.ts';
import { readExport } from './read-export.ts';

/** Exports of a real topic: the file, its manifest, who may, and what the audit says. */
const suite = topicSuite('export');

const canary = 'CANARY-3b7e';

async function ask(
  topic: string,
  search: Record<string, string> = {},
  who?: { token: string; signal?: AbortSignal },
) {
  const { token } = who ?? (await tokenOf('developer'));
  const query = new URLSearchParams(search);
  const request = new Request(`https://millrace.test/api/v1/export?${query}`, {
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'a browser' },
    ...(who?.signal ? { signal: who.signal } : {}),
  });
  return exportMessages(request, { params: Promise.resolve({ clusterId, topic }) });
}

type Exported = { lines: string[]; manifest: ExportManifest; text: string };

/** A whole export with its manifest. */
async function exported(topic: string, search: Record<string, string> = {}): Promise<Exported> {
  const { token, userId } = await tokenOf('developer');
  const id = crypto.randomUUID();
  const response = await ask(topic, { ...search, id }, { token });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  const manifest = await runQuery(readExport, contextAs('developer', { userId }), { clusterId, topic, id });
  if (!manifest.ok) throw new Error(manifest.problem.what);
  return { text, manifest: manifest.value, lines: text.split('\n').slice(0, -1) };
}
const records = ({ lines }: Exported) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const auditsOf = async (topic: string) =>
  (await auditOf('message.export')).filter((row) => row.target_id === topic);

/** 30 records over three partitions, their times a second apart, with what is dear to spreadsheets and browsers. */
async function filled(name: string): Promise<string> {
  const topic = await suite.create(name);
  const start = Date.now() - 1_000_000;
  for (let i = 0; i < 30; i++)
    await suite.client.produce({
      topic,
      partition: i % 3,
      key: Buffer.from(`k${i}`),
      value: Buffer.from(
        i % 10 === 9 ? '=HYPERLINK("x")' : `{"i": ${i}, "n": 9007199254740993, "s": "${canary}"}`,
      ),
      headers: [{ name: 'trace', value: Buffer.from(`t${i}`) }],
      timestampMs: start + i * 1000,
    });
  return topic;
}

describe('an export', () => {
  it('holds every record in the order of the search, byte for byte, with a manifest that can be checked', async () => {
    const topic = await filled('whole');
    const file = await exported(topic, { order: 'oldest' });
    const all = records(file);
    expect(all.map(({ key }) => key)).toEqual(Array.from({ length: 30 }, (_, i) => `k${i}`));
    expect(file.lines[0]).toContain(`"value":{"i": 0, "n": 9007199254740993, "s": "${canary}"}`);
    expect(all[9]).toMatchObject({
      value: '=HYPERLINK("x")',
      valueSerde: 'text',
      headers: [{ name: 'trace', value: 't9' }],
    });
    expect(file.manifest).toMatchObject({
      state: 'complete',
      sentence: '30 records: all that was asked for.',
      records: 30,
      bytes: Buffer.byteLength(file.text),
      sha256: createHash('sha256').update(file.text).digest('hex'),
      offsets: [0, 1, 2].map((partition) => ({ partition, from: '0', to: '9', records: 10 })),
      asked: { order: 'oldest' },
      nextToken: null,
      missing: [],
    });
    expect(records(await exported(topic)).map(({ key }) => key)).toEqual(all.map(({ key }) => key).reverse());
  });

  it('holds what a filter finds, within bounds, and says what was asked', async () => {
    const topic = await filled('filtered');
    const file = await exported(topic, {
      where: 'value.i > 25',
      order: 'oldest',
      fields: 'offset,value.i,headers.trace',
    });
    expect(records(file)).toEqual(
      [26, 27, 28].map((i) => ({
        offset: Math.floor(i / 3),
        'value.i': String(i),
        'headers.trace': `t${i}`,
      })),
    );
    expect(file.manifest.asked).toMatchObject({ where: 'value.i > 25' });
    expect(file.manifest.failed).toBeGreaterThan(0);
    expect((await exported(topic, { partitions: '1', from: 'offset:8' })).manifest.records).toBe(2);
  });

  it('ends at its cap and goes on from there, nothing lost and nothing twice', async () => {
    const topic = await filled('capped');
    const keys: unknown[] = [];
    const states: string[] = [];
    for (let page = ''; ; ) {
      const file = await exported(topic, { limit: '11', order: 'oldest', ...(page ? { page } : {}) });
      keys.push(...records(file).map(({ key }) => key));
      states.push(file.manifest.state);
      page = file.manifest.nextToken ?? '';
      if (!page) break;
    }
    expect(keys).toEqual(Array.from({ length: 30 }, (_, i) => `k${i}`));
    expect(states).toEqual(['limit', 'limit', 'complete']);
  });

  it('as CSV is a table that no spreadsheet acts on (R25, P11)', async () => {
    const topic = await filled('csv');
    const { token } = await tokenOf('developer');
    const response = await ask(
      topic,
      { format: 'csv', order: 'oldest', fields: 'offset,key,value' },
      { token },
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename="[A-Za-z0-9._-]+\.csv"$/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      link: expect.stringMatching(
        /^<\/api\/v1\/clusters\/test\/topics\/.+\/messages\/export\/manifest\?id=[0-9a-f-]+>/,
      ),
    });
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toBe('offset,key,value');
    expect(lines[10]).toBe(`3,k9,"'=HYPERLINK(""x"")"`);
    expect(lines).toHaveLength(32);
    expect((await exported(topic, { format: 'csv' })).manifest.guardedCells).toBe(3);
  });

  it('is in the audit at its begin and its end, without payload (R15)', async () => {
    const topic = await filled('audited');
    const { manifest } = await exported(topic, { where: 'value.i < 3', partitions: '0,2' });
    const rows = await auditsOf(topic);
    expect(rows.map(({ phase }) => phase)).toEqual(['started', 'succeeded']);
    expect(rows[0]?.details).toMatchObject({ partitions: '0,2', where: 'value.i < 3', export: manifest.id });
    expect(rows[1]?.details).toMatchObject({ state: 'complete', records: 2, sha256: manifest.sha256 });
    const { rows: lines } = await pool().query('SELECT to_jsonb(e)::text AS line FROM audit_events e');
    expect(lines.filter(({ line }) => line.includes(canary))).toEqual([]);
  });

  it('is refused to viewers and strangers, in words, and after five in an hour (R4, R26)', async () => {
    const topic = await filled('refused');
    const as = async (role: Role) => ask(topic, {}, await tokenOf(role));
    expect((await as('viewer')).status).toBe(403);
    expect((await auditsOf(topic)).map(({ phase }) => phase)).toEqual(['denied']);
    expect((await ask(topic, {}, { token: 'mlr_unknown' })).status).toBe(401);
    const developer = await tokenOf('developer');
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      const response = await ask(topic, { limit: '1' }, developer);
      statuses.push(response.status);
      await response.text();
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const wrong = await ask(topic, { where: 'value.i >' });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({
      code: 'input.invalid',
      fields: { where: expect.any(String) },
    });
    const gone = await ask(`${topic}-none`);
    expect(gone.status).toBe(404);
    expect((await auditsOf(`${topic}-none`)).map(({ phase }) => phase)).toEqual(['started', 'failed']);
  });

  it('whose reader leaves, or loses the right, stops reading and says so (R5)', async () => {
    const topic = await filled('left');
    const gone = await tokenOf('developer');
    const first = (await ask(topic, { limit: '30' }, gone)).body!.getReader();
    await first.read();
    await first.cancel();
    await vi.waitFor(async () =>
      expect((await auditsOf(topic)).map(({ phase }) => phase)).toEqual(['started', 'succeeded']),
    );
    expect((await auditsOf(topic))[1]?.details).toMatchObject({ state: 'cancelled', sha256: null });

    const revoked = await tokenOf('developer');
    const second = (await ask(topic, {}, revoked)).body!.getReader();
    announceRevoked({ userId: revoked.userId });
    await expect(second.read()).rejects.toMatchObject({ code: 'auth.required' });
    await vi.waitFor(async () => expect(await auditsOf(topic)).toHaveLength(4));
  });

  it('has a manifest for its own user alone', async () => {
    const topic = await filled('own');
    const { manifest } = await exported(topic, { limit: '1' });
    const other = await runQuery(readExport, contextAs('admin'), { clusterId, topic, id: manifest.id });
    expect(other).toMatchObject({ ok: false, problem: { code: 'export.not-found', status: 404 } });
  });
});
