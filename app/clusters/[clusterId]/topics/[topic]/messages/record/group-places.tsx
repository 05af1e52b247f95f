'use client';

import Link from 'next/link';
import { State } from '#components/ui/mark.tsx';
import { TimeAgo } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCountOf } from '#lib/format.ts';
import type { GroupPositions } from '#lib/model/group.ts';
import { apiPath, paths } from '#lib/paths.ts';
import type { Place } from '../message-address.ts';
import { standingOf } from './standing-of.ts';

const mostShown = 8;

/** Where each group of the partition stands against one record: it is still to be read, is next, or has been read. */
export function GroupPlaces({ clusterId, topic, place }: { clusterId: string; topic: string; place: Place }) {
  const { data, problem } = useLiveQuery<GroupPositions>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/topics/[topic]/positions', {
      clusterId,
      topic,
      partition: place.partition,
    }),
  });
  if (problem && !data) return <span className="text-ink-3">Unknown. {problem.what}</span>;
  if (!data) return <span className="text-ink-3">Asking</span>;
  const [missing] = data.missing;
  if (data.groups.length === 0)
    return <span className="text-ink-3">{missing ? missing.sentence : 'No group reads this partition'}</span>;
  return (
    <>
      <ul>
        {data.groups.slice(0, mostShown).map(({ groupId, committedOffset }) => {
          const { standing, distance } = standingOf(place.offset, committedOffset);
          const name = (
            <Link className="name" href={paths.group(clusterId, groupId)}>
              {groupId}
            </Link>
          );
          return (
            <li key={groupId}>
              {standing === 'here' ? (
                <State mark="note">{name} stands on this record</State>
              ) : standing === 'before' ? (
                <State mark="unknown">
                  {name} is {formatCountOf(distance, 'offset', 'offsets')} before it
                </State>
              ) : (
                <State mark="ok">
                  {name} is past it, by {formatCountOf(distance, 'offset', 'offsets')}
                </State>
              )}
            </li>
          );
        })}
      </ul>
      <span className="text-ink-3">
        {data.groups.length > mostShown
          ? `${formatCountOf(data.groups.length - mostShown, 'more group', 'more groups')}. `
          : ''}
        {data.asOf ? (
          <>
            Seen <TimeAgo at={data.asOf} />
          </>
        ) : null}
      </span>
    </>
  );
}
