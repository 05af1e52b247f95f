'use client';

import Link from 'next/link';
import { raceWords } from '#components/group/worst-partition.ts';
import { placeOf, type RacePlace, retentionWins } from '#components/race/race-position.ts';
import { type RaceMark, RetentionRace } from '#components/race/retention-race.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { useNow, useZone } from '#components/values/clock.tsx';
import { LossClock } from '#components/values/time.tsx';
import { formatCount, formatCountOf, formatDuration, formatTime, formatWhen } from '#lib/format.ts';
import type { GroupDetail, GroupPartitionRow } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';
import type { GroupsViewer } from '../groups-viewer.ts';

const hour = 3_600_000;

/** Whether data will be lost, and the race of the partition where it comes first. */
export function LossSection({
  viewer,
  group,
  row,
}: {
  viewer: GroupsViewer;
  group: GroupDetail;
  row: GroupPartitionRow;
}) {
  const now = useNow();
  const zone = useZone();
  const place = placeOf(row);
  const seenAt = group.asOf === null ? now : Date.parse(group.asOf);
  return (
    <section className="loss-section" aria-label="Unread records and retention">
      <div className="word">
        <Headline viewer={viewer} group={group} row={row} seenAt={seenAt} />
      </div>
      <div className="race">
        <RetentionRace
          place={place}
          now={seenAt}
          edge={edgeOf(row, place, seenAt, zone)}
          unread={unreadOf(row, seenAt, zone)}
          end={{
            title: 'Now',
            detail: `${formatTime(seenAt, zone)}${row.endOffset === null ? '' : `, offset ${formatCount(row.endOffset)}`}`,
          }}
          inside={insideOf(row, group)}
          label={`${row.topic} partition ${row.partition}: ${raceWords(row)}`}
          note={noteOf(row, place)}
        />
      </div>
    </section>
  );
}

function Headline({
  viewer,
  group,
  row,
  seenAt,
}: {
  viewer: GroupsViewer;
  group: GroupDetail;
  row: GroupPartitionRow;
  seenAt: number;
}) {
  const now = useNow();
  const zone = useZone();
  const { loss, lagMessages } = row.lag;
  const where = partitionWords(row, group);
  if (loss.kind === 'lost')
    return (
      <>
        <span className="figure critical">{formatCount(loss.records)}</span>
        <p>
          <b>{loss.records === '1' ? 'record was' : 'records were'} deleted unread</b> on {where}
        </p>
        <p className="small">
          Retention passed the group. When it reads on, it begins at offset{' '}
          {row.startOffset === null ? 'not known' : formatCount(row.startOffset)} or where its own reset
          policy says.
        </p>
        <RaiseRetention viewer={viewer} row={row} />
      </>
    );
  if (loss.kind === 'in' && loss.ms <= 0 && retentionWins(row.lag))
    return (
      <>
        <LossClock until={seenAt} />
        <p>
          <b>Unread records are past retention</b> on {where}
        </p>
        <p className="small">They are deleted together with their segment, at any moment.</p>
        <RaiseRetention viewer={viewer} row={row} />
      </>
    );
  if (loss.kind === 'in' && retentionWins(row.lag)) {
    const until = seenAt + loss.ms;
    return (
      <>
        {until - now < hour ? (
          <LossClock until={until} />
        ) : (
          <span className="figure">{formatDuration(until - now)}</span>
        )}
        <p>
          <b>until unread records are deleted</b>,{' '}
          {until - now < 24 * hour ? `at ${formatTime(until, zone)}` : formatWhen(until, now, zone)}
        </p>
        <p className="small">
          {loss.by === 'time'
            ? 'Earliest time; closed segments may last longer.'
            : 'Earliest time at the rate of now: retention goes by size here.'}{' '}
          {lagMessages === null ? '' : formatCountOf(lagMessages, 'record', 'records')} on {where} follow in
          order of age.
        </p>
        <RaiseRetention viewer={viewer} row={row} />
      </>
    );
  }
  if (loss.kind === 'unknown')
    return (
      <>
        <p className="head">
          <Unknown>Data loss not known</Unknown>
        </p>
        <p className="small">{loss.why}</p>
      </>
    );
  return (
    <>
      <p className="head">Nothing is about to be lost</p>
      <p className="small">
        {loss.kind === 'none'
          ? loss.why
          : `The next unread record on ${where} is kept for ${formatDuration(loss.ms)} more${row.lag.catchUp.kind === 'in' ? `, and read within ${formatDuration(row.lag.catchUp.ms)}` : ''}.`}
      </p>
    </>
  );
}

function RaiseRetention({ viewer, row }: { viewer: GroupsViewer; row: GroupPartitionRow }) {
  if (!viewer.may.configureTopics) return null;
  return (
    <p className="small">
      <Link href={paths.topicConfig(viewer.clusterId, row.topic)}>Raise the retention</Link> of{' '}
      <span className="name">{row.topic}</span>
    </p>
  );
}

const partitionWords = (row: GroupPartitionRow, group: GroupDetail): string =>
  new Set(group.partitions.map(({ topic }) => topic)).size > 1
    ? `partition ${row.partition} of ${row.topic}`
    : `partition ${row.partition}`;

function edgeOf(row: GroupPartitionRow, place: RacePlace, now: number, zone: string): RaceMark {
  if (place.windowMs !== null)
    return {
      title: 'Retention edge',
      detail: `${formatMoment(now - place.windowMs, now, zone)}, moves right`,
    };
  return {
    title: 'Start of the log',
    detail: row.startOffset === null ? 'offset not known' : `offset ${formatCount(row.startOffset)}`,
  };
}

function unreadOf(row: GroupPartitionRow, now: number, zone: string): RaceMark | null {
  const { lag } = row;
  if (lag.lagMessages === '0' || row.committedOffset === null) return null;
  const offset = `offset ${formatCount(row.committedOffset)}`;
  return {
    title: 'Oldest unread record',
    detail: lag.lagMs === null ? offset : `${formatMoment(now - lag.lagMs, now, zone)}, ${offset}`,
  };
}

const formatMoment = (at: number, now: number, zone: string): string =>
  now - at < 24 * hour ? formatTime(at, zone) : formatWhen(at, now, zone);

function insideOf(row: GroupPartitionRow, group: GroupDetail): string {
  const where = partitionWords(row, group);
  const { lag } = row;
  if (row.committedOffset === null) return `Nothing is committed on ${where}`;
  if (lag.loss.kind === 'lost' && lag.lagMessages === '0')
    return `${formatCountOf(lag.loss.records, 'record', 'records')} deleted unread, nothing left on ${where}`;
  if (lag.lagMessages === null) return `Lag on ${where} is not known`;
  if (lag.lagMessages === '0') return `All is read on ${where}`;
  const age = lag.lagMs === null ? '' : `, ${formatDuration(lag.lagMs)}`;
  return `${formatCountOf(lag.lagMessages, 'record', 'records')}${age} unread on ${where}`;
}

function noteOf(row: GroupPartitionRow, place: RacePlace): string | undefined {
  if (place.windowMs !== null) return `The topic keeps ${formatDuration(place.windowMs)}.`;
  if (row.lag.loss.kind === 'in' && row.lag.loss.by === 'size')
    return 'Drawn by offsets: the topic is cut by size.';
  return place.position === null || row.lag.lagMessages === '0' ? undefined : 'Drawn by offsets.';
}
