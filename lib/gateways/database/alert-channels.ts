import type { PoolClient } from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import {
  type AlertChannel,
  type ChangedChannel,
  ChannelConfig,
  type ChannelKind,
  type ChannelSecretField,
  type ChannelSecrets,
  channelSecretFields,
  type NewChannel,
} from '#lib/model/alert-channel.ts';
import { guard, inTransaction, pool } from './client.ts';
import { changeSecrets, readSecrets } from './secrets.ts';

const table = 'alert_channels';

type Kept = { config: ChannelConfig; allowHttp: boolean; place: string };
type Row = {
  id: string;
  name: string;
  kind: ChannelKind;
  config: Kept;
  is_enabled: boolean;
  version: number;
};

/** A channel without anything secret. */
export type ChannelRecord = Omit<AlertChannel, 'secretsSet' | 'health'>;

const toChannel = (row: Row): ChannelRecord => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  config: ChannelConfig.parse(row.config.config),
  allowHttp: row.config.allowHttp,
  place: row.config.place,
  isEnabled: row.is_enabled,
  version: row.version,
});

/** All channels by name, with which secrets each has and how its newest deliveries ended. */
export async function listChannels(): Promise<AlertChannel[]> {
  const { rows } = await guard(() =>
    pool().query<
      Row & {
        secrets: ChannelSecretField[];
        last_sent: Date | null;
        last_failed: Date | null;
        last_error: string | null;
        waiting: number;
      }
    >(
      `SELECT c.*,
         ARRAY(SELECT field FROM sealed_secrets s WHERE s.owner_table = '${table}' AND s.owner_id = c.id) AS secrets,
         sent.at AS last_sent, failed.at AS last_failed, failed.last_error,
         (SELECT count(*)::int FROM alert_notices n
           WHERE n.channel_id = c.id AND n.state IN ('waiting', 'sending')) AS waiting
       FROM alert_channels c
       LEFT JOIN LATERAL (SELECT max(sent_at) AS at FROM alert_notices n
         WHERE n.channel_id = c.id AND n.state = 'sent') sent ON true
       LEFT JOIN LATERAL (SELECT coalesce(n.sent_at, n.created_at) AS at, n.last_error FROM alert_notices n
         WHERE n.channel_id = c.id AND n.state <> 'dropped' AND n.last_error IS NOT NULL
         ORDER BY n.created_at DESC LIMIT 1) failed ON true
       ORDER BY c.name`,
    ),
  );
  return rows.map((row) => ({
    ...toChannel(row),
    secretsSet: channelSecretFields.filter((field) => row.secrets.includes(field)),
    health: {
      lastSentAt: row.last_sent?.toISOString() ?? null,
      lastFailedAt: row.last_failed?.toISOString() ?? null,
      lastError: row.last_error,
      waiting: row.waiting,
    },
  }));
}

