'use client';

import type { ReactNode } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import type { SearchState } from '#lib/client/search-state.ts';
import { formatBytes, formatCount, formatCountOf } from '#lib/format.ts';

/** What a search could not read, what went while it read, and why it ended early. */
export function SearchNotes({ state }: { state: SearchState }) {
  const { end, progress } = state;
  const spent = progress ? formatBytes(progress.bytes, 3) : null;
  return (
    <>
      {end?.outcome === 'budget' ? (
        <Line>
          <b>{end.reason ?? `Stopped at the budget, after ${spent?.value ?? '0'} ${spent?.unit ?? 'B'}.`}</b>{' '}
          What is not searched yet may hold more matches.
        </Line>
      ) : end?.reason ? (
        <Line>
          <b>{end.reason}</b>
        </Line>
      ) : null}
      {end?.unreadable.map(({ partition, fromOffset, toOffset, reason }) => (
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
      {end && end.expired.length > 0 ? (
        <Line>
          <b>Retention was faster.</b> Not kept any more:{' '}
          {end.expired
            .map(
              ({ partition, offsets }) =>
                `${formatCountOf(offsets, 'offset', 'offsets')} of partition ${partition}`,
            )
            .join(', ')}
          .
        </Line>
      ) : null}
      {progress && progress.wrongCrcBatches > 0 ? (
        <Line>
          <b>
            {formatCountOf(
              progress.wrongCrcBatches,
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

const Line = ({ children }: { children: ReactNode }) => (
  <Notice tone="warning" isSlim className="mb-1.5">
    {children}
  </Notice>
);
