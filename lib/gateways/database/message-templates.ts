import { AppError } from '#lib/errors/app-error.ts';
import { maxTemplates } from '#lib/model/message-template.ts';
import { guard, inTransaction, pool } from './client.ts';

/** A record to produce that is kept with its topic. Whoever reads `draft` checks its shape. */
export type KeptTemplate = {
  id: string;
  name: string;
  ownerName: string;
  draft: unknown;
  updatedAtMs: number;
};
export type TemplatePlace = { clusterId: string; topic: string };

type Row = { id: string; name: string; owner_name: string; draft: unknown; updated_at: Date };

const toTemplate = (row: Row): KeptTemplate => ({
  id: row.id,
  name: row.name,
  ownerName: row.owner_name,
  draft: row.draft,
  updatedAtMs: row.updated_at.getTime(),
});

/** The templates of a topic by name. */
export async function listMessageTemplates(place: TemplatePlace): Promise<KeptTemplate[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      'SELECT * FROM message_templates WHERE cluster_id = $1 AND topic = $2 ORDER BY lower(name), id LIMIT 1000',
      [place.clusterId, place.topic],
    ),
  );
  return rows.map(toTemplate);
}

/**
 * Keeps a new template.
 * @throws AppError `template.exists` when the topic has one of that name, `template.too-many`
 */
export async function insertMessageTemplate(
  place: TemplatePlace,
  owner: { ownerId: string; ownerName: string },
  kept: { id: string; name: string; draft: unknown },
): Promise<KeptTemplate> {
  return distinct(kept.name, () =>
    inTransaction(async (sql) => {
      const counted = await sql.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM message_templates WHERE cluster_id = $1 AND topic = $2',
        [place.clusterId, place.topic],
      );
      if ((counted.rows[0]?.count ?? 0) >= maxTemplates)
        throw new AppError('template.too-many', { most: maxTemplates });
      const { rows } = await sql.query<Row>(
        `INSERT INTO message_templates (id, cluster_id, topic, name, owner_id, owner_name, draft)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *`,
        [
          ...[kept.id, place.clusterId, place.topic, kept.name, owner.ownerId, owner.ownerName],
          JSON.stringify(kept.draft),
        ],
      );
      return toTemplate(rows[0]!);
    }),
  );
}

/**
 * Saves over a template.
 * @throws AppError `template.not-found`, `template.exists`
 */
export async function updateMessageTemplate(
  place: TemplatePlace,
  kept: { id: string; name: string; draft: unknown },
): Promise<KeptTemplate> {
  return distinct(kept.name, async () => {
    const { rows } = await guard(() =>
      pool().query<Row>(
        `UPDATE message_templates SET name = $4, draft = $5, updated_at = now()
         WHERE id = $1 AND cluster_id = $2 AND topic = $3 RETURNING *`,
        [kept.id, place.clusterId, place.topic, kept.name, JSON.stringify(kept.draft)],
      ),
    );
    if (!rows[0]) throw new AppError('template.not-found');
    return toTemplate(rows[0]);
  });
}

/** Removes a template. Gives whether there was one. */
export async function deleteMessageTemplate(place: TemplatePlace, id: string): Promise<boolean> {
  const { rowCount } = await guard(() =>
    pool().query('DELETE FROM message_templates WHERE id = $1 AND cluster_id = $2 AND topic = $3', [
      id,
      place.clusterId,
      place.topic,
    ]),
  );
  return rowCount === 1;
}

async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('template.exists', { name }, { fields: { name: 'This name is taken.' } });
    throw error;
  }
}
