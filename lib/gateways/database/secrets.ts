import { AppError } from '#lib/errors/app-error.ts';
import { registry } from '#lib/process.ts';
import { guard, inTransaction, pool } from './client.ts';
import { type Key, keyIdOf, open, type Place, seal } from './envelope.ts';

export type { Key } from './envelope.ts';

/** Whose secret, and which. */
export type SecretOwner = { table: string; id: string };

type Ring = { keys: readonly Key[]; state: 'closed' | 'proven' | 'wrong' };

const ring = (): Ring => registry('key-ring', () => ({ keys: [], state: 'closed' }));

export const keyRingState = (): Ring['state'] => ring().state;

/** Sealed with the key at first start. Opening it proves that the keys are those of this database. */
const canary = { place: { table: 'key_canary', id: '1', field: 'ciphertext', version: 1 }, text: 'millrace' };

/**
 * Takes the master keys, newest first, and proves them on the canary.
 * @throws AppError `secret.key-missing` without keys, `secret.key-wrong` when none of them opens the canary
 */
export async function openKeyRing(keys: readonly Key[]): Promise<void> {
  const [newest] = keys;
  if (!newest) throw new AppError('secret.key-missing');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    throw new AppError('secret.key-invalid', { reason: 'two of them have the same name' });
  }
  const sealed = seal(newest, canary.place, canary.text);
  await pool().query('INSERT INTO key_canary (id, ciphertext) VALUES (1, $1) ON CONFLICT DO NOTHING', [
    sealed,
  ]);
  const { rows } = await pool().query<{ ciphertext: string }>('SELECT ciphertext FROM key_canary');
  try {
    if (open(keys, canary.place, rows[0]?.ciphertext ?? '') !== canary.text) throw new Error('another text');
  } catch (cause) {
    ring().state = 'wrong';
    throw new AppError('secret.key-wrong', {}, { cause });
  }
  ring().keys = keys;
  ring().state = 'proven';
}

function provenKeys(): readonly [Key, ...Key[]] {
  const { keys, state } = ring();
  const [newest, ...older] = keys;
  if (state !== 'proven' || !newest) throw new AppError('secret.key-missing');
  return [newest, ...older];
}

type Row = { owner_table: string; owner_id: string; field: string; version: number; ciphertext: string };

const placeOf = (row: Row): Place => ({
  table: row.owner_table,
  id: row.owner_id,
  field: row.field,
  version: row.version,
});

type Sql = { query: <R>(text: string, values: unknown[]) => Promise<{ rows: R[] }> };

/** Seals and stores one secret in place of the one before. `sql` joins the transaction of the owner's own row. */
async function writeSecret(owner: SecretOwner, field: string, plain: string, sql: Sql): Promise<void> {
  const [newest] = provenKeys();
  await guard(async () => {
    // The version is part of the seal, so it is taken before sealing; the row lock keeps two writers apart.
    const { rows } = await sql.query<{ version: number }>(
      `INSERT INTO sealed_secrets (owner_table, owner_id, field, version, ciphertext) VALUES ($1, $2, $3, 1, '')
       ON CONFLICT (owner_table, owner_id, field) DO UPDATE SET version = sealed_secrets.version + 1, ciphertext = ''
       RETURNING version`,
      [owner.table, owner.id, field],
    );
    const version = rows[0]?.version ?? 1;
    await sql.query(
      `UPDATE sealed_secrets SET ciphertext = $5, updated_at = now()
       WHERE owner_table = $1 AND owner_id = $2 AND field = $3 AND version = $4`,
      [owner.table, owner.id, field, version, seal(newest, { ...owner, field, version }, plain)],
    );
  });
}

/** Stores several secrets; `null` removes one, `undefined` leaves it as it is. All or none. */
export async function writeSecrets(
  owner: SecretOwner,
  values: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  await inTransaction((sql) => changeSecrets(owner, values, sql));
}

/** As `writeSecrets`, inside a transaction that is open already. */
export async function changeSecrets(
  owner: SecretOwner,
  values: Readonly<Record<string, string | null | undefined>>,
  sql: Sql,
): Promise<void> {
  for (const [field, value] of Object.entries(values)) {
    if (value === null) {
      await sql.query('DELETE FROM sealed_secrets WHERE owner_table = $1 AND owner_id = $2 AND field = $3', [
        owner.table,
        owner.id,
        field,
      ]);
    } else if (value !== undefined) await writeSecret(owner, field, value, sql);
  }
}

/**
 * The open secrets of an owner by field. For gateways that connect with them; never for anything that answers a
 * browser (R18).
 * @throws AppError `secret.unreadable`
 */
export async function readSecrets(table: string, id: string): Promise<Record<string, string>> {
  const keys = provenKeys();
  const { rows } = await guard(() =>
    pool().query<Row>('SELECT * FROM sealed_secrets WHERE owner_table = $1 AND owner_id = $2', [table, id]),
  );
  return Object.fromEntries(rows.map((row) => [row.field, open(keys, placeOf(row), row.ciphertext)]));
}

/** Which secrets an owner has, and since when: all that a form may know about them. */
export async function listSecretFields(
  owner: SecretOwner,
): Promise<{ field: string; updatedAtMs: number }[]> {
  const { rows } = await guard(() =>
    pool().query<{ field: string; updated_at: Date }>(
      'SELECT field, updated_at FROM sealed_secrets WHERE owner_table = $1 AND owner_id = $2 ORDER BY field',
      [owner.table, owner.id],
    ),
  );
  return rows.map((row) => ({ field: row.field, updatedAtMs: row.updated_at.getTime() }));
}

/**
 * Seals everything again with the newest key, row by row, while others read and write. Afterwards the older keys
 * may be taken out of the ring.
 * @returns how many secrets were sealed again
 */
export async function rotateKeys(): Promise<number> {
  const [newest, ...older] = provenKeys();
  const keys = [newest, ...older];
  let count = 0;
  const { rows } = await guard(() => pool().query<Row>('SELECT * FROM sealed_secrets'));
  for (const row of rows.filter(({ ciphertext }) => keyIdOf(ciphertext) !== newest.id)) {
    const plain = open(keys, placeOf(row), row.ciphertext);
    // Only when nobody wrote it in the meantime: what they wrote has the newest key already.
    const { rowCount } = await guard(() =>
      pool().query(
        `UPDATE sealed_secrets SET ciphertext = $5
         WHERE owner_table = $1 AND owner_id = $2 AND field = $3 AND ciphertext = $4`,
        [row.owner_table, row.owner_id, row.field, row.ciphertext, seal(newest, placeOf(row), plain)],
      ),
    );
    count += rowCount ?? 0;
  }
  await guard(() =>
    pool().query('UPDATE key_canary SET ciphertext = $1', [seal(newest, canary.place, canary.text)]),
  );
  return count;
}
