import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import { type MaskPolicy, MaskSet, type NewMaskPolicy } from '#lib/model/mask.ts';
import type { Role } from '#lib/model/role.ts';
import { guard, inTransaction, pool } from './client.ts';
import { changeSecrets, readSecrets } from './secrets.ts';

const table = 'masking_policies';

type Row = {
  id: string;
  name: string;
  cluster_id: string | null;
  topic_pattern: string;
  rules: unknown;
  unmask_role: Role | null;
  version: number;
  updated_at: Date;
};

/** A set of rules that cannot be read hides everything: it was meant to hide something. */
const toPolicy = (row: Row): MaskPolicy => ({
  id: row.id,
  name: row.name,
  clusterId: row.cluster_id,
  topicPattern: row.topic_pattern,
  ...(MaskSet.safeParse(row.rules).data ?? { base: 'mask' as const, rules: [] }),
  unmaskRole: row.unmask_role,
  version: row.version,
  updatedAt: row.updated_at.toISOString(),
});

/** All policies by name. */
export async function listMaskPolicies(): Promise<MaskPolicy[]> {
  const { rows } = await guard(() => pool().query<Row>('SELECT * FROM masking_policies ORDER BY name'));
  return rows.map(toPolicy);
}

/** The key with which a policy makes digests of values. Only for masking itself; no answer may hold it (R18). */
export async function maskHashKey(id: string): Promise<string> {
  return (await readSecrets(table, id)).hashKey ?? '';
}

/**
 * Keeps a new policy, with a key of its own for its digests.
 * @throws AppError `mask.exists`
 */
export async function createMaskPolicy(id: string, policy: NewMaskPolicy): Promise<MaskPolicy> {
  return distinct(policy.name, () =>
    inTransaction(async (sql) => {
      const { rows } = await sql.query<Row>(
        `INSERT INTO masking_policies (id, name, cluster_id, topic_pattern, rules, unmask_role)
         VALUES ($1, $2, $3, $4, $5, $6::role) RETURNING *`,
        [id, ...valuesOf(policy)],
      );
      await changeSecrets({ table, id }, { hashKey: randomBytes(32).toString('base64') }, sql);
      return toPolicy(rows[0]!);
    }),
  );
}

/**
 * Changes a policy as it was seen at `seenVersion`.
 * @throws AppError `mask.not-found`, `mask.version`, `mask.exists`
 */
export async function updateMaskPolicy(
  id: string,
  seenVersion: number,
  policy: NewMaskPolicy,
): Promise<MaskPolicy> {
  return distinct(policy.name, () =>
    inTransaction(async (sql) => {
      await lock(sql, id, seenVersion);
      const { rows } = await sql.query<Row>(
        `UPDATE masking_policies SET name = $2, cluster_id = $3, topic_pattern = $4, rules = $5,
           unmask_role = $6::role, version = version + 1, updated_at = now() WHERE id = $1 RETURNING *`,
        [id, ...valuesOf(policy)],
      );
      return toPolicy(rows[0]!);
    }),
  );
}

/**
 * Removes a policy as it was seen, with its key: digests it made mean nothing any more.
 * @throws AppError `mask.not-found`, `mask.version`
 */
export async function deleteMaskPolicy(id: string, seenVersion: number): Promise<void> {
  await inTransaction(async (sql) => {
    await lock(sql, id, seenVersion);
    await sql.query('DELETE FROM sealed_secrets WHERE owner_table = $1 AND owner_id = $2', [table, id]);
    await sql.query('DELETE FROM masking_policies WHERE id = $1', [id]);
  });
}

async function lock(sql: PoolClient, id: string, seenVersion: number): Promise<void> {
  const { rows } = await sql.query<Row>('SELECT * FROM masking_policies WHERE id = $1 FOR UPDATE', [id]);
  if (!rows[0]) throw new AppError('mask.not-found');
  if (rows[0].version !== seenVersion) throw new AppError('mask.version', { name: rows[0].name });
}

const valuesOf = ({ name, clusterId, topicPattern, base, rules, unmaskRole }: NewMaskPolicy) => [
  name,
  clusterId,
  topicPattern,
  JSON.stringify({ base, rules }),
  unmaskRole,
];

async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('mask.exists', { name }, { fields: { name: 'This name is taken.' } });
    throw error;
  }
}
