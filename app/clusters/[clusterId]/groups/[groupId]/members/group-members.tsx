'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import type { Column } from '#components/data-table/column.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useListUrl } from '#components/data-table/use-list-url.ts';
import { Empty, NoResults } from '#components/feedback/faces.tsx';
import { isWorkerGroup } from '#components/group/group-kind.ts';
import { assignmentWords, partitionRanges } from '#components/group/lag-words.ts';
import { SearchInput } from '#components/ui/input.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Count, ObjectName, Rate } from '#components/values/numbers.tsx';
import { ClockTime } from '#components/values/time.tsx';
import { formatCountOf, formatDuration } from '#lib/format.ts';
import type { GroupDetail, MemberRow } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';
import { ConnectPanel } from '../connect-panel.tsx';
import { memberMark } from '../members-panel.tsx';
import { RebalancesPanel } from '../standing-panel.tsx';
import { SubtopologiesTable } from '../subtopologies-table.tsx';
import { useGroup } from '../use-group.ts';

const pageSize = 50;

/** Every member with what it owns, how fast it reads and how far behind that is; and when they last shared out anew. */
export function GroupMembers({ clusterId, initial }: { clusterId: string; initial: GroupDetail }) {
  const group = useGroup(clusterId, initial.groupId, initial).data ?? initial;
  const list = useListUrl({ sort: '-lag' });
  const columns = useMemo(() => columnsOf(clusterId, group), [clusterId, group]);
  const found = useMemo(
    () =>
      sorted(
        group.memberList.filter((member) => matches(member, list.q)),
        list.sort,
      ),
    [group.memberList, list.q, list.sort],
  );
  if (isWorkerGroup(group)) return <ConnectPanel group={group} />;
  return (
    <>
      <div className="mt-3.5">
        <DataTable
          caption={`Members of ${group.groupId}`}
          columns={columns}
          rows={found.slice((list.page - 1) * pageSize, list.page * pageSize)}
          rowKey={(member) => member.memberId}
          rowLabel={(member) => member.clientId || member.memberId}
          density="normal"
          sort={list.sort}
          onSort={list.setSort}
          hasColumnMenu={group.memberList.length > 0}
          paging={{ page: list.page, pageSize, total: found.length, onPage: list.setPage }}
          tools={
            group.memberList.length > 0 ? (
              <SearchInput
                label="Client, host or member id"
                value={list.q}
                onChange={(event) => list.setQ(event.target.value)}
              />
            ) : null
          }
          empty={
            list.isFiltered ? (
              <NoResults
                noun="member"
                asked={list.asked}
                total={formatCountOf(group.memberList.length, 'member', 'members')}
                onClear={list.clear}
              />
            ) : (
              <Empty title={group.members === null ? 'Members are not known now' : 'Nobody is in this group'}>
                {group.members === null
                  ? 'The coordinator did not tell them.'
                  : 'Its committed offsets stay until they expire. Only now can they be reset.'}
              </Empty>
            )
          }
        />
      </div>
      {group.subtopologies && group.subtopologies.length > 0 ? (
        <SubtopologiesTable clusterId={clusterId} group={group} />
      ) : null}
      <RebalancesPanel group={group} />
    </>
  );
}

const matches = (member: MemberRow, q: string): boolean =>
  `${member.clientId} ${member.host} ${member.memberId} ${member.instanceId ?? ''}`
    .toLowerCase()
    .includes(q.toLowerCase());

function sorted(members: readonly MemberRow[], sort: string): MemberRow[] {
  const sign = sort.startsWith('-') ? -1 : 1;
  const values: Record<string, (member: MemberRow) => string | number | bigint> = {
    member: (member) => member.clientId || member.memberId,
    host: (member) => member.host,
    lag: (member) => BigInt(member.lagMessages ?? -1),
    time: (member) => member.lagMs ?? -1,
    read: (member) => member.consumedPerSecond ?? -1,
  };
  const value = values[sort.replace(/^-/, '')] ?? values.lag!;
  const byName = (a: MemberRow, b: MemberRow) => (a.memberId < b.memberId ? -1 : 1);
  return [...members].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    return (left < right ? -sign : left > right ? sign : 0) || byName(a, b);
  });
}

