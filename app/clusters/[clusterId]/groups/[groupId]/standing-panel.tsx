'use client';

import Link from 'next/link';
import { Bank } from '#components/ui/section.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatCount } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import type { GroupsViewer } from '../groups-viewer.ts';
import { recordAt } from './record-href.ts';

/** The rule that gave the state, in words, and the record the slowest partition stands at. */
export function StandingPanel({ viewer, group }: { viewer: GroupsViewer; group: GroupDetail }) {
  const { lag, oldestUnread } = group;
  if (lag === null) return null;
  return (
    <Bank title="Where it stands">
      <div className="px-2 pt-2">
        <p>{lag.rule}</p>
        {oldestUnread ? (
          <p className="mt-2 text-ink-2">
            The oldest unread record is offset{' '}
            <span className="mono">{formatCount(oldestUnread.offset)}</span> of partition{' '}
            {oldestUnread.partition} of <span className="name wrap-anywhere">{oldestUnread.topic}</span>
            {oldestUnread.timestampMs === null ? (
              ''
            ) : (
              <>
                , written <ClockTime at={oldestUnread.timestampMs} withAge />
              </>
            )}
            .{' '}
            {viewer.may.readMessages ? (
              <Link href={recordAt(viewer.clusterId, oldestUnread)}>Open the record</Link>
            ) : null}
          </p>
        ) : null}
      </div>
    </Bank>
  );
}

/** When members shared out their partitions anew, newest first. */
export function RebalancesPanel({ group }: { group: GroupDetail }) {
  if (group.seenRebalances.length === 0) return null;
  const recent = group.lag?.rebalances ?? null;
  return (
    <Bank title="Rebalances" note={recent === null ? 'of the last hour' : `${formatCount(recent)} in 10 min`}>
      <ol className="changes">
        {group.seenRebalances.slice(0, 8).map((seen) => (
          <li key={seen.at}>
            <ClockTime at={seen.at} />
            <span />
            <div className="min-w-0 wrap-anywhere">{seen.words}</div>
          </li>
        ))}
      </ol>
      {group.seenRebalances.length > 8 ? (
        <p className="px-2 py-1.5 text-xs text-ink-3">
          and {group.seenRebalances.length - 8} more in the hour
        </p>
      ) : null}
    </Bank>
  );
}
