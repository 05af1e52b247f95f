'use client';

import type { CSSProperties, ReactNode } from 'react';
import type { BoardView } from '#lib/model/board.ts';
import { Tile, type ViewedTile } from './tile.tsx';

/** The tiles of a board on twelve columns, in the order in which they were put. On a wall they fill the screen. */
export function BoardGrid({
  board,
  isWall = false,
  endOf,
}: {
  board: BoardView;
  isWall?: boolean;
  /** What can be done with a tile. */
  endOf?: (tile: ViewedTile, index: number) => ReactNode;
}) {
  return (
    <div className={isWall ? 'tiles wall' : 'tiles'}>
      {board.tiles.map((tile, index) => (
        <div key={tile.id} style={{ '--columns': tile.width, '--rows': tile.height } as CSSProperties}>
          <Tile tile={tile} isWall={isWall} end={endOf?.(tile, index)} />
        </div>
      ))}
    </div>
  );
}
