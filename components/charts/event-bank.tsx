'use client';

import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Bank } from '#components/ui/section.tsx';
import { formatCount } from '#lib/format.ts';
import { ChangeList } from './change-list.tsx';
import type { EventsOfPage } from './use-events.ts';

const shown = 14;

/** The list that the letters on the charts lead to. */
export function EventBank({ events }: { events: EventsOfPage }) {
  const { live, flags, total } = events;
  const rest = total - Math.min(shown, events.events.length);
  return (
    <Bank title="What happened" note={total > 1 ? 'newest first' : undefined}>
      {live.problem && !live.data ? <ProblemNotice problem={live.problem} onRetry={live.refetch} /> : null}
      {live.data || live.problem ? null : <div className="h-[60px]" aria-busy="true" />}
      {live.data && events.events.length === 0 ? (
        <p className="py-2 text-ink-3">Nothing in this range.</p>
      ) : null}
      <ChangeList changes={events.events.slice(0, shown)} flags={flags} />
      {rest > 0 ? (
        <p className="py-2 text-xs text-ink-3">
          {formatCount(rest)} more before these. Choose a shorter range to see them.
        </p>
      ) : null}
    </Bank>
  );
}
