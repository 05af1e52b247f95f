'use client';

import { useState } from 'react';
import { noAnswer } from '#components/forms/use-action-form.ts';
import { useOnce } from '#components/forms/use-once.ts';
import type { BoardContent, BoardView } from '#lib/model/board.ts';
import type { Problem } from '#lib/model/problem.ts';
import { updateBoardAction } from '../actions.ts';
import { contentOf } from '../change-tiles.ts';

/** Writes a small change of a board at once, over the version that is on the screen. */
export function useChangeBoard(
  board: BoardView,
  onDone: () => void,
): {
  write: (change: (content: BoardContent) => BoardContent) => void;
  problem: Problem | null;
  isPending: boolean;
} {
  const once = useOnce();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  const write = async (change: (content: BoardContent) => BoardContent) => {
    setPending(true);
    setProblem(null);
    const input = { ...change(contentOf(board)), boardId: board.boardId, version: board.version };
    try {
      const result = await updateBoardAction(input, once.of(input));
      once.answered();
      if (!result.ok) setProblem(result.problem);
    } catch {
      setProblem(noAnswer);
    } finally {
      setPending(false);
      onDone();
    }
  };
  return { write: (change) => void write(change), problem, isPending };
}
