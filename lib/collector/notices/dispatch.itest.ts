import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChannel } from '#lib/gateways/database/alert-channels.ts';
import { listAlertEvents } from '#lib/gateways/database/alert-events.ts';
import { retryNotice } from '#lib/gateways/database/alert-notices.ts';
import { endSilence } from '#lib/gateways/database/alert-silences.ts';
import { pool } from '#lib/gateways/database/client.ts';
import { acknowledgeIncident } from '#lib/gateways/database/incident-answers.ts';
import { NewChannel } from '#lib/model/alert-channel.ts';
import type { Role } from '#lib/model/role.ts';
import { runCommand } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { stopSteps } from '#lib/process.ts';
import { deleteChannel } from '#lib/services/channel/delete-channel.ts';
import { readIncident } from '#lib/services/incident/read-incident.ts';
import { type HttpReceiver, httpReceiver } from '#lib/testing/alert-receivers.ts';
import {
  endIncident,
  failedNotice,
  keptIncident,
  keptRoute,
  keptSilence,
  keptWebhook,
} from '#lib/testing/alert-rows.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { maxTries } from './deliver.ts';
import { kickNotices, startNotices } from './dispatch.ts';

const waiting = { timeout: 30_000, interval: 100 };
let database: TestDatabase;
let hook: HttpReceiver;

beforeAll(async () => {
  process.env.MILLRACE_NOTIFY_ALLOW = '127.0.0.0/8';
  database = await openTestDatabase();
  startNotices();
});
afterAll(async () => {
  for (const { stop } of stopSteps().splice(0)) await stop();
  await database.close();
});

beforeEach(async () => {
  hook = await httpReceiver();
});
afterEach(async () => {
  for (const table of [
    'alert_notices',
    'alert_incidents',
    'alert_routes',
    'alert_silences',
    'alert_channels',
  ])
    await pool().query(`DELETE FROM ${table}`);
  await hook.close();
});

type Got = { kind: string; key: string; incidents: { id: string }[] };
const got = (): Got[] => hook.got.map(({ body }) => JSON.parse(body));
const told = () => got().map(({ kind, incidents }) => `${kind} ${incidents.map(({ id }) => id).join('+')}`);
const notices = async () =>
  (
    await pool().query<{ id: string; state: string; attempts: number; last_error: string | null }>(
      'SELECT id, state, attempts, last_error FROM alert_notices ORDER BY created_at',
    )
  ).rows;
/** Retries wait for minutes; the test does not. */
const hurry = async () => {
  await pool().query(`UPDATE alert_notices SET next_attempt_at = now() WHERE state = 'waiting'`);
  kickNotices();
};
const kindsOf = async (id: string) => (await listAlertEvents(id, 50)).map(({ kind }) => kind);

