import type { PoolClient } from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import { ClusterConnection, type Environment } from '#lib/model/cluster.ts';
import type { ClusterRecord, NewCluster } from '#lib/model/cluster-record.ts';
import { registry } from '#lib/process.ts';
import { guard, inTransaction, pool } from './client.ts';
import { changeSecrets } from './secrets.ts';

/** Secrets by field: text replaces, null removes, undefined leaves as it is. They go in and never come out here. */
export type SecretChanges = Readonly<Record<string, string | null | undefined>>;

export type ClusterChanges = Partial<
  Pick<ClusterRecord, 'name' | 'environment' | 'readOnly' | 'connection'>
> & {
  secrets?: SecretChanges;
};

type Row = {
  id: string;
  name: string;
  environment: Environment;
  read_only: boolean;
  connection: unknown;
  version: number;
  source: 'ui' | 'file';
  created_at: Date;
  updated_at: Date;
};

/** The name of the table, by which secrets know their owner. */
const table = 'clusters';

/** What was read last: clusters are still watched while the database is away (F5). */
const lastKnown = (): Map<string, ClusterRecord> => registry('clusters-last-known', () => new Map());

/** All clusters by name. While the database is away, those that were read last. */
export async function listClusters(): Promise<ClusterRecord[]> {
  return orLastKnown(
    async () => {
      const { rows } = await guard(() => pool().query<Row>('SELECT * FROM clusters ORDER BY name'));
      const clusters = rows.map(toRecord);
      lastKnown().clear();
      for (const cluster of clusters) lastKnown().set(cluster.id, cluster);
      return clusters;
    },
    () => (lastKnown().size > 0 ? [...lastKnown().values()] : undefined),
  );
}

/** One cluster; null when there is none of that id. While the database is away, as it was read last. */
export async function readCluster(id: string): Promise<ClusterRecord | null> {
  return orLastKnown(
    async () => {
      const { rows } = await guard(() => pool().query<Row>('SELECT * FROM clusters WHERE id = $1', [id]));
      const cluster = rows[0] ? toRecord(rows[0]) : null;
      if (cluster) lastKnown().set(id, cluster);
      else lastKnown().delete(id);
      return cluster;
    },
    () => lastKnown().get(id),
  );
}

async function orLastKnown<T>(read: () => Promise<T>, known: () => T | undefined): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const value = known();
    if (error instanceof AppError && error.code === 'database.unavailable' && value !== undefined)
      return value;
    throw error;
  }
}

/**
 * Registers a cluster with its secrets, both or neither.
 * @throws AppError `cluster.exists` when the id or the name is taken
 */
export async function createCluster(
  cluster: NewCluster,
  source: ClusterRecord['source'] = 'ui',
): Promise<ClusterRecord> {
  return distinct(cluster.name, () =>
    inTransaction(async (sql) => {
      const { rows } = await sql.query<Row>(
        `INSERT INTO clusters (id, name, environment, read_only, connection, source)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`,
        [
          ...[cluster.id, cluster.name, cluster.environment, cluster.readOnly],
          ...[JSON.stringify(cluster.connection), source],
        ],
      );
      await changeSecrets({ table, id: cluster.id }, cluster.secrets, sql);
      return toRecord(rows[0]!);
    }),
  );
}

/**
 * Changes a cluster as it was seen at `seenVersion`.
 * @throws AppError `cluster.not-found`, `cluster.version` when somebody else changed it since, `cluster.exists` for a
 * name that is taken
 */
export async function updateCluster(
  id: string,
  seenVersion: number,
  changes: ClusterChanges,
): Promise<ClusterRecord> {
  return distinct(changes.name ?? id, () =>
    inTransaction(async (sql) => {
      const present = await lock(sql, id);
      if (present.version !== seenVersion) throw new AppError('cluster.version', { cluster: present.name });
      return change(sql, present, changes);
    }),
  );
}

/**
 * Makes the cluster of the cluster file what the file says. Its version grows only when something differs; secrets
 * cannot be compared without opening them, so they are written when `secretsChanged` says so or it is new.
 */
export async function applyFileCluster(cluster: NewCluster, secretsChanged: boolean): Promise<ClusterRecord> {
  const present = await readCluster(cluster.id);
  if (!present) return createCluster(cluster, 'file');
  const isSame =
    present.source === 'file' &&
    present.name === cluster.name &&
    present.environment === cluster.environment &&
    present.readOnly === cluster.readOnly &&
    JSON.stringify(present.connection) === JSON.stringify(ClusterConnection.parse(cluster.connection));
  if (isSame && !secretsChanged) return present;
  return distinct(cluster.name, () =>
    inTransaction(async (sql) => {
      const locked = await lock(sql, cluster.id);
      const secrets = secretsChanged ? cluster.secrets : {};
      return change(sql, locked, { ...cluster, secrets }, 'file');
    }),
  );
}

/**
 * Removes a cluster with its secrets, what people kept with its topics and what had begun to hold of alerts. Its masking policies stay: a cluster that comes back under
 * this id must not show what was hidden. Its history is removed piece by piece by `expireSeries`.
 * @throws AppError `cluster.not-found`
 */
export async function deleteCluster(id: string): Promise<void> {
  await inTransaction(async (sql) => {
    await lock(sql, id);
    await sql.query('DELETE FROM sealed_secrets WHERE owner_table = $1 AND owner_id = $2', [table, id]);
    for (const kept of ['saved_searches', 'message_templates', 'topic_serdes', 'alert_pending'])
      await sql.query(`DELETE FROM ${kept} WHERE cluster_id = $1`, [id]);
    await sql.query('DELETE FROM clusters WHERE id = $1', [id]);
  });
  lastKnown().delete(id);
}

async function lock(sql: PoolClient, id: string): Promise<ClusterRecord> {
  const { rows } = await sql.query<Row>('SELECT * FROM clusters WHERE id = $1 FOR UPDATE', [id]);
  if (!rows[0]) throw new AppError('cluster.not-found', { cluster: id });
  return toRecord(rows[0]);
}

async function change(
  sql: PoolClient,
  present: ClusterRecord,
  changes: ClusterChanges,
  source: ClusterRecord['source'] = present.source,
): Promise<ClusterRecord> {
  const { rows } = await sql.query<Row>(
    `UPDATE clusters SET name = $2, environment = $3, read_only = $4, connection = $5, source = $6,
       version = version + 1, updated_at = now()
     WHERE id = $1 RETURNING *`,
    [
      ...[present.id, changes.name ?? present.name, changes.environment ?? present.environment],
      ...[
        changes.readOnly ?? present.readOnly,
        JSON.stringify(changes.connection ?? present.connection),
        source,
      ],
    ],
  );
  await changeSecrets({ table, id: present.id }, changes.secrets ?? {}, sql);
  const record = toRecord(rows[0]!);
  lastKnown().set(record.id, record);
  return record;
}

/** PostgreSQL's refusal of a second row with the same id or name, in our words. */
async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if ((cause as { code?: string }).code !== '23505') throw cause;
    throw new AppError(
      'cluster.exists',
      { cluster: name },
      { cause, fields: { name: 'This name is taken.' } },
    );
  }
}

const toRecord = (row: Row): ClusterRecord => ({
  id: row.id,
  name: row.name,
  environment: row.environment,
  readOnly: row.read_only,
  connection: ClusterConnection.parse(row.connection),
  version: row.version,
  source: row.source,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
