import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pool } from '#lib/gateways/database/client.ts';
import { createCluster } from '#lib/gateways/database/clusters.ts';
import { log } from '#lib/log.ts';
import { stopSteps } from '#lib/process.ts';
import { openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { plaintextConnection } from '#lib/testing/kafka-client.ts';
import { sourcesSetFor, superviseSources } from './supervise-sources.ts';

let database: TestDatabase;
const connection = plaintextConnection(['127.0.0.1:1']);

beforeAll(async () => {
  database = await openTestDatabase();
  for (const id of ['first', 'second', 'third'])
    await createCluster({
      ...{ id, name: id, environment: 'production', readOnly: false, connection },
      secrets: { password: id },
    });
  await pool().query(`UPDATE sealed_secrets SET ciphertext = 'spoiled' WHERE owner_id = 'second'`);
});
afterAll(async () => {
  for (const { stop } of stopSteps().splice(0).reverse()) await stop();
  await database.close();
});

describe('a cluster whose secrets cannot be opened', () => {
  it('keeps those after it from nothing, and the log hears of it once', async () => {
    const warned = vi.spyOn(log, 'warn');
    await superviseSources();
    await superviseSources();
    expect(['first', 'second', 'third'].map((id) => sourcesSetFor(id) !== null)).toEqual([true, false, true]);
    expect(warned.mock.calls.map(([event, fields]) => [event, fields?.cluster])).toEqual([
      ['sources.not-started', 'second'],
    ]);
  });
});
