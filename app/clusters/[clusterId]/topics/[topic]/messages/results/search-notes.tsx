'use client';

import type { SearchState } from '#lib/client/search-state.ts';
import { formatBytes } from '#lib/format.ts';
import { GapNotes, NoteLine } from './gap-notes.tsx';

/** What a search could not read, what went while it read, and why it ended early. */
export function SearchNotes({ state }: { state: SearchState }) {
  const { end, progress } = state;
  const spent = progress ? formatBytes(progress.bytes, 3) : null;
  return (
    <>
      {end?.outcome === 'budget' ? (
        <NoteLine>
          <b>{end.reason ?? `Stopped at the budget, after ${spent?.value ?? '0'} ${spent?.unit ?? 'B'}.`}</b>{' '}
          What is not searched yet may hold more matches.
        </NoteLine>
      ) : end?.reason ? (
        <NoteLine>
          <b>{end.reason}</b>
        </NoteLine>
      ) : null}
      <GapNotes
        unreadable={end?.unreadable ?? []}
        expired={end?.expired ?? []}
        wrongCrcBatches={progress?.wrongCrcBatches ?? 0}
      />
    </>
  );
}
