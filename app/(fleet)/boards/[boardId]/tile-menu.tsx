'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import type { ViewedTile } from '#components/board/tile.tsx';
import { placeOfSeries } from '#components/charts/series-place.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import type { BoardContent } from '#lib/model/board.ts';
import { moveTile, removeTile } from '../change-tiles.ts';

/** What can be done with a tile where it stands. */
export function TileMenu({
  tile,
  index,
  count,
  isPending,
  onEdit,
  onChange,
}: {
  tile: ViewedTile;
  index: number;
  count: number;
  isPending: boolean;
  onEdit: () => void;
  onChange: (change: (content: BoardContent) => BoardContent) => void;
}) {
  const [first] = tile.series;
  const href = first ? placeOfSeries(first.clusterId, first.kind, first.name) : null;
  return (
    <Menu
      trigger={
        <Button
          variant="bare"
          size="sm"
          isSquare
          aria-label={`Actions on ${tile.title}`}
          disabled={isPending}
        >
          <Ellipsis className="ic" aria-hidden="true" />
        </Button>
      }
    >
      {href ? (
        <MenuLink>
          <Link href={href}>Open metrics</Link>
        </MenuLink>
      ) : null}
      <MenuItem onSelect={onEdit}>Edit tile</MenuItem>
      <MenuItem onSelect={() => onChange((board) => moveTile(board, tile.id, -1))} isDisabled={index === 0}>
        Move earlier
      </MenuItem>
      <MenuItem
        onSelect={() => onChange((board) => moveTile(board, tile.id, 1))}
        isDisabled={index === count - 1}
      >
        Move later
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => onChange((board) => removeTile(board, tile.id))} isDanger>
        Remove tile
      </MenuItem>
    </Menu>
  );
}
