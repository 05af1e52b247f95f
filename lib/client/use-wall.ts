'use client';

import { useQuery } from '@tanstack/react-query';
import type { BoardView } from '#lib/model/board.ts';
import type { Problem } from '#lib/model/problem.ts';
import { apiPath } from '#lib/paths.ts';
import { ProblemError, problemOf, unreachable } from './get-json.ts';

/** A wall shows the pace of the collectors. */
const everyMs = 5_000;

async function readWall(token: string, signal: AbortSignal): Promise<BoardView> {
  let response: Response;
  try {
    response = await fetch(apiPath('/wall/[token]', { token }), { signal, cache: 'no-store' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ProblemError(unreachable);
  }
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return (await response.json()) as BoardView;
}

/**
 * The board of a link, read again and again, also while the screen's browser believes that nobody looks. Nobody is signed in at a
 * wall, so a link that has ended leads to no sign-in page: it says so where it hangs.
 */
export function useWall(
  token: string,
  initial: BoardView,
): { board: BoardView; problem: Problem | null; isClosed: boolean } {
  const query = useQuery<BoardView>({
    queryKey: ['wall', token],
    queryFn: ({ signal }) => readWall(token, signal),
    initialData: initial,
    refetchInterval: everyMs,
    refetchIntervalInBackground: true,
    retry: false,
  });
  const problem = query.error instanceof ProblemError ? query.error.problem : null;
  return { board: query.data, problem, isClosed: problem?.code === 'wall.closed' };
}