/** What channels are called, by id. */
export async function readChannelNames(): Promise<Map<string, string>> {
  const { rows } = await guard(() =>
    pool().query<{ id: string; name: string }>('SELECT id, name FROM alert_channels'),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A channel with its open secrets, for sending. Null when it is gone. Nothing that answers a browser may hold it (R18). */
export async function readChannelToSend(
  id: string,
): Promise<(ChannelRecord & { secrets: ChannelSecrets }) | null> {
  const { rows } = await guard(() => pool().query<Row>('SELECT * FROM alert_channels WHERE id = $1', [id]));
  return rows[0] ? { ...toChannel(rows[0]), secrets: await readSecrets(table, id) } : null;
}

/** Where a channel leads, as it may be shown: of an address that holds a token, the host. */
function placeOf({ config, secrets }: Pick<NewChannel, 'config' | 'secrets'>, before = ''): string {
  if (config.kind === 'email')
    return config.to.length > 2 ? `${config.to[0]} and ${config.to.length - 1} more` : config.to.join(', ');
  if ('apiUrl' in config) return new URL(config.apiUrl).host;
  return secrets.url === undefined ? before : new URL(secrets.url).host;
}

const keptOf = (channel: Pick<NewChannel, 'config' | 'secrets' | 'allowHttp'>, before?: string): string =>
  JSON.stringify({
    config: channel.config,
    allowHttp: channel.allowHttp,
    place: placeOf(channel, before),
  } satisfies Kept);

/**
 * Keeps a new channel with its secrets, both or neither.
 * @throws AppError `channel.exists`
 */
export async function createChannel(id: string, channel: NewChannel): Promise<ChannelRecord> {
  return distinct(channel.name, () =>
    inTransaction(async (sql) => {
      const { rows } = await sql.query<Row>(
        `INSERT INTO alert_channels (id, name, kind, config, is_enabled) VALUES ($1, $2, $3, $4, $5) RETURNING *`,
        [id, channel.name, channel.config.kind, keptOf(channel), channel.isEnabled],
      );
      await changeSecrets({ table, id }, channel.secrets, sql);
      return toChannel(rows[0]!);
    }),
  );
}

/**
 * Changes a channel as it was seen at its version. Another kind has other secrets: those of the kind before are removed.
 * @throws AppError `channel.not-found`, `channel.version`, `channel.exists`
 */
export async function updateChannel({ id, version, ...channel }: ChangedChannel): Promise<ChannelRecord> {
  return distinct(channel.name, () =>
    inTransaction(async (sql) => {
      const present = await lock(sql, id, version);
      const isOther = present.kind !== channel.config.kind;
      if (isOther)
        await sql.query('DELETE FROM sealed_secrets WHERE owner_table = $1 AND owner_id = $2', [table, id]);
      await changeSecrets({ table, id }, channel.secrets, sql);
      const { rows } = await sql.query<Row>(
        `UPDATE alert_channels SET name = $2, kind = $3, config = $4, is_enabled = $5, version = version + 1,
           updated_at = now() WHERE id = $1 RETURNING *`,
        [
          ...[id, channel.name, channel.config.kind],
          ...[keptOf(channel, isOther ? '' : present.config.place), channel.isEnabled],
        ],
      );
      return toChannel(rows[0]!);
    }),
  );
}

/**
 * Removes a channel as it was seen, with its secrets; what waits to be sent over it is dropped.
 * @throws AppError `channel.not-found`, `channel.version`, `channel.in-use` with the names of the routes
 */
export async function deleteChannel(id: string, version: number): Promise<void> {
  await inTransaction(async (sql) => {
    const { name } = await lock(sql, id, version);
    const { rows } = await sql.query<{ name: string }>(
      `SELECT name FROM alert_routes WHERE route->'channels' ? $1 OR route->'escalateTo' ? $1 ORDER BY position`,
      [id],
    );
    if (rows.length > 0)
      throw new AppError('channel.in-use', {
        name,
        routes: rows.map((row) => `route ${row.name}`).join(', '),
      });
    await sql.query(
      `UPDATE alert_notices SET state = 'dropped', last_error = 'Its channel was deleted.'
       WHERE channel_id = $1 AND state IN ('waiting', 'sending')`,
      [id],
    );
    await sql.query('DELETE FROM sealed_secrets WHERE owner_table = $1 AND owner_id = $2', [table, id]);
    await sql.query('DELETE FROM alert_channels WHERE id = $1', [id]);
  });
}

async function lock(sql: PoolClient, id: string, version: number): Promise<Row> {
  const { rows } = await sql.query<Row>('SELECT * FROM alert_channels WHERE id = $1 FOR UPDATE', [id]);
  const [row] = rows;
  if (!row) throw new AppError('channel.not-found');
  if (row.version !== version) throw new AppError('channel.version', { name: row.name });
  return row;
}

async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('channel.exists', { name }, { fields: { name: 'This name is taken.' } });
    throw error;
  }
}
