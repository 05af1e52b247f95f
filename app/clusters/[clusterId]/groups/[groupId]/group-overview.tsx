'use client';

import Link from 'next/link';
import { isWorkerGroup } from '#components/group/group-kind.ts';
import { worstPartition } from '#components/group/worst-partition.ts';
import { Bank } from '#components/ui/section.tsx';
import { formatCountOf } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import { paths } from '#lib/paths.ts';
import type { GroupsViewer } from '../groups-viewer.ts';
import { ConnectPanel } from './connect-panel.tsx';
import { EarlierResets } from './earlier-resets.tsx';
import { GroupGauges } from './group-gauges.tsx';
import { LossSection } from './loss-section.tsx';
import { MembersPanel } from './members-panel.tsx';
import { PartitionsTable } from './partitions-table.tsx';
import { RetentionChart } from './retention-chart.tsx';
import { RebalancesPanel, StandingPanel } from './standing-panel.tsx';
import { SubtopologiesTable } from './subtopologies-table.tsx';
import { useGroup } from './use-group.ts';

/** A group at a glance: whether data will be lost, its numbers, its partitions worst first, and how it came there. */
export function GroupOverview({ viewer, initial }: { viewer: GroupsViewer; initial: GroupDetail }) {
  const { clusterId } = viewer;
  const live = useGroup(clusterId, initial.groupId, initial);
  const group = live.data ?? initial;
  if (isWorkerGroup(group)) return <ConnectPanel group={group} />;
  const worst = worstPartition(group.partitions);
  const topics = [...new Set(group.partitions.map(({ topic }) => topic))];
  const hasLag = group.lag !== null && worst !== null;
  return (
    <>
      {hasLag ? <LossSection viewer={viewer} group={group} row={worst} /> : null}
      <GroupGauges clusterId={clusterId} group={group} />
      <div className="grid gap-x-8 wide:grid-cols-[minmax(0,1fr)_336px]">
        <div className="min-w-0">
          <Bank
            title="Partitions"
            note={
              topics.length === 1 ? (
                <>
                  <span className="name">{topics[0]}</span>, worst first
                </>
              ) : topics.length === 0 ? undefined : (
                `${formatCountOf(group.partitions.length, 'partition', 'partitions')} of ${topics.length} topics, worst first`
              )
            }
            end={
              group.memberList.length > 0 ? (
                <Link href={paths.groupMembers(clusterId, group.groupId)}>By member</Link>
              ) : null
            }
            isPadded={group.partitions.length > 8}
          >
            <PartitionsTable viewer={viewer} group={group} />
          </Bank>
          {group.subtopologies && group.subtopologies.length > 0 ? (
            <SubtopologiesTable clusterId={clusterId} group={group} />
          ) : null}
        </div>
        <div className="min-w-0">
          {hasLag ? <RetentionChart clusterId={clusterId} group={group} row={worst} /> : null}
          <MembersPanel clusterId={clusterId} group={group} />
          {hasLag ? <StandingPanel viewer={viewer} group={group} /> : null}
          <RebalancesPanel group={group} />
          <EarlierResets viewer={viewer} groupId={group.groupId} onChanged={live.refetch} />
        </div>
      </div>
    </>
  );
}
