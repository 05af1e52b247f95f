'use client';

import type { ReactNode } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { MessagePage } from '#lib/model/message.ts';

/** What reading came upon and could not show: batches that cannot be read, records that went meanwhile, wrong checksums. */
export function GapNotes({
  unreadable,
  expired,
  wrongCrcBatches,
  isResumed = false,
}: {
  unreadable: MessagePage['unreadable'];
  expired: MessagePage['expired'];
  wrongCrcBatches: number;
  /** Reading went on behind what retention took. */
  isResumed?: boolean;
}) {
  return (
    <>
      {unreadable.map(({ partition, fromOffset, toOffset, reason }) => (
        <NoteLine key={`${partition}.${fromOffset}`}>
          <b>
            Partition {partition},{' '}
            {fromOffset === toOffset
              ? `offset ${formatCount(fromOffset)}`
              : `offsets ${formatCount(fromOffset)} to ${formatCount(toOffset)}`}
            , cannot be read:
          </b>{' '}
          {reason}
        </NoteLine>
      ))}
      {expired.length > 0 ? (
        <NoteLine>
          <b>Retention was faster.</b> Not kept any more
          {isResumed ? ', so it goes on with the oldest that is' : ''}:{' '}
          {expired
            .map(
              ({ partition, offsets }) =>
                `${formatCountOf(offsets, 'offset', 'offsets')} of partition ${partition}`,
            )
            .join(', ')}
          .
        </NoteLine>
      ) : null}
      {wrongCrcBatches > 0 ? (
        <NoteLine>
          <b>
            {formatCountOf(wrongCrcBatches, 'batch has a wrong checksum', 'batches have a wrong checksum')}:
          </b>{' '}
          their bytes are not those that were written.
        </NoteLine>
      ) : null}
    </>
  );
}

export const NoteLine = ({ children, end }: { children: ReactNode; end?: ReactNode }) => (
  <Notice tone="warning" isSlim className="mb-1.5" end={end}>
    {children}
  </Notice>
);
