import { AppError } from '#lib/errors/app-error.ts';
import type { BoardLink } from '#lib/model/board.ts';
import { guard, pool } from './client.ts';

/** Links that show a board without a sign-in, by the SHA-256 of their token. All times are the database's. */

type Row = {
  id: string;
  label: string;
  created_by: string;
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
};

const toLink = (row: Row): BoardLink => ({
  id: row.id,
  label: row.label,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

export type NewBoardLink = {
  id: string;
  boardId: string;
  tokenHash: string;
  label: string;
  createdBy: string;
  days: number;
};

/** @throws AppError `board.not-found` */
export async function insertBoardLink(link: NewBoardLink): Promise<BoardLink> {
  const { rows } = await guard(() =>
    pool().query<Row>(
      `INSERT INTO board_links (id, board_id, token_hash, label, created_by, expires_at)
       SELECT $1, b.id, $3, $4, $5, clock_timestamp() + make_interval(days => $6) FROM boards b WHERE b.id = $2
       RETURNING *`,
      [link.id, link.boardId, link.tokenHash, link.label, link.createdBy, link.days],
    ),
  );
  if (!rows[0]) throw new AppError('board.not-found');
  return toLink(rows[0]);
}

/** Links of a board, the newest first; ended and revoked ones as well. */
export async function listBoardLinks(boardId: string): Promise<BoardLink[]> {
  const { rows } = await guard(() =>
    pool().query<Row>('SELECT * FROM board_links WHERE board_id = $1 ORDER BY created_at DESC LIMIT 200', [
      boardId,
    ]),
  );
  return rows.map(toLink);
}

/** Ends a link at once. Returns whether there was one to end. */
export async function revokeBoardLink(boardId: string, id: string): Promise<boolean> {
  const { rowCount } = await guard(() =>
    pool().query(
      `UPDATE board_links SET revoked_at = clock_timestamp()
       WHERE id = $1 AND board_id = $2 AND revoked_at IS NULL`,
      [id, boardId],
    ),
  );
  return rowCount === 1;
}

/** How often the use of a link is written down. */
const usedEverySeconds = 60;

/** The board that a living link shows, null when it shows none; that it was used is written once a minute. */
export async function boardOfLink(tokenHash: string): Promise<string | null> {
  const { rows } = await guard(() =>
    pool().query<{ id: string; board_id: string; is_fresh: boolean }>(
      `SELECT id, board_id, coalesce(last_used_at > clock_timestamp() - make_interval(secs => $2), false) AS is_fresh
       FROM board_links WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()`,
      [tokenHash, usedEverySeconds],
    ),
  );
  const [link] = rows;
  if (!link) return null;
  if (!link.is_fresh)
    await guard(() =>
      pool().query('UPDATE board_links SET last_used_at = clock_timestamp() WHERE id = $1', [link.id]),
    );
  return link.board_id;
}
