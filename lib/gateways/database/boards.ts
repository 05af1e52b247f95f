import { AppError } from '#lib/errors/app-error.ts';
import { BoardContent } from '#lib/model/board.ts';
import { guard, pool } from './client.ts';

export type KeptBoard = BoardContent & {
  id: string;
  version: number;
  createdBy: string;
  createdAtMs: number;
  updatedAtMs: number;
  /** Links that show it now. */
  links: number;
};

type Row = {
  id: string;
  name: string;
  board: unknown;
  version: number;
  created_by: string;
  created_at: Date;
  updated_at: Date;
  links: number;
};

const columns = `b.id, b.name, b.board, b.version, b.created_by, b.created_at, b.updated_at,
  (SELECT count(*)::int FROM board_links l
   WHERE l.board_id = b.id AND l.revoked_at IS NULL AND l.expires_at > clock_timestamp()) AS links`;

const toBoard = (row: Row): KeptBoard => ({
  ...BoardContent.parse({ ...(row.board as object), name: row.name }),
  id: row.id,
  version: row.version,
  createdBy: row.created_by,
  createdAtMs: row.created_at.getTime(),
  updatedAtMs: row.updated_at.getTime(),
  links: row.links,
});

const contentOf = ({ note, tiles }: BoardContent): string => JSON.stringify({ note, tiles });

/** All boards by name. */
export async function listBoards(): Promise<KeptBoard[]> {
  const { rows } = await guard(() =>
    pool().query<Row>(`SELECT ${columns} FROM boards b ORDER BY lower(b.name), b.id LIMIT 1000`),
  );
  return rows.map(toBoard);
}

/** @throws AppError `board.not-found` */
export async function readBoard(id: string): Promise<KeptBoard> {
  const { rows } = await guard(() =>
    pool().query<Row>(`SELECT ${columns} FROM boards b WHERE b.id = $1`, [id]),
  );
  if (!rows[0]) throw new AppError('board.not-found');
  return toBoard(rows[0]);
}

/** @throws AppError `board.exists` */
export async function insertBoard(id: string, createdBy: string, board: BoardContent): Promise<KeptBoard> {
  await distinct(board.name, () =>
    pool().query('INSERT INTO boards (id, name, board, created_by) VALUES ($1, $2, $3, $4)', [
      ...[id, board.name, contentOf(board), createdBy],
    ]),
  );
  return readBoard(id);
}

/**
 * Writes over the version that was edited.
 * @throws AppError `board.not-found`, `board.changed`, `board.exists`
 */
export async function updateBoard(id: string, version: number, board: BoardContent): Promise<KeptBoard> {
  const { rowCount } = await distinct(board.name, () =>
    pool().query(
      `UPDATE boards SET name = $3, board = $4, version = version + 1, updated_at = now()
       WHERE id = $1 AND version = $2`,
      [id, version, board.name, contentOf(board)],
    ),
  );
  const now = await readBoard(id);
  if (rowCount !== 1) throw new AppError('board.changed', { name: now.name });
  return now;
}

/** Deletes a board with its links. @throws AppError `board.not-found` */
export async function deleteBoard(id: string): Promise<void> {
  const { rowCount } = await guard(() => pool().query('DELETE FROM boards WHERE id = $1', [id]));
  if (rowCount !== 1) throw new AppError('board.not-found');
}

async function distinct<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await guard(work);
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('board.exists', { name }, { fields: { name: 'This name is taken.' } });
    throw error;
  }
}