function columnsOf(clusterId: string, group: GroupDetail): Column<MemberRow>[] {
  const isMany = new Set(group.partitions.map(({ topic }) => topic)).size !== 1;
  const hasEpochs = group.memberList.some((member) => member.epoch !== null);
  return [
    {
      id: 'member',
      header: 'Member',
      sort: 'asc',
      cell: (member) => (
        <>
          <span className="name" title={member.memberId}>
            <ObjectName name={member.clientId || member.memberId} />
          </span>{' '}
          {member.instanceId ? (
            <Tag>
              static <span className="name">{member.instanceId}</span>
            </Tag>
          ) : null}
        </>
      ),
    },
    { id: 'state', header: 'State', isFixed: true, cell: (member) => memberMark(member, group) },
    {
      id: 'owns',
      header: 'Owns',
      className: 'wrap',
      cell: (member) => <Owned clusterId={clusterId} member={member} isTopicNamed={isMany} />,
    },
    {
      id: 'lag',
      header: 'Lag',
      align: 'right',
      sort: 'desc',
      cell: (member) => <Count value={member.lagMessages} />,
    },
    {
      id: 'time',
      header: 'Lag in time',
      align: 'right',
      sort: 'desc',
      rank: 1,
      cell: (member) =>
        member.lagMs === null ? (
          <Unknown />
        ) : member.lagMs === 0 ? (
          <span className="nil">0</span>
        ) : (
          formatDuration(member.lagMs)
        ),
    },
    {
      id: 'read',
      header: 'Reads, per second',
      align: 'right',
      sort: 'desc',
      rank: 1,
      cell: (member) => <Rate value={member.consumedPerSecond} />,
    },
    {
      id: 'moved',
      header: 'Last moved',
      align: 'right',
      rank: 2,
      cell: (member) =>
        member.movedAt === null ? (
          <span className="text-ink-3">Not seen</span>
        ) : (
          <ClockTime at={member.movedAt} withAge />
        ),
    },
    ...(hasEpochs
      ? [
          {
            id: 'epoch',
            header: 'Epoch',
            align: 'right' as const,
            rank: 2 as const,
            cell: (member: MemberRow) =>
              member.epoch === null ? (
                <span className="text-ink-3">Classic</span>
              ) : (
                <>
                  {member.epoch}
                  {group.epoch !== null && member.epoch !== group.epoch ? (
                    <span className="u">of {group.epoch}</span>
                  ) : null}
                </>
              ),
          },
        ]
      : []),
    {
      id: 'host',
      header: 'Host',
      sort: 'asc',
      rank: 2,
      cell: (member) => (
        <span className="text-ink-2">
          {member.host.replace(/^\//, '')}
          {member.rack ? <span className="text-ink-3">, rack {member.rack}</span> : null}
        </span>
      ),
    },
    {
      id: 'id',
      header: 'Member id',
      isOptional: true,
      cell: (member) => <span className="name text-ink-3">{member.memberId}</span>,
    },
  ];
}

/** Partitions by topic, tasks of a streams member, and below them where a member is being moved to. */
function Owned({
  clusterId,
  member,
  isTopicNamed,
}: {
  clusterId: string;
  member: MemberRow;
  isTopicNamed: boolean;
}) {
  const tasks = member.tasks
    ? (['active', 'standby', 'warmUp'] as const).flatMap((role) =>
        member.tasks?.[role].length
          ? [
              `${role === 'warmUp' ? 'warming up' : role} ${member.tasks[role].map((part) => `${part.subtopology}: ${partitionRanges(part.partitions)}`).join('; ')}`,
            ]
          : [],
      )
    : [];
  return (
    <>
      {member.assigned.length === 0 && tasks.length === 0 ? (
        <span className="text-ink-3">Nothing</span>
      ) : null}
      {member.assigned.map(({ topic, partitions }) => (
        <div key={topic}>
          {isTopicNamed ? (
            <Link className="name" href={paths.topic(clusterId, topic)}>
              {topic}
            </Link>
          ) : null}{' '}
          {partitionRanges(partitions)}
        </div>
      ))}
      {tasks.map((words) => (
        <div key={words} className="text-ink-2">
          {words}
        </div>
      ))}
      {member.target ? (
        <div className="text-xs text-ink-3">moving to {assignmentWords(member.target, isTopicNamed)}</div>
      ) : null}
    </>
  );
}
