import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createCluster, deleteCluster } from '#lib/gateways/database/clusters.ts';
import { listSavedSearches } from '#lib/gateways/database/saved-searches.ts';
import { maxSavedSearches } from '#lib/model/saved-search.ts';
import type { Context } from '#lib/operations/context.ts';
import type { Command } from '#lib/operations/define-command.ts';
import { runCommand } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { deleteSearch } from './delete-search.ts';
import { listSearches } from './list-searches.ts';
import { saveSearch } from './save-search.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const place = { clusterId: 'eu', topic: 'orders' };
async function done<I extends z.ZodType, R>(context: Context, command: Command<I, R>, input: z.input<I>) {
  const result = await runCommand(command, context, input);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}
async function problemOf<I extends z.ZodType, R>(context: Context, command: Command<I, R>, input: unknown) {
  const result = await runCommand(command, context, input);
  return result.ok ? null : result.problem;
}
const listed = async (context: Context, topic = place.topic) => {
  const result = await runQuery(listSearches, context, { ...place, topic });
  return result.ok ? result.value.rows : [];
};

describe('saved searches', () => {
  it('are one’s own or shared, per topic, and saved over by their owner only', async () => {
    const [ana, ben, admin] = [contextAs('developer'), contextAs('developer'), contextAs('admin')];
    const search = { where: 'value.status == "FAILED"', from: '-15m', order: 'oldest', columns: 'value.id' };
    const own = await done(ana, saveSearch, { ...place, name: 'Failed', search });
    const shared = await done(ana, saveSearch, {
      ...place,
      name: 'All',
      isShared: true,
      search: { contains: 'x' },
    });
    expect(await listed(ana)).toMatchObject([
      { id: shared.id, name: 'All', isShared: true, isOwn: true },
      { id: own.id, name: 'Failed', search, isShared: false, isOwn: true },
    ]);
    expect(await listed(ben)).toMatchObject([{ id: shared.id, isOwn: false, owner: ana.principal.name }]);
    expect(await listed(ana, 'payments')).toEqual([]);

    await done(ben, saveSearch, { ...place, name: 'Failed', search: {} });
    expect(await problemOf(ana, saveSearch, { ...place, name: 'Failed', search: {} })).toMatchObject({
      code: 'search.exists',
    });
    expect(
      await problemOf(ben, saveSearch, { ...place, id: shared.id, name: 'Mine', search: {} }),
    ).toMatchObject({ code: 'search.not-found' });
    await done(ana, saveSearch, {
      ...place,
      id: own.id,
      name: 'Failed too',
      search: { key: 'a', keyPrefix: '' },
    });
    expect((await listed(ana))[1]).toMatchObject({ name: 'Failed too', search: { key: 'a' } });

    expect(await problemOf(ben, deleteSearch, { ...place, id: shared.id })).toMatchObject({
      code: 'search.not-found',
    });
    expect(await problemOf(admin, deleteSearch, { ...place, id: own.id })).toMatchObject({
      code: 'search.not-found',
    });
    await done(admin, deleteSearch, { ...place, id: shared.id });
    await done(ana, deleteSearch, { ...place, id: own.id });
    expect(await listed(ana)).toEqual([]);
  });

  it('hold only what a reading accepts', async () => {
    const ana = contextAs('developer');
    const wrong = async (search: object) =>
      (await problemOf(ana, saveSearch, { ...place, name: 'n', search }))?.fields ?? {};
    expect(await wrong({ from: 'yesterday' })).toHaveProperty('search.from');
    expect(await wrong({ page: 'x' })).toHaveProperty('search.page');
    expect(await wrong({ clusterId: 'other' })).toHaveProperty('search.clusterId');
    expect(await wrong({ order: 'sideways' })).toHaveProperty('search.order');
    expect(await wrong({ where: 'x'.repeat(3000) })).toHaveProperty('search.where');
  });

  it('go with their cluster', async () => {
    const ana = contextAs('developer');
    await createCluster({
      id: 'gone',
      name: 'Gone',
      environment: 'development',
      readOnly: false,
      connection: {
        bootstrap: [{ host: 'broker', port: 9092 }],
        tls: { enabled: false },
        sasl: { mechanism: 'none' },
      },
      secrets: {},
    });
    await done(ana, saveSearch, { ...place, clusterId: 'gone', name: 'n', search: {} });
    await deleteCluster('gone');
    expect(await listSavedSearches({ ...place, clusterId: 'gone' }, ana.principal.userId)).toEqual([]);
  });

  it('are not without end', async () => {
    const ana = contextAs('developer');
    for (let i = 0; i < maxSavedSearches; i++)
      await done(
        contextAs('developer', { userId: ana.principal.userId, via: i < 50 ? 'session' : 'token' }),
        saveSearch,
        { ...place, name: `s${i}`, search: {} },
      );
    const other = contextAs('developer', { userId: ana.principal.userId, via: 'system' });
    expect(await problemOf(other, saveSearch, { ...place, name: 'more', search: {} })).toMatchObject({
      code: 'search.too-many',
    });
  });
});
