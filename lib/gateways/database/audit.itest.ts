import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry, AuditEvent } from '#lib/model/audit.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { appendAudit } from './audit-rows.ts';
import { readOperation, searchAudit, streamAudit } from './audit-search.ts';
import { verifyAudit } from './audit-verify.ts';
import { pool } from './client.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

const event = (changes: Partial<AuditEvent> = {}): AuditEvent => ({
  operationId: randomUUID(),
  phase: 'succeeded',
  actorId: 'u1',
  actorName: 'Ada',
  actorRole: 'operator',
  actorVia: 'session',
  ip: '127.0.0.1',
  userAgent: 'test',
  requestId: 'r1',
  action: 'topic.create',
  targetType: 'topic',
  targetId: 'orders',
  clusterId: 'shop',
  details: { partitions: 3 },
  errorCode: null,
  ...changes,
});

/** Does what only the owner of the database can: switches the guard off, tampers, and undoes it all. */
async function tampered<T>(statement: string, look: () => Promise<T>): Promise<T> {
  await pool().query(
    'CREATE TABLE kept AS SELECT * FROM audit_events; CREATE TABLE kept_head AS SELECT * FROM audit_head',
  );
  await pool().query('ALTER TABLE audit_events DISABLE TRIGGER USER');
  try {
    await pool().query(statement);
    return await look();
  } finally {
    await pool().query(`TRUNCATE audit_events; INSERT INTO audit_events SELECT * FROM kept;
      DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM kept_head; DROP TABLE kept, kept_head`);
    await pool().query('ALTER TABLE audit_events ENABLE TRIGGER USER');
  }
}

describe('R16 audit', () => {
  it('numbers events without a gap and keeps one chain when many append at once', async () => {
    const before = (await pool().query<{ seq: string }>('SELECT seq FROM audit_head')).rows[0]!;
    const numbers = await Promise.all(Array.from({ length: 60 }, () => appendAudit(event())));
    numbers.sort((a, b) => Number(a - b));
    expect(numbers).toEqual(numbers.map((_, i) => BigInt(before.seq) + BigInt(i + 1)));
    expect(await verifyAudit(7)).toMatchObject({ isWhole: true });
  });

  it.each([
    `UPDATE audit_events SET actor_name = 'Eve'`,
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
  ])('refuses %s', async (statement) => {
    await appendAudit(event());
    await expect(pool().query(statement)).rejects.toThrow('append-only');
  });

  it('names the event that was changed, whichever field it was', async () => {
    const seq = await appendAudit(event({ details: { a: 1 }, errorCode: 'topic.exists' }));
    await appendAudit(event());
    const changes = [
      `actor_name = 'Eve'`,
      `details = '{"a": 2}'`,
      `phase = 'failed'`,
      `at = at + interval '1 millisecond'`,
      `ip = NULL`,
      `error_code = ''`,
      `is_opening = NOT is_opening`,
      `hash = repeat('a', 64)`,
      `prev_hash = repeat('a', 64)`,
    ];
    for (const change of changes) {
      const verdict = await tampered(`UPDATE audit_events SET ${change} WHERE seq = ${seq}`, verifyAudit);
      expect(verdict, change).toEqual({ isWhole: false, seq: String(seq), reason: 'changed' });
    }
    expect(await verifyAudit()).toMatchObject({ isWhole: true });
  });

  it('notices an event taken out, and a cut-off end', async () => {
    const seq = await appendAudit(event());
    const last = await appendAudit(event());
    expect(await tampered(`DELETE FROM audit_events WHERE seq = ${seq}`, verifyAudit)).toEqual({
      isWhole: false,
      seq: String(seq),
      reason: 'missing',
    });
    expect(await tampered(`DELETE FROM audit_events WHERE seq = ${last}`, verifyAudit)).toEqual({
      isWhole: false,
      seq: String(last),
      reason: 'cut-off',
    });
  });

  it('keeps whatever a name or a detail may hold', async () => {
    const hostile = `a\u0000b\u001b[31m\ud800 "quotes" 'and' \u202e ${'x'.repeat(300)} %_\\`;
    const operationId = randomUUID();
    await appendAudit(
      event({
        operationId,
        actorName: hostile,
        targetId: hostile,
        userAgent: hostile,
        details: {
          [hostile]: hostile,
          __proto__: 1,
          big: 2n ** 63n,
          numbers: [1e21, 5e-324, -0, Number.NaN, 2 ** 53],
          nothing: undefined,
          at: new Date(0),
        },
      }),
    );
    expect(await verifyAudit()).toMatchObject({ isWhole: true });
    const entry = await readOperation(operationId);
    expect(entry?.details).toMatchObject({ big: '9223372036854775808', at: '1970-01-01T00:00:00.000Z' });
    expect(entry?.targetId).toContain('a\u2400b');
  });

  it('replaces details that are too large by a note', async () => {
    const operationId = randomUUID();
    await appendAudit(event({ operationId, details: { text: 'x'.repeat(300_000) } }));
    expect((await readOperation(operationId))?.details).toMatchObject({ notRecorded: 'larger than 256 kB' });
  });
});

