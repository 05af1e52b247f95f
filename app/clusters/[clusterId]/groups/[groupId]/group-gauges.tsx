'use client';

import { catchUpWords } from '#components/group/lag-words.ts';
import { worstPartition } from '#components/group/worst-partition.ts';
import { Mark, type MarkName } from '#components/ui/mark.tsx';
import { Unknown } from '#components/ui/quantity.tsx';
import { type Gauge, Gauges } from '#components/ui/section.tsx';
import { useZone } from '#components/values/clock.tsx';
import { Count, Rate } from '#components/values/numbers.tsx';
import { formatChange, formatDuration, formatRate, formatTime } from '#lib/format.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import type { GroupLag } from '#lib/model/lag.ts';
import { lagStateFaces } from '#lib/model/lag.ts';
import { useBestRate } from './use-best-rate.ts';

/** The numbers of a group as one ruled line. */
export function GroupGauges({ clusterId, group }: { clusterId: string; group: GroupDetail }) {
  const zone = useZone();
  const { lag } = group;
  const isStuck = lag !== null && lag.catchUp.kind === 'never';
  const best = useBestRate(clusterId, group.groupId, isStuck);
  if (lag === null) return <Gauges gauges={gaugesWithoutLag(group)} />;
  const gauges = gaugesOf(group, lag);
  // What it would take once whatever holds it lets go, at a speed that it has had.
  const gain = best === null ? 0 : best.perSecond - (lag.producedPerSecond ?? 0);
  if (isStuck && best !== null && gain > 0 && lag.lagMessages !== null)
    gauges.splice(-1, 0, {
      label: 'If freed now',
      value: formatDuration(Math.ceil(Number(lag.lagMessages) / gain) * 1000),
      note: `at ${formatRate(best.perSecond)}/s, seen ${formatTime(best.at, zone, 'min')}`,
    });
  return <Gauges gauges={gauges} />;
}

function gaugesOf(group: GroupDetail, lag: GroupLag): Gauge[] {
  const face = lagStateFaces[lag.state].mark;
  const isLate = lag.state === 'stalled' || lag.state === 'falling-behind';
  const trouble: MarkName | null = isLate && (face === 'critical' || face === 'warning') ? face : null;
  const mark = trouble ? <Mark name={trouble} word={trouble} /> : undefined;
  const slowest = lag.slowest ?? worstPartition(group.partitions);
  const gap =
    lag.producedPerSecond === null || lag.consumedPerSecond === null
      ? null
      : lag.producedPerSecond - lag.consumedPerSecond;
  return [
    {
      label: 'Lag',
      value: <Count value={lag.lagMessages} />,
      note: group.unknownPartitions > 0 ? 'records at least' : 'records',
      mark,
    },
    {
      label: 'Lag in time',
      value:
        lag.lagMs === null ? (
          <Unknown />
        ) : lag.lagMs === 0 ? (
          <span className="nil">0</span>
        ) : (
          formatDuration(lag.lagMs)
        ),
      note: lag.lagMs && slowest ? `worst, partition ${slowest.partition}` : undefined,
      mark,
    },
    ...(lag.loss.kind === 'lost'
      ? [
          {
            label: 'Deleted unread',
            value: <Count value={lag.loss.records} />,
            note: 'records',
            mark: <Mark name="critical" word="critical" />,
          },
        ]
      : []),
    { label: 'Produced', value: <Rate value={lag.producedPerSecond} />, note: '/s' },
    { label: 'Read', value: <Rate value={lag.consumedPerSecond} />, note: '/s' },
    {
      label: 'Gap',
      value: gap === null ? <Unknown /> : changeOf(gap),
      note: '/s',
    },
    { label: 'Caught up', value: catchUpWords(lag.catchUp) },
    {
      label: 'Rebalances',
      value: <Count value={lag.rebalances} />,
      note: lag.rebalances === null ? undefined : 'in 10 min',
      mark: (lag.rebalances ?? 0) >= 3 ? <Mark name="warning" word="warning" /> : undefined,
    },
  ];
}

/** `+62`, `−4.2`, `0`: what is written over what is read. */
function changeOf(perSecond: number): string {
  if (Math.abs(perSecond) < 0.05) return '0';
  return Math.abs(perSecond) < 99.95
    ? `${perSecond > 0 ? '+' : ''}${formatRate(perSecond)}`
    : formatChange(Math.round(perSecond));
}

function gaugesWithoutLag(group: GroupDetail): Gauge[] {
  return [
    group.partitions.length === 0
      ? { label: 'Lag', value: 'No positions yet' }
      : { label: 'Lag', value: <Count value={group.lagMessages} />, note: 'records' },
    { label: 'Partitions', value: <Count value={group.partitions.length} /> },
    { label: 'Members', value: <Count value={group.members} /> },
  ];
}
