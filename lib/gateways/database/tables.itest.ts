import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewCluster } from '#lib/model/cluster-record.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { closeDatabase, openDatabase, pool } from './client.ts';
import {
  applyFileCluster,
  createCluster,
  deleteCluster,
  listClusters,
  readCluster,
  updateCluster,
} from './clusters.ts';
import { startEmbedded } from './embedded/launcher.ts';
import { isAlive } from './embedded/owner.ts';
import { waitFor } from './embedded/wait.ts';
import { databaseHealth } from './health.ts';
import { claimRequest, finishRequest, releaseRequest } from './idempotency.ts';
import { deletePreference, readPreferences, writePreference } from './preferences.ts';
import { readSecrets } from './secrets.ts';
import { changeUser, listUsers } from './users.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.close());

const cluster = (id: string): NewCluster => ({
  id,
  name: `Cluster ${id}`,
  environment: 'staging',
  readOnly: false,
  connection: {
    bootstrap: [{ host: 'broker', port: 9092 }],
    tls: { enabled: true },
    sasl: { mechanism: 'PLAIN', username: 'millrace' },
  },
  secrets: { password: 'CANARY-cluster' },
});

describe('clusters', () => {
  it('are made with their secrets or not at all', async () => {
    const made = await createCluster(cluster('one'));
    expect(made).toMatchObject({ id: 'one', version: 1, source: 'ui' });
    expect(JSON.stringify(made)).not.toContain('CANARY');
    expect(await readSecrets('clusters', 'one')).toEqual({ password: 'CANARY-cluster' });
    await expect(createCluster({ ...cluster('one2'), name: 'Cluster one' })).rejects.toMatchObject({
      code: 'cluster.exists',
      fields: { name: expect.any(String) },
    });
    expect(await readCluster('one2')).toBeNull();
    expect(await readSecrets('clusters', 'one2')).toEqual({});
  });

  it('change only as they were seen; a secret that is not given stays', async () => {
    await createCluster(cluster('seen'));
    const both = await Promise.allSettled([
      updateCluster('seen', 1, { name: 'First' }),
      updateCluster('seen', 1, { name: 'Second' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(updateCluster('seen', 1, { readOnly: true })).rejects.toMatchObject({
      code: 'cluster.version',
    });
    const changed = await updateCluster('seen', 2, { readOnly: true, secrets: { privateKey: 'k' } });
    expect(changed).toMatchObject({ version: 3, readOnly: true });
    expect(await readSecrets('clusters', 'seen')).toEqual({ password: 'CANARY-cluster', privateKey: 'k' });
  });

  it('of a file grow a version only when the file says something new', async () => {
    expect(await applyFileCluster(cluster('file'), true)).toMatchObject({ version: 1, source: 'file' });
    expect(await applyFileCluster(cluster('file'), false)).toMatchObject({ version: 1 });
    expect(await applyFileCluster({ ...cluster('file'), environment: 'production' }, false)).toMatchObject({
      version: 2,
      environment: 'production',
    });
  });

  it('go with their secrets, and with what had begun to hold there', async () => {
    await createCluster(cluster('gone'));
    await pool().query(
      "INSERT INTO alert_pending (rule_id, cluster_id, subject, since_at) VALUES ('late', 'gone', 'a', now())",
    );
    await deleteCluster('gone');
    expect(await readCluster('gone')).toBeNull();
    expect((await pool().query(`SELECT 1 FROM sealed_secrets WHERE owner_id = 'gone'`)).rowCount).toBe(0);
    expect((await pool().query(`SELECT 1 FROM alert_pending WHERE cluster_id = 'gone'`)).rowCount).toBe(0);
    await expect(deleteCluster('gone')).rejects.toMatchObject({ code: 'cluster.not-found' });
  });
});

describe('users', () => {
  const user = async (role: string) => {
    const id = randomUUID();
    await pool().query('INSERT INTO users (id, name, email, role) VALUES ($1, $2, $3, $4)', [
      ...[id, `User ${role}`, `${id}@example.com`, role],
    ]);
    return id;
  };

  it('always keep one active admin, even when two take the role from each other at once', async () => {
    const [a, b] = [await user('admin'), await user('admin')];
    const both = await Promise.allSettled([
      changeUser(a, { role: 'viewer' }),
      changeUser(b, { isDisabled: true }),
    ]);
    const refused = both.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toMatchObject({ code: 'user.last-admin' });
  });

  it('who are shut out lose their sessions at once', async () => {
    const id = await user('operator');
    await pool().query(
      `INSERT INTO sessions (id, user_id, token, expires_at) VALUES ('s1', $1, 'hash', now() + interval '1 hour')`,
      [id],
    );
    const { user: shutOut, endedSessionIds } = await changeUser(id, { isDisabled: true });
    expect(endedSessionIds).toEqual(['s1']);
    expect(shutOut.disabledAtMs).not.toBeNull();
    expect((await changeUser(id, { isDisabled: false })).user.disabledAtMs).toBeNull();
    await expect(changeUser('nobody', { role: 'viewer' })).rejects.toMatchObject({ code: 'user.not-found' });
  });

  it('are found by part of a name or an e-mail, page by page', async () => {
    const id = await user('developer');
    expect(
      (await listUsers({ q: id.toUpperCase(), page: 1, pageSize: 10 })).rows.map((row) => row.id),
    ).toEqual([id]);
    const pages = [1, 2, 3].map((page) => listUsers({ page, pageSize: 2, sort: 'createdAt' }));
    const ids = (await Promise.all(pages)).flatMap(({ rows }) => rows.map((row) => row.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keep their preferences', async () => {
    const id = await user('viewer');
    await writePreference(id, 'theme', 'dark');
    await writePreference(id, 'theme', { name: 'light' });
    expect(await readPreferences(id)).toEqual({ theme: { name: 'light' } });
    await deletePreference(id, 'theme');
    expect(await readPreferences(id)).toEqual({});
  });
});

describe('F8 requests carried out once', () => {
  const request = () => ({ scope: 'u1', key: randomUUID(), action: 'topic.create', inputHash: 'a' });

  it('give the first answer to all who come later', async () => {
    const one = request();
    expect(await claimRequest(one)).toBeUndefined();
    await expect(claimRequest(one)).rejects.toMatchObject({ code: 'idempotency.running' });
    await finishRequest(one, { operationId: 'o1', result: { topic: 'orders', offset: 5n } });
    expect(await claimRequest(one)).toEqual({ operationId: 'o1', result: { topic: 'orders', offset: '5' } });
    await expect(claimRequest({ ...one, inputHash: 'b' })).rejects.toMatchObject({
      code: 'idempotency.reused',
    });
    expect(await claimRequest({ ...one, scope: 'u2' })).toBeUndefined();
  });

  it('are claimed by one of twenty that arrive at once', async () => {
    const one = request();
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => claimRequest(one)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('may be tried again when nothing was done', async () => {
    const one = request();
    await claimRequest(one);
    await releaseRequest(one);
    expect(await claimRequest(one)).toBeUndefined();
  });
});

describe('F5 the database goes away', () => {
  it('leaves the clusters readable, refuses everything else in words, and comes back', async () => {
    const known = await listClusters();
    process.kill(database.server.pid, 'SIGKILL');
    await waitFor(() => !isAlive(database.server.pid), 10_000);
    await expect(writePreference('u', 'k', 1)).rejects.toMatchObject({ code: 'database.unavailable' });
    await expect(listUsers({ page: 1, pageSize: 1 })).rejects.toMatchObject({ code: 'database.unavailable' });
    await expect(createCluster(cluster('never'))).rejects.toMatchObject({ code: 'database.unavailable' });
    expect(await databaseHealth()).toMatchObject({ ok: false, code: 'database.unavailable' });
    expect(await listClusters()).toEqual(known);
    expect((await readCluster('one'))?.name).toBe('Cluster one');

    const port = database.server.port;
    database.server = await startEmbedded({ dataDir: database.dataDir, port });
    expect(await databaseHealth()).toMatchObject({ ok: true });
    expect(await listClusters()).toEqual(known);
    await closeDatabase();
    openDatabase(database.server.url);
  });
});
