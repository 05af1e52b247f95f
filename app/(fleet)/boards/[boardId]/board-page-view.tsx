'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { BoardGrid } from '#components/board/board-grid.tsx';
import type { ClusterChoice } from '#components/board/series-fields.tsx';
import { Empty, StaleLine } from '#components/feedback/faces.tsx';
import { ProblemLine } from '#components/feedback/problem-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { BoardView } from '#lib/model/board.ts';
import { apiPath } from '#lib/paths.ts';
import { BoardDialog } from '../board-dialog.tsx';
import { DeleteBoardDialog } from './delete-board-dialog.tsx';
import { ShareSheet } from './share-sheet.tsx';
import { TileMenu } from './tile-menu.tsx';
import { TileSheet } from './tile-sheet.tsx';
import { useChangeBoard } from './use-change-board.ts';

/** Values of a board are read anew this often: the pace of the collectors. */
const everyMs = 5_000;

type Open = 'add' | 'share' | 'rename' | 'delete' | { tileId: string } | null;

/** A board with its numbers now, and what can be changed about it. */
export function BoardPageView({
  initial,
  clusters,
  may,
}: {
  initial: BoardView;
  clusters: readonly ClusterChoice[];
  may: { change: boolean; share: boolean };
}) {
  const live = useLiveQuery<BoardView>({
    clusterId: null,
    url: apiPath('/boards/[boardId]/view', { boardId: initial.boardId }),
    initial,
    everyMs,
  });
  const board = live.data ?? initial;
  const [open, setOpen] = useState<Open>(null);
  const change = useChangeBoard(board, live.refetch);
  const close = () => {
    setOpen(null);
    live.refetch();
  };
  const missed = board.tiles.filter((tile) => tile.values.some((value) => value.isMet === false)).length;
  const edited =
    typeof open === 'object' && open ? board.tiles.find((tile) => tile.id === open.tileId) : undefined;
  return (
    <>
      <PageHead
        title={board.name}
        facts={[
          board.note,
          formatCountOf(board.tiles.length, 'tile', 'tiles'),
          missed > 0 ? (
            <span key="missed" className="critical">
              {formatCountOf(missed, 'target', 'targets')} missed
            </span>
          ) : null,
        ]}
        actions={
          <>
            <Button onClick={() => void document.documentElement.requestFullscreen?.()}>Full screen</Button>
            {may.share ? <Button onClick={() => setOpen('share')}>Wall screens</Button> : null}
            {may.change ? (
              <>
                <Menu
                  trigger={
                    <Button isSquare aria-label={`Actions on ${board.name}`}>
                      <Ellipsis className="ic" aria-hidden="true" />
                    </Button>
                  }
                >
                  <MenuItem onSelect={() => setOpen('rename')}>Rename board</MenuItem>
                  <MenuSeparator />
                  <MenuItem onSelect={() => setOpen('delete')} isDanger>
                    Delete board
                  </MenuItem>
                </Menu>
                <Button variant="primary" onClick={() => setOpen('add')}>
                  Add tile
                </Button>
              </>
            ) : null}
          </>
        }
      />
      {live.problem ? <StaleLine seenAt={board.asOf} onReconnect={live.refetch} /> : null}
      {change.problem ? <ProblemLine problem={change.problem} title="Not changed." /> : null}
      <div className="pt-4">
        {board.tiles.length === 0 ? (
          <Empty
            title="No tile yet"
            actions={
              may.change ? (
                <Button variant="primary" onClick={() => setOpen('add')}>
                  Add tile
                </Button>
              ) : null
            }
          >
            A tile is a number with its target and trend. Charts can be pinned here as well.
          </Empty>
        ) : (
          <BoardGrid
            board={board}
            endOf={
              may.change
                ? (tile, index) => (
                    <TileMenu
                      tile={tile}
                      index={index}
                      count={board.tiles.length}
                      isPending={change.isPending}
                      onEdit={() => setOpen({ tileId: tile.id })}
                      onChange={change.write}
                    />
                  )
                : undefined
            }
          />
        )}
      </div>
      {open === 'add' ? <TileSheet board={board} tile={null} clusters={clusters} onClose={close} /> : null}
      {edited ? <TileSheet board={board} tile={edited} clusters={clusters} onClose={close} /> : null}
      {open === 'share' ? <ShareSheet board={board} onClose={close} /> : null}
      {open === 'rename' ? <BoardDialog board={board} onClose={close} /> : null}
      {open === 'delete' ? <DeleteBoardDialog board={board} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
