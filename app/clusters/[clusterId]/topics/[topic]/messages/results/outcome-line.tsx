'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { useZone } from '#components/values/clock.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatBytes, formatCount, formatCountOf, formatDuration, formatZone } from '#lib/format.ts';
import type { MessagePage } from '#lib/model/message.ts';
import { GapNotes, NoteLine } from './gap-notes.tsx';

const records = (count: number) => formatCountOf(count, 'record', 'records');

/** How reading went: what came, what it cost, what ended it, and what is not shown. */
export function OutcomeLine({
  page,
  onContinue,
  onUncommitted,
  end,
}: {
  page: MessagePage;
  onContinue: (() => void) | null;
  onUncommitted: () => void;
  end?: ReactNode;
}) {
  const zone = useZone();
  const { read, rows } = page;
  const bytes = formatBytes(read.bytes);
  const order = page.direction === 'backward' ? 'newest first' : 'oldest first';
  return (
    <>
      <div className="flex items-start gap-x-3 py-2">
        <div
          className="flex flex-wrap items-center gap-x-3.5 gap-y-1 text-xs leading-6 text-ink-2"
          role="status"
        >
          <span className="text-sm">
            <b>{records(rows.length)}</b>, {order}
          </span>
          <span>
            Read at <ClockTime at={page.asOf} /> {formatZone(page.asOf, zone)}
          </span>
          <span>
            {records(read.records)}, {bytes.value} {bytes.unit} looked at in {formatDuration(read.elapsedMs)}
          </span>
          {read.abortedRecords > 0 ? (
            <span>
              {formatCount(read.abortedRecords)} of aborted transactions hidden.{' '}
              <button type="button" className="link" onClick={onUncommitted}>
                Show them
              </button>
            </span>
          ) : null}
        </div>
        <span className="ml-auto">{end}</span>
      </div>
      {page.outcome === 'budget' ? (
        <NoteLine
          end={
            onContinue ? (
              <Button size="sm" onClick={onContinue}>
                Continue
              </Button>
            ) : null
          }
        >
          <b>Stopped at the budget of one page</b> after {bytes.value} {bytes.unit} and{' '}
          {formatDuration(read.elapsedMs)}. There is more to read.
        </NoteLine>
      ) : null}
      {page.outcome === 'cancelled' ? (
        <NoteLine>Reading was stopped before the page was full.</NoteLine>
      ) : null}
      <GapNotes
        unreadable={page.unreadable}
        expired={page.expired}
        wrongCrcBatches={read.wrongCrcBatches}
        isResumed
      />
    </>
  );
}

/** The order of the list, where nothing has been read yet. */
export const ReadingLine = () => (
  <p className="py-2 text-xs text-ink-3" role="status">
    <Mark name="work" /> Reading.
  </p>
);
