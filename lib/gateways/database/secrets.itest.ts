import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newKey, openTestDatabase, type TestDatabase } from '#lib/testing/database.ts';
import { pool } from './client.ts';
import { databaseHealth } from './health.ts';
import { listSecretFields, openKeyRing, readSecrets, rotateKeys, writeSecrets } from './secrets.ts';

let database: TestDatabase;
const shop = { table: 'clusters', id: 'shop' };

beforeAll(async () => {
  database = await openTestDatabase();
});

afterEach(() => openKeyRing(database.keys));
afterAll(() => database.close());

/** Every row of every table as text, as a dump would hold it. */
async function dump(): Promise<string> {
  const { rows } = await pool().query<{ table_name: string }>(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const texts = await Promise.all(
    rows.map(async ({ table_name }) =>
      JSON.stringify((await pool().query(`SELECT * FROM ${table_name}`)).rows),
    ),
  );
  return texts.join('\n');
}

describe('R17 sealed secrets', () => {
  it('come back to the gateway, and are in no row of the database', async () => {
    await writeSecrets(shop, { password: 'CANARY-pass-91', privateKey: 'CANARY-key-92' });
    expect(await readSecrets('clusters', 'shop')).toEqual({
      password: 'CANARY-pass-91',
      privateKey: 'CANARY-key-92',
    });
    const all = await dump();
    expect(all).toContain('v1.k1.');
    expect(all).not.toContain('CANARY');
    expect(all).not.toContain(Buffer.from('CANARY-pass-91').toString('base64url').slice(0, 16));
    expect(all).not.toContain(database.keys[0]!.key.toString('base64').slice(0, 20));
  });

  it('are replaced, removed, and left as they are', async () => {
    await writeSecrets(shop, { password: 'one', privateKey: 'two' });
    await writeSecrets(shop, { password: 'three', privateKey: null, clientSecret: undefined });
    expect(await readSecrets('clusters', 'shop')).toEqual({ password: 'three' });
    expect((await listSecretFields(shop)).map(({ field }) => field)).toEqual(['password']);
  });

  it('do not open when two rows are swapped, or an earlier text is put back', async () => {
    const other = { table: 'clusters', id: 'other' };
    await writeSecrets(shop, { password: 'of shop' });
    await writeSecrets(other, { password: 'of other' });
    const before = (await pool().query('SELECT * FROM sealed_secrets')).rows;
    await pool().query(
      `UPDATE sealed_secrets a SET ciphertext = b.ciphertext FROM sealed_secrets b
       WHERE a.owner_id <> b.owner_id AND a.field = 'password' AND b.field = 'password'`,
    );
    await expect(readSecrets('clusters', 'shop')).rejects.toMatchObject({ code: 'secret.unreadable' });
    await expect(readSecrets('clusters', 'other')).rejects.toMatchObject({ code: 'secret.unreadable' });

    await writeSecrets(shop, { password: 'newer' });
    const old = before.find((row) => row.owner_id === 'shop');
    await pool().query(`UPDATE sealed_secrets SET ciphertext = $1 WHERE owner_id = 'shop'`, [old.ciphertext]);
    await expect(readSecrets('clusters', 'shop')).rejects.toMatchObject({
      code: 'secret.unreadable',
      facts: { owner: 'clusters shop', field: 'password' },
    });
  });

  it('refuse to start with a wrong key, and readiness says so', async () => {
    await expect(openKeyRing([newKey('k1')])).rejects.toMatchObject({ code: 'secret.key-wrong' });
    expect(await databaseHealth()).toMatchObject({ ok: false, code: 'secret.key-wrong' });
    await expect(openKeyRing([])).rejects.toMatchObject({ code: 'secret.key-missing' });
    await openKeyRing(database.keys);
    expect(await databaseHealth()).toMatchObject({ ok: true });
  });

  it('are sealed with a new key while others read and write, and then open without the old one', async () => {
    const owners = Array.from({ length: 30 }, (_, i) => ({ table: 'clusters', id: `rotated-${i}` }));
    await pool().query('DELETE FROM sealed_secrets');
    for (const owner of owners) await writeSecrets(owner, { password: `first ${owner.id}` });
    const ring = [newKey('k2'), ...database.keys];
    await openKeyRing(ring);
    let isRotating = true;
    const load = (async () => {
      let turns = 0;
      while (isRotating) {
        const owner = owners[turns % owners.length]!;
        await writeSecrets(owner, { password: `later ${owner.id}` });
        expect((await readSecrets('clusters', owners[(turns + 7) % owners.length]!.id)).password).toMatch(
          /first|later/,
        );
        turns++;
      }
      return turns;
    })();
    await rotateKeys();
    isRotating = false;
    expect(await load).toBeGreaterThan(0);
    await rotateKeys();

    await openKeyRing([ring[0]!]);
    for (const owner of owners) {
      expect((await readSecrets('clusters', owner.id)).password).toMatch(
        new RegExp(`(first|later) ${owner.id}$`),
      );
    }
    await expect(openKeyRing(database.keys)).rejects.toMatchObject({ code: 'secret.key-wrong' });
    database.keys = [ring[0]!];
  });
});
