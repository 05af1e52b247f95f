'use client';

import { PartialLine, StaleLine } from '#components/feedback/faces.tsx';
import { groupMark } from '#components/group/group-state.tsx';
import { kindWords } from '#components/group/groups-table.tsx';
import { Bank, Gauges, PageHead } from '#components/ui/section.tsx';
import { Count } from '#components/values/numbers.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount, formatCountOf } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import { apiPath } from '#lib/paths.ts';
import { LagChart } from './lag-chart.tsx';
import { MembersTable } from './members-table.tsx';
import { PartitionsTable } from './partitions-table.tsx';

/** One group: its lag by partition, its members and what they own, and the lag over time. */
export function GroupView({ clusterId, initial }: { clusterId: string; initial: GroupDetail }) {
  const live = useLiveQuery<GroupDetail>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/groups/[groupId]', { clusterId, groupId: initial.groupId }),
    initial,
  });
  const group = live.data ?? initial;
  const topics = new Set(group.partitions.map((row) => row.topic));
  return (
    <>
      <PageHead
        kind="name"
        title={group.groupId}
        facts={[
          groupMark(group),
          kindWords[group.type],
          group.protocolType && group.protocolType !== 'consumer' ? `used by ${group.protocolType}` : null,
          group.members === null ? 'Members not known' : formatCountOf(group.members, 'member', 'members'),
          group.protocol ? `assigned by ${group.protocol}` : null,
          group.coordinator === null ? null : `Coordinator broker ${group.coordinator}`,
        ]}
      />
      {live.problem && group.asOf ? <StaleLine seenAt={group.asOf} onReconnect={live.refetch} /> : null}
      <PartialLine missing={group.missing} />
      <Gauges
        gauges={[
          {
            label: 'Lag',
            value: <Count value={group.lagMessages} />,
            note: group.unknownPartitions > 0 ? 'records at least' : 'records',
          },
          group.worst
            ? {
                label: 'Worst partition',
                value: <Count value={group.worst.lagMessages} />,
                note: `${group.worst.topic} ${group.worst.partition}`,
              }
            : { label: 'Worst partition', value: 'None' },
          { label: 'Topics', value: String(topics.size) },
          { label: 'Partitions', value: formatCount(group.partitions.length) },
          { label: 'Members', value: <Count value={group.members} /> },
          ...(group.epoch === null ? [] : [{ label: 'Group epoch', value: String(group.epoch) }]),
          ...(group.assignmentEpoch === null
            ? []
            : [{ label: 'Assignment epoch', value: String(group.assignmentEpoch) }]),
        ]}
      />
      <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
        <Bank
          isPadded
          title="Partitions"
          note={
            topics.size === 1
              ? `${[...topics][0]}, worst first`
              : `${formatCountOf(topics.size, 'topic', 'topics')}, worst first`
          }
        >
          <PartitionsTable clusterId={clusterId} group={group} />
        </Bank>
        <div className="min-w-0">
          <LagChart clusterId={clusterId} groupId={group.groupId} />
          <Bank title="Members" note={membersNote(group)}>
            <MembersTable group={group} />
          </Bank>
        </div>
      </div>
    </>
  );
}

function membersNote(group: GroupDetail): string {
  if (group.members === null) return 'not known now';
  if (group.members === 0) return 'none: nobody reads';
  return group.members === 1 ? '1, alive' : `${group.members}, all alive`;
}
