import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/errors/app-error.ts';
import type { KeptBoard } from '#lib/gateways/database/boards.ts';
import type { Board, BoardTile } from '#lib/model/board.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';

export const boardTarget = ({ boardId }: { boardId: string }) => ({
  type: 'board' as const,
  id: boardId,
  clusterId: null,
});

export const newBoardId = (): string => randomUUID();

/**
 * What the shape of a tile cannot say: a total is of rates only, and ids are not used twice.
 * @throws AppError `input.invalid` with the field
 */
export function assertTiles(tiles: readonly BoardTile[]): void {
  const ids = new Set(tiles.map(({ id }) => id));
  if (ids.size !== tiles.length)
    throw new AppError('input.invalid', {}, { fields: { tiles: 'Two tiles have the same id.' } });
  tiles.forEach((tile, i) => {
    const wrong = tile.series.find(({ kind }) => !factsOfSeries(kind).unit.endsWith('/s'));
    if (tile.reduce !== 'total' || !wrong) return;
    const { title } = factsOfSeries(wrong.kind);
    throw new AppError(
      'input.invalid',
      {},
      {
        fields: {
          [`tiles.${i}.reduce`]: `${title} is no rate, so it has no total. Take the newest or the mean.`,
        },
      },
    );
  });
}

/** A board as it is shown to who may read it. */
export const shownBoard = ({ createdAtMs, updatedAtMs, ...board }: KeptBoard): Board => ({
  ...board,
  createdAt: new Date(createdAtMs).toISOString(),
  updatedAt: new Date(updatedAtMs).toISOString(),
});
