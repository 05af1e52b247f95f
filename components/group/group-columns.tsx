'use client';

import Link from 'next/link';
import { Sparkline } from '#components/charts/sparkline.tsx';
import type { Column } from '#components/data-table/column.ts';
import { retentionWins } from '#components/race/race-position.ts';
import { Tag } from '#components/ui/tag.tsx';
import { Count, ObjectName } from '#components/values/numbers.tsx';
import { formatCount, formatDuration } from '#lib/format.ts';
import type { GroupRow } from '#lib/model/group.ts';
import { lagStateFaces } from '#lib/model/lag.ts';
import { paths } from '#lib/paths.ts';
import { isWorkerGroup, kindWords } from './group-kind.ts';
import { groupMark } from './group-state.tsx';
import { catchUpWords, lossWords } from './lag-words.ts';

const grey = (words: string) => <span className="text-ink-3">{words}</span>;

/** Why there is no lag to show. */
const noLag = (row: GroupRow): string =>
  isWorkerGroup(row) ? 'Workers' : row.topics === 0 ? 'Never committed' : 'Unknown';

/** Columns of a list of groups. */
export const groupColumns = (clusterId: string): Column<GroupRow>[] => [
  {
    id: 'name',
    header: 'Group',
    sort: 'asc',
    cell: (row) => (
      <Link className="name" href={paths.group(clusterId, row.groupId)}>
        <ObjectName name={row.groupId} />
      </Link>
    ),
  },
  { id: 'trouble', header: 'State', sort: 'desc', isFixed: true, cell: groupMark },
  {
    id: 'type',
    header: 'Kind',
    sort: 'asc',
    rank: 2,
    cell: (row) => (
      <>
        {kindWords[row.type]}{' '}
        {row.type === 'classic' && row.protocolType && row.protocolType !== 'consumer' ? (
          <Tag>{row.protocolType}</Tag>
        ) : null}
      </>
    ),
  },
  {
    id: 'members',
    header: 'Members',
    align: 'right',
    sort: 'desc',
    rank: 1,
    cell: (row) => <Count value={row.members} />,
  },
  {
    id: 'topics',
    header: 'Topics',
    align: 'right',
    sort: 'desc',
    isOptional: true,
    cell: (row) => <Count value={row.topics} />,
  },
  {
    id: 'lag',
    header: 'Lag',
    align: 'right',
    sort: 'desc',
    cell: (row) => {
      const lag = row.lag?.lagMessages ?? row.lagMessages;
      if (lag === null) return grey(noLag(row));
      return (
        <>
          {row.unknownPartitions > 0 ? grey('at least ') : null}
          <Count value={lag} />
        </>
      );
    },
  },
  {
    id: 'time',
    header: 'Lag in time',
    align: 'right',
    sort: 'desc',
    cell: timeOf,
  },
  {
    id: 'recent',
    header: 'Lag, last hour',
    rank: 3,
    cell: (row) =>
      row.recent.some((value) => value !== null) ? <Sparkline values={row.recent} width={92} /> : null,
  },
  {
    id: 'catchUp',
    header: 'Caught up',
    sort: 'desc',
    rank: 2,
    cell: (row) => {
      if (row.lag === null || row.lagMessages === null) return null;
      const words = catchUpWords(row.lag.catchUp);
      return row.lag.catchUp.kind === 'in' || row.lag.catchUp.kind === 'never' ? words : grey(words);
    },
  },
  { id: 'loss', header: 'Data loss in', sort: 'asc', rank: 1, cell: lossOf },
  {
    id: 'worst',
    header: 'Slowest partition',
    rank: 2,
    cell: (row) => {
      const slowest = row.lag?.slowest ?? row.worst;
      if (!slowest) return grey('None');
      return (
        <span className="whitespace-nowrap">
          <Link className="name" href={paths.topic(clusterId, slowest.topic)}>
            <ObjectName name={slowest.topic} />
          </Link>{' '}
          {formatCount(slowest.partition)}
        </span>
      );
    },
  },
  {
    id: 'coordinator',
    header: 'Coordinator',
    align: 'right',
    isOptional: true,
    cell: (row) => (row.coordinator === null ? 'None' : String(row.coordinator)),
  },
];

function timeOf({ lag }: GroupRow) {
  if (lag === null) return null;
  if (lag.lagMs === null) return lag.lagMessages === null ? null : grey('Unknown');
  if (lag.lagMs === 0) return <span className="nil">0</span>;
  const { mark } = lagStateFaces[lag.state];
  const text = formatDuration(lag.lagMs);
  if (mark === 'critical') return <b className="text-critical">{text}</b>;
  return mark === 'warning' ? <b className="text-warning">{text}</b> : text;
}

const hour = 3_600_000;

/** The data-loss clock: in red once records are gone or will be within the hour, grey while the group is there first. */
function lossOf({ lag }: GroupRow) {
  if (lag === null) return null;
  const { loss } = lag;
  if (loss.kind === 'lost') return <b className="text-critical">{formatCount(loss.records)} lost</b>;
  const words = lossWords(loss);
  if (loss.kind !== 'in') return <span title={loss.why}>{grey(loss.kind === 'none' ? 'None' : words)}</span>;
  if (!retentionWins(lag)) return grey(words);
  return loss.ms < hour ? <b className="text-critical">{words}</b> : words;
}
