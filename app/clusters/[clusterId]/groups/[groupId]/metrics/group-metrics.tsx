'use client';

import { CompareChoice } from '#components/charts/compare-choice.tsx';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { Bank } from '#components/ui/section.tsx';
import type { GroupDetail } from '#lib/model/group.ts';
import { useGroup } from '../use-group.ts';
import { PartitionHeat } from './partition-heat.tsx';

/** The numbers of a group over time, with one cursor through all of them. */
export function GroupMetrics({ clusterId, initial }: { clusterId: string; initial: GroupDetail }) {
  const group = useGroup(clusterId, initial.groupId, initial).data ?? initial;
  const name = group.groupId;
  const chart = (title: string, lines: React.ComponentProps<typeof MetricChart>['lines']) => (
    <MetricChart clusterId={clusterId} title={title} lines={lines} />
  );
  return (
    <>
      <div className="tools mt-3.5">
        <CompareChoice />
      </div>
      <Bank title="Lag" note="one cursor through every chart; hatched where nothing was sampled" isPadded>
        <div className="grid gap-x-8 gap-y-4 desk:grid-cols-2">
          {chart('Lag', [{ kind: 'group.lag', name, label: 'Lag' }])}
          {chart('Lag in time', [{ kind: 'group.lag-time', name, label: 'Lag in time' }])}
          {chart('Written and read', [
            { kind: 'group.records-in', name, label: 'Written to what it reads' },
            { kind: 'group.records-out', name, label: 'Read' },
          ])}
          {chart('Time until unread records are deleted', [
            { kind: 'group.loss-clock', name, label: 'Data-loss clock' },
          ])}
        </div>
      </Bank>
      <PartitionHeat clusterId={clusterId} group={group} />
      <Bank title="The group" isPadded>
        <div className="grid gap-x-8 gap-y-4 desk:grid-cols-2">
          {chart('State', [{ kind: 'group.state', name, label: 'State' }])}
          {chart('Members', [{ kind: 'group.members', name, label: 'Members' }])}
          {chart('Rebalances in ten minutes', [{ kind: 'group.rebalances', name, label: 'Rebalances' }])}
          {chart('Records deleted unread', [{ kind: 'group.lost', name, label: 'Deleted unread' }])}
        </div>
      </Bank>
    </>
  );
}
