'use client';

import { BoardGrid } from '#components/board/board-grid.tsx';
import { LonePage } from '#components/feedback/lone-page.tsx';
import { BrandMark } from '#components/ui/brand.tsx';
import { State } from '#components/ui/mark.tsx';
import { useNow, useZone } from '#components/values/clock.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useWall } from '#lib/client/use-wall.ts';
import { formatTime } from '#lib/format.ts';
import type { BoardView } from '#lib/model/board.ts';

/** Older than this the numbers are not called live. */
const staleMs = 20_000;

/** A board on a wall: its numbers large, the time, and whether they are still read. */
export function WallScreen({
  token,
  initial,
  isDark,
}: {
  token: string;
  initial: BoardView;
  isDark: boolean;
}) {
  const { board, problem, isClosed } = useWall(token, initial);
  const now = useNow();
  const zone = useZone();
  const isStale = now - Date.parse(board.asOf) > staleMs;
  return (
    <div className="wall-page" {...(isDark ? { 'data-theme': 'dark' } : {})}>
      {isClosed && problem ? (
        <LonePage title={problem.what}>{problem.next}</LonePage>
      ) : (
        <>
          <header>
            <h1>{board.name}</h1>
            {board.note ? <span className="text-ink-3">{board.note}</span> : null}
            <span className="ml-auto flex items-baseline gap-4">
              {isStale ? (
                <State mark="unknown">
                  Not live. Read <TimeAgo at={board.asOf} />
                </State>
              ) : (
                <span className="text-ink-3">Live</span>
              )}
              <time dateTime={new Date(now).toISOString()} className="clock">
                {formatTime(now, zone, 'min')}
              </time>
            </span>
          </header>
          <main className="flex grow flex-col">
            {board.tiles.length === 0 ? (
              <p className="text-ink-3">No tile is on this board yet.</p>
            ) : (
              <BoardGrid board={board} isWall />
            )}
          </main>
          <footer>
            <BrandMark size={16} /> Millrace
          </footer>
        </>
      )}
    </div>
  );
}