describe('audit search', () => {
  const actor = `search-${randomUUID()}`;
  const add = async (changes: Partial<AuditEvent>) => {
    const operationId = randomUUID();
    await appendAudit(event({ operationId, actorId: actor, ...changes }));
    return operationId;
  };

  it('shows one line per operation with its end, newest first', async () => {
    const done = await add({ phase: 'started', targetId: '100%_done' });
    await appendAudit(
      event({ operationId: done, actorId: actor, details: { created: true }, targetId: '100%_done' }),
    );
    const failed = await add({ phase: 'started', action: 'topic.delete' });
    await appendAudit(
      event({ operationId: failed, actorId: actor, phase: 'failed', errorCode: 'topic.not-found' }),
    );
    const open = await add({ phase: 'started', action: 'cluster.update', clusterId: null });
    const denied = await add({ phase: 'denied', action: 'user.update', errorCode: 'auth.forbidden' });

    const page = await searchAudit({ actorId: actor }, { page: 1, pageSize: 50 });
    expect(page.total).toBe(4);
    expect(page.totalUnfiltered).toBeGreaterThan(4);
    expect(page.rows.map(({ operationId, outcome }) => [operationId, outcome])).toEqual([
      [denied, 'denied'],
      [open, 'started'],
      [failed, 'failed'],
      [done, 'succeeded'],
    ]);
    expect(page.rows[1]).toMatchObject({ endedAt: null, clusterId: null });
    expect(page.rows[2]).toMatchObject({ errorCode: 'topic.not-found' });
    expect(page.rows[3]).toMatchObject({ details: { partitions: 3 }, result: { created: true } });

    const ids = async (filter: Parameters<typeof searchAudit>[0]) =>
      (await searchAudit({ actorId: actor, ...filter }, { page: 1, pageSize: 50 })).rows.map(
        (row) => row.operationId,
      );
    expect(await ids({ outcome: 'failed' })).toEqual([failed]);
    expect(await ids({ outcome: 'started' })).toEqual([open]);
    expect(await ids({ actions: ['topic.'] })).toEqual([failed, done]);
    expect(await ids({ actions: ['topic.delete', 'user.update'] })).toEqual([denied, failed]);
    expect(await ids({ q: '100%_D' })).toEqual([done]);
    expect(await ids({ q: '1%0' })).toEqual([]);
    expect(await ids({ clusterId: 'shop' })).toEqual([denied, failed, done]);
    const since = Date.parse(page.rows[1]!.at);
    expect(await ids({ fromMs: since })).toEqual(expect.arrayContaining([open, denied]));
    expect(await ids({ toMs: Date.parse(page.rows[3]!.at) })).toEqual([]);
  });

  it('streams every operation once, in pieces', async () => {
    const many = `many-${randomUUID()}`;
    for (let i = 0; i < 23; i++) await appendAudit(event({ actorId: many, targetId: `t${i}` }));
    const seen: AuditEntry[] = [];
    for await (const piece of streamAudit({ actorId: many }, 5)) {
      expect(piece.length).toBeLessThanOrEqual(5);
      seen.push(...piece);
    }
    expect(seen.map(({ targetId }) => targetId)).toEqual(Array.from({ length: 23 }, (_, i) => `t${22 - i}`));
  });
});
