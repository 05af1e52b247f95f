import type { MarkName } from '#components/ui/mark.tsx';
import type { SearchState } from '#lib/client/search-state.ts';
import { isRunning } from '#lib/client/search-state.ts';

/** How a search stands, in a word with its mark. */
export function searchWords(state: SearchState): { mark: MarkName; word: string } {
  if (isRunning(state)) return { mark: 'work', word: 'Searching' };
  if (state.phase === 'stopped') return { mark: 'off', word: 'Cancelled' };
  if (state.phase === 'failed') return { mark: 'critical', word: 'Broken off' };
  switch (state.end?.outcome) {
    case 'complete':
      return { mark: 'ok', word: 'Complete' };
    case 'budget':
      return { mark: 'off', word: 'Budget spent' };
    case 'partial':
      return { mark: 'warning', word: 'Partial' };
    default:
      return { mark: 'off', word: 'Cancelled' };
  }
}

/** The share of what is planned that is done, by offsets; null while nothing is known. */
export function shareOf(planned: string, done: string): number {
  const all = BigInt(planned);
  if (all <= 0n) return 1;
  return Math.min(1, Number((BigInt(done) * 10_000n) / all) / 10_000);
}
