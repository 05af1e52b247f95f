import { offsetsKeptDays, type ResetOffsetsPlan } from '#lib/model/offset-reset.ts';
import { guard, pool } from './client.ts';

/** Positions of one topic before and after a change, side by side; null where nothing was committed. */
export type KeptPositions = {
  topic: string;
  topicId: string;
  partitions: number[];
  before: (string | null)[];
  after: (string | null)[];
};

export type OffsetBackup = {
  id: string;
  clusterId: string;
  groupId: string;
  /** The verb that moved them, such as `group.reset-offsets`. */
  verb: string;
  operationId: string;
  takenBy: string;
  takenByName: string;
  /** What was done, in words, and the kind of the group. */
  words: string;
  type: ResetOffsetsPlan['type'];
  positions: KeptPositions[];
  takenAtMs: number;
  undoneAtMs: number | null;
  undoneBy: string | null;
};

type Row = {
  id: string;
  cluster_id: string;
  group_id: string;
  verb: string;
  operation_id: string;
  taken_by: string;
  taken_by_name: string;
  positions: { words: string; type: OffsetBackup['type']; topics: KeptPositions[] };
  taken_at: Date;
  undone_at: Date | null;
  undone_by: string | null;
};

const toBackup = (row: Row): OffsetBackup => ({
  id: row.id,
  clusterId: row.cluster_id,
  groupId: row.group_id,
  verb: row.verb,
  operationId: row.operation_id,
  takenBy: row.taken_by,
  takenByName: row.taken_by_name,
  words: row.positions.words,
  type: row.positions.type,
  positions: row.positions.topics,
  takenAtMs: row.taken_at.getTime(),
  undoneAtMs: row.undone_at?.getTime() ?? null,
  undoneBy: row.undone_by,
});

/** Keeps the positions before a change. It is written before the change is made. */
export async function keepOffsets(
  backup: Omit<OffsetBackup, 'takenAtMs' | 'undoneAtMs' | 'undoneBy'>,
): Promise<void> {
  const { words, type, positions: topics } = backup;
  await guard(() =>
    pool().query(
      `INSERT INTO offset_backups (id, cluster_id, group_id, verb, operation_id, taken_by, taken_by_name, positions)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[backup.id, backup.clusterId, backup.groupId, backup.verb, backup.operationId],
        ...[backup.takenBy, backup.takenByName, JSON.stringify({ words, type, topics })],
      ],
    ),
  );
}

/** Writes down what was moved in the end, where not all of it was; nothing moved means that nothing is kept. */
export async function correctKeptOffsets(
  id: string,
  kept: Pick<OffsetBackup, 'words' | 'type' | 'positions'>,
): Promise<void> {
  const { words, type, positions: topics } = kept;
  await guard(() =>
    topics.length === 0
      ? pool().query('DELETE FROM offset_backups WHERE id = $1', [id])
      : pool().query('UPDATE offset_backups SET positions = $2 WHERE id = $1', [
          id,
          JSON.stringify({ words, type, topics }),
        ]),
  );
}

/** The newest changes of a group's positions. */
export async function listOffsetBackups(
  clusterId: string,
  groupId: string,
  limit = 50,
): Promise<OffsetBackup[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `SELECT * FROM offset_backups WHERE cluster_id = $1 AND group_id = $2 ORDER BY taken_at DESC, id LIMIT $3`,
      [clusterId, groupId, limit],
    ),
  );
  return rows.map(toBackup);
}

export async function readOffsetBackup(
  clusterId: string,
  groupId: string,
  id: string,
): Promise<OffsetBackup | null> {
  const { rows } = await guard(() =>
    pool().query<Row>('SELECT * FROM offset_backups WHERE id = $1 AND cluster_id = $2 AND group_id = $3', [
      id,
      clusterId,
      groupId,
    ]),
  );
  return rows[0] ? toBackup(rows[0]) : null;
}

/** Marks a change as undone. */
export async function markUndone(id: string, by: string): Promise<void> {
  await guard(() =>
    pool().query(
      'UPDATE offset_backups SET undone_at = now(), undone_by = $2 WHERE id = $1 AND undone_at IS NULL',
      [id, by],
    ),
  );
}

/** Removes positions that have been kept long enough. */
export async function purgeOffsetBackups(): Promise<void> {
  await guard(() =>
    pool().query(`DELETE FROM offset_backups WHERE taken_at < now() - make_interval(days => $1)`, [
      offsetsKeptDays,
    ]),
  );
}