describe('delivery of alerts', () => {
  it('tells once that it began and once that it ended, and writes both on the timeline', async () => {
    const { id: channel } = await keptWebhook(`${hook.url}/`);
    await keptRoute([channel]);
    const id = await keptIncident();
    kickNotices();
    await expect.poll(told, waiting).toEqual([`opened ${id}`]);
    await endIncident(id);
    kickNotices();
    await expect.poll(told, waiting).toEqual([`opened ${id}`, `resolved ${id}`]);
    await expect.poll(() => kindsOf(id), waiting).toEqual(['opened', 'sent', 'resolved', 'sent']);
    const seen = (role: Role) => runQuery(readIncident, contextAs(role), { incidentId: id });
    expect(await seen('operator')).toMatchObject({
      ok: true,
      value: {
        route: { channels: [expect.stringMatching(/^Hook /)] },
        deliveries: [{ state: 'sent' }, { state: 'sent' }],
      },
    });
    // Where alerts go is not for everybody who may see that there is one.
    const forViewer = await seen('viewer');
    expect(forViewer).toMatchObject({ ok: true, value: { route: { channels: [] }, deliveries: null } });
    expect(JSON.stringify(forViewer)).not.toContain('Hook ');
    expect(JSON.stringify(forViewer)).not.toContain(channel);
  });

  it('R21: tries five times more, with the same key, and says then that it failed', async () => {
    const { id: channel } = await keptWebhook(`${hook.url}/`);
    await keptRoute([channel]);
    hook.answers.push(...Array.from({ length: maxTries }, () => ({ status: 503 })));
    const id = await keptIncident();
    kickNotices();
    for (let tries = 1; tries < maxTries; tries++) {
      await expect
        .poll(notices, waiting)
        .toMatchObject([{ state: 'waiting', attempts: tries, last_error: expect.stringContaining('503') }]);
      await hurry();
    }
    await expect.poll(notices, waiting).toMatchObject([{ state: 'failed', attempts: maxTries }]);
    expect(new Set(got().map(({ key }) => key)).size).toBe(1);
    await expect.poll(() => kindsOf(id), waiting).toEqual(['opened', 'failed']);
    // What failed for good is tried again when somebody asks for it, and arrives.
    await retryNotice((await notices())[0]!.id);
    kickNotices();
    await expect.poll(notices, waiting).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(got()).toHaveLength(maxTries + 1);
  });

  it('what failed is not tried again when all that it tells has ended, unless it tells that', async () => {
    const { id: channel } = await keptWebhook(`${hook.url}/`);
    const [over, open] = [await keptIncident(), await keptIncident()];
    await endIncident(over);
    const [late, part, end] = [
      await failedNotice({ channel, incidents: [over] }),
      await failedNotice({ channel, incidents: [over, open] }),
      await failedNotice({ channel, incidents: [over], kind: 'resolved' }),
    ];
    await expect(retryNotice(late)).rejects.toMatchObject({ code: 'notice.over' });
    await retryNotice(part);
    await retryNotice(end);
    await expect(retryNotice(end)).rejects.toMatchObject({ code: 'notice.not-failed' });
  });

  it('an end waits until its beginning has arrived', async () => {
    const { id: channel } = await keptWebhook(`${hook.url}/`);
    await keptRoute([channel]);
    hook.answers.push({ status: 500 });
    const id = await keptIncident();
    kickNotices();
    await expect.poll(notices, waiting).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    await endIncident(id);
    kickNotices();
    await expect.poll(notices, waiting).toMatchObject([
      { state: 'waiting', attempts: 1 },
      { state: 'waiting', attempts: 0 },
    ]);
    await hurry();
    await expect.poll(told, waiting).toEqual([`opened ${id}`, `opened ${id}`, `resolved ${id}`]);
  });

  it('is held back by a silence, and told when somebody ends it', async () => {
    const { id: channel } = await keptWebhook(`${hook.url}/`);
    await keptRoute([channel]);
    const silence = await keptSilence();
    const id = await keptIncident();
    kickNotices();
    await expect.poll(() => kindsOf(id), waiting).toEqual(['opened', 'silenced']);
    expect(hook.got).toEqual([]);
    await endSilence(silence.id);
    kickNotices();
    await expect.poll(told, waiting).toEqual([`opened ${id}`]);
  });

  it('goes on to others when nobody has acknowledged it, and not when somebody has', async () => {
    const { id: first } = await keptWebhook(`${hook.url}/first`);
    const { id: second } = await keptWebhook(`${hook.url}/second`);
    await keptRoute([first], { escalateMinutes: 15, escalateTo: [second] });
    const [late, seen] = [await keptIncident(), await keptIncident()];
    kickNotices();
    await expect.poll(() => hook.got.length, waiting).toBe(1);
    await acknowledgeIncident(seen, 'Ana', 'On it');
    await pool().query(`UPDATE alert_notices SET created_at = created_at - interval '15 minutes'`);
    kickNotices();
    await expect.poll(() => hook.got.map(({ path }) => path), waiting).toEqual(['/first', '/second']);
    expect(told()[1]).toBe(`escalated ${late}`);
    await expect(acknowledgeIncident(seen, 'Ben', '')).rejects.toMatchObject({
      code: 'incident.acknowledged',
    });
  });

  it('fails when its channel cannot be read, and says so', async () => {
    const { id: channel } = await keptWebhook(`${hook.url}/`);
    await pool().query(`UPDATE sealed_secrets SET ciphertext = 'x' WHERE owner_id = $1`, [channel]);
    await keptRoute([channel]);
    const id = await keptIncident();
    kickNotices();
    for (let tries = 1; tries < maxTries; tries++) {
      await expect
        .poll(notices, waiting)
        .toMatchObject([{ state: 'waiting', attempts: tries, last_error: expect.any(String) }]);
      await hurry();
    }
    await expect.poll(notices, waiting).toMatchObject([{ state: 'failed', attempts: maxTries }]);
    await expect.poll(() => kindsOf(id), waiting).toEqual(['opened', 'failed']);
    expect(hook.got).toEqual([]);
  });

  it('drops what waits for a channel that is switched off', async () => {
    const { id: channel } = await keptWebhook(`${hook.url}/`);
    await keptRoute([channel]);
    hook.answers.push({ status: 500 });
    await keptIncident();
    kickNotices();
    await expect.poll(notices, waiting).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    await pool().query('UPDATE alert_channels SET is_enabled = false WHERE id = $1', [channel]);
    await hurry();
    await expect
      .poll(notices, waiting)
      .toMatchObject([{ state: 'dropped', last_error: 'Its channel is switched off.' }]);
    expect(hook.got).toHaveLength(1);
  });

  it('tells a service that keeps its own alerts of every incident, its beginning and its end', async () => {
    const { id: channel } = await createChannel(
      randomUUID(),
      NewChannel.parse({
        name: 'Pager',
        config: { kind: 'pagerduty', apiUrl: hook.url },
        secrets: { key: 'R0UTE' },
        allowHttp: true,
      }),
    );
    const route = await keptRoute([channel]);
    const ids = await Promise.all(Array.from({ length: 25 }, () => keptIncident()));
    const heard = (action: string) =>
      hook.got
        .map(({ body }) => JSON.parse(body) as { event_action: string; dedup_key: string })
        .filter(({ event_action }) => event_action === action)
        .map(({ dedup_key }) => dedup_key)
        .sort();
    const all = ids.map((id) => `millrace-${id}`).sort();
    kickNotices();
    await expect.poll(() => heard('trigger'), waiting).toEqual(all);
    await pool().query('DELETE FROM alert_routes WHERE id = $1', [route.id]);
    for (const id of ids) await endIncident(id);
    kickNotices();
    await expect.poll(() => heard('resolve'), waiting).toEqual(all);
    expect(heard('trigger')).toEqual(all);
  });

  it('drops what waits for a channel that is deleted; one that a route names is kept', async () => {
    const { id, version } = await keptWebhook(`${hook.url}/`);
    const route = await keptRoute([id]);
    hook.answers.push({ status: 500 });
    await keptIncident();
    kickNotices();
    await expect.poll(notices, waiting).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    const remove = () => runCommand(deleteChannel, contextAs('admin'), { id, version });
    expect(await remove()).toMatchObject({ problem: { code: 'channel.in-use' } });
    await pool().query('DELETE FROM alert_routes WHERE id = $1', [route.id]);
    expect(await remove()).toMatchObject({ ok: true });
    expect(await notices()).toMatchObject([{ state: 'dropped' }]);
    const sealed = await pool().query('SELECT 1 FROM sealed_secrets WHERE owner_id = $1', [id]);
    expect(sealed.rowCount).toBe(0);
  });
});
