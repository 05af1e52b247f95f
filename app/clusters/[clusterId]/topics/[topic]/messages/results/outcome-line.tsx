'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useZone } from '#components/values/clock.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatBytes, formatCount, formatCountOf, formatDuration, formatZone } from '#lib/format.ts';
import type { MessagePage } from '#lib/model/message.ts';

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
        <Line
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
        </Line>
      ) : null}
      {page.outcome === 'cancelled' ? <Line>Reading was stopped before the page was full.</Line> : null}
      {page.unreadable.map(({ partition, fromOffset, toOffset, reason }) => (
        <Line key={`${partition}.${fromOffset}`}>
          <b>
            Partition {partition},{' '}
            {fromOffset === toOffset
              ? `offset ${formatCount(fromOffset)}`
              : `offsets ${formatCount(fromOffset)} to ${formatCount(toOffset)}`}
            , cannot be read:
          </b>{' '}
          {reason}
        </Line>
      ))}
      {page.expired.length > 0 ? (
        <Line>
          <b>Retention was faster.</b> Not kept any more, so it goes on with the oldest that is:{' '}
          {page.expired
            .map(
              ({ partition, offsets }) =>
                `${formatCountOf(offsets, 'offset', 'offsets')} of partition ${partition}`,
            )
            .join(', ')}
          .
        </Line>
      ) : null}
      {read.wrongCrcBatches > 0 ? (
        <Line>
          <b>
            {formatCountOf(
              read.wrongCrcBatches,
              'batch has a wrong checksum',
              'batches have a wrong checksum',
            )}
            :
          </b>{' '}
          their bytes are not those that were written.
        </Line>
      ) : null}
    </>
  );
}

const Line = ({ children, end }: { children: ReactNode; end?: ReactNode }) => (
  <Notice tone="warning" isSlim className="mb-1.5" end={end}>
    {children}
  </Notice>
);

/** The order of the list, where nothing has been read yet. */
export const ReadingLine = () => (
  <p className="py-2 text-xs text-ink-3" role="status">
    <Mark name="work" /> Reading.
  </p>
);
