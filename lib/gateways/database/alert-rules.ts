import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { AppError } from '#lib/errors/app-error.ts';
import { log } from '#lib/log.ts';
import { AlertRule, type NewAlertRule } from '#lib/model/alert-rule.ts';
import { guard, inTransaction, pool } from './client.ts';

type Row = {
  id: string;
  name: string;
  is_enabled: boolean;
  rule: unknown;
  version: number;
  created_by: string;
  created_at: Date;
  updated_at: Date;
};

/** Null for a rule that this version cannot read, such as one of a series that is no more; it is told in the log. */
function toRule(row: Row): AlertRule | null {
  const read = AlertRule.safeParse({
    ...(row.rule as object),
    id: row.id,
    name: row.name,
    isEnabled: row.is_enabled,
    version: row.version,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  });
  if (!read.success) log.warn('alert-rule.unreadable', { id: row.id });
  return read.data ?? null;
}

/** All rules by name. */
export async function listAlertRules(): Promise<AlertRule[]> {
  const { rows } = await guard(() => pool().query<Row>('SELECT * FROM alert_rules ORDER BY name'));
  return rows.flatMap((row) => toRule(row) ?? []);
}

/** One rule; null when there is none. */
export async function readAlertRule(id: string): Promise<AlertRule | null> {
  const { rows } = await guard(() => pool().query<Row>('SELECT * FROM alert_rules WHERE id = $1', [id]));
  return rows[0] ? toRule(rows[0]) : null;
}

/** A text that is another one as soon as any rule is: cheap to ask for often. */
export async function alertRulesMark(): Promise<string> {
  const { rows } = await guard(() =>
    pool().query<{ mark: string }>(
      `SELECT count(*) || ':' || coalesce(sum(version), 0) || ':' || coalesce(max(updated_at)::text, '') AS mark
       FROM alert_rules`,
    ),
  );
  return rows[0]?.mark ?? '';
}

/** Who changes rules: a transaction of its own, or one that several changes share. */
type Sql = Pick<PoolClient, 'query'>;

/**
 * Keeps a new rule.
 * @throws AppError `rule.exists`
 */
export const createAlertRule = (
  rule: NewAlertRule,
  createdBy: string,
  sql: Sql = pool(),
): Promise<AlertRule> =>
  distinct(rule.name, async () => {
    const { isEnabled, name, ...rest } = rule;
    const { rows } = await sql.query<Row>(
      `INSERT INTO alert_rules (id, name, is_enabled, rule, created_by, updated_at)
       VALUES ($1, $2, $3, $4, $5, now()) RETURNING *`,
      [randomUUID(), name, isEnabled, JSON.stringify(rest), createdBy],
    );
    return toRule(rows[0]!)!;
  });

/**
 * Changes a rule as it was seen at `seenVersion`.
 * @throws AppError `rule.not-found`, `rule.version`, `rule.exists`
 */
export const updateAlertRule = (id: string, seenVersion: number, rule: NewAlertRule): Promise<AlertRule> =>
  changeAlertRules((sql) => updateRuleIn(sql, id, seenVersion, rule));

/** The same within a transaction. */
export const updateRuleIn = (
  sql: Sql,
  id: string,
  seenVersion: number,
  rule: NewAlertRule,
): Promise<AlertRule> =>
  distinct(rule.name, async () => {
    await lock(sql, id, seenVersion);
    const { isEnabled, name, ...rest } = rule;
    const { rows } = await sql.query<Row>(
      `UPDATE alert_rules SET name = $2, is_enabled = $3, rule = $4, version = version + 1, updated_at = now()
       WHERE id = $1 RETURNING *`,
      [id, name, isEnabled, JSON.stringify(rest)],
    );
    return toRule(rows[0]!)!;
  });

/**
 * Switches a rule on or off as it was seen.
 * @throws AppError `rule.not-found`, `rule.version`
 */
export const switchAlertRule = (id: string, seenVersion: number, isEnabled: boolean): Promise<AlertRule> =>
  changeAlertRules(async (sql) => {
    await lock(sql, id, seenVersion);
    const { rows } = await sql.query<Row>(
      `UPDATE alert_rules SET is_enabled = $2, version = version + 1, updated_at = now() WHERE id = $1 RETURNING *`,
      [id, isEnabled],
    );
    return toRule(rows[0]!)!;
  });

/**
 * Removes a rule as it was seen. Its incidents stay in the history.
 * @throws AppError `rule.not-found`, `rule.version`
 */
export const deleteAlertRule = (id: string, seenVersion: number): Promise<void> =>
  changeAlertRules((sql) => deleteRuleIn(sql, id, seenVersion));

/** The same within a transaction. */
export async function deleteRuleIn(sql: Sql, id: string, seenVersion: number): Promise<void> {
  await lock(sql, id, seenVersion);
  await sql.query('DELETE FROM alert_rules WHERE id = $1', [id]);
}

/** Several changes, all or none. */
export const changeAlertRules = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => inTransaction(work);

async function lock(sql: Sql, id: string, seenVersion: number): Promise<void> {
  const { rows } = await sql.query<Row>('SELECT * FROM alert_rules WHERE id = $1 FOR UPDATE', [id]);
  if (!rows[0]) throw new AppError('rule.not-found');
  if (rows[0].version !== seenVersion) throw new AppError('rule.version', { name: rows[0].name });
}

async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await guard(work);
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('rule.exists', { name }, { fields: { name: 'This name is taken.' } });
    throw error;
  }
}
