'use client';

import Link from 'next/link';
import { BrokersTable } from '#components/broker/brokers-table.tsx';
import { PartialLine, StaleLine } from '#components/feedback/faces.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Bank, type Gauge, Gauges, PageHead } from '#components/ui/section.tsx';
import { Bytes, Count, Rate } from '#components/values/numbers.tsx';
import { Age, ClockTime } from '#components/values/time.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount } from '#lib/format.ts';
import type { Overview } from '#lib/model/overview.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { FindingsTable } from './findings-table.tsx';
import { OverviewCharts } from './overview-charts.tsx';
import { QuorumTable } from './quorum-table.tsx';
import { WorstGroups } from './worst-groups.tsx';

/** The overview of one cluster, live: what is wrong, the numbers, the last hour, brokers, groups. */
export function OverviewView({ clusterId, initial }: { clusterId: string; initial: Overview }) {
  const live = useLiveQuery<Overview>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/overview', { clusterId }),
    initial,
  });
  const overview = live.data ?? initial;
  const worst = overview.findings[0];
  return (
    <>
      <PageHead kind="verdict" title={overview.verdict} facts={factsOf(overview)} />
      {live.problem && overview.asOf ? <StaleLine seenAt={overview.asOf} onReconnect={live.refetch} /> : null}
      <PartialLine missing={overview.missing} />
      {worst ? (
        <Bank title="Findings" note={`${overview.findings.length} open, worst first`}>
          <FindingsTable findings={overview.findings} />
        </Bank>
      ) : null}
      <Gauges gauges={gaugesOf(overview)} />
      <OverviewCharts clusterId={clusterId} changes={overview.changes} />
      <Bank
        title="Brokers"
        note={`${overview.brokersUp} of ${overview.brokersKnown} answer`}
        end={<Link href={paths.brokers(clusterId)}>Open all {overview.brokersKnown}</Link>}
      >
        <BrokersTable clusterId={clusterId} caption="Brokers of the cluster" rows={overview.brokers} />
      </Bank>
      <Bank
        title="Groups furthest behind"
        note={
          overview.groups === null
            ? 'not known'
            : `${Math.min(5, overview.worstGroups.length)} of ${formatCount(overview.groups)}, by records`
        }
        end={<Link href={paths.groups(clusterId)}>Open all {overview.groups ?? ''}</Link>}
      >
        <WorstGroups clusterId={clusterId} rows={overview.worstGroups} groups={overview.groups} />
      </Bank>
      <QuorumTable overview={overview} />
    </>
  );
}

function factsOf(overview: Overview) {
  const critical = overview.findings.filter((finding) => finding.severity === 'critical').length;
  const warnings = overview.findings.length - critical;
  const [first] = overview.findings;
  return [
    first?.since ? (
      <span key="since">
        Since <ClockTime at={first.since} />, <Age since={first.since} /> ago
      </span>
    ) : null,
    critical > 0 ? `${critical} critical` : null,
    warnings > 0 ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : null,
    overview.kafkaVersion ? `Kafka ${overview.kafkaVersion}` : null,
    overview.kafkaClusterId ? (
      <span key="id">
        Cluster id <span className="name">{overview.kafkaClusterId}</span>
      </span>
    ) : null,
    overview.topics === null
      ? null
      : `${formatCount(overview.topics)} topics, ${formatCount(overview.partitions ?? 0)} partitions`,
  ];
}

/** A number that is trouble when it is not zero. */
const trouble = (label: string, value: number | null, mark: 'critical' | 'warning' | 'explained'): Gauge => ({
  label,
  value: <Count value={value} />,
  ...(value ? { mark: <Mark name={mark} word={mark} /> } : {}),
});

function gaugesOf(overview: Overview): Gauge[] {
  const down = overview.brokersKnown - overview.brokersUp;
  return [
    {
      label: 'Brokers',
      value: <Count value={overview.brokersUp} />,
      note: `of ${overview.brokersKnown}`,
      ...(down > 0 ? { mark: <Mark name="critical" word="critical" /> } : {}),
    },
    ...(overview.quorum
      ? [{ label: 'Quorum', value: String(overview.quorum.voters.length), note: 'voters' }]
      : []),
    ...(overview.controller
      ? [
          {
            label: 'Controller',
            value: String(overview.controller.id),
            note: overview.controller.epoch === null ? '' : `epoch ${overview.controller.epoch}`,
          },
        ]
      : []),
    trouble('Offline', overview.offline, 'critical'),
    trouble('Under min ISR', overview.underMinIsr, 'critical'),
    trouble('Under-replicated', overview.underReplicated, down > 0 ? 'explained' : 'warning'),
    { label: 'Bytes in', value: <Bytes value={overview.bytesInPerSecond} isRate /> },
    { label: 'Bytes out', value: <Bytes value={overview.bytesOutPerSecond} isRate /> },
    { label: 'Records in', value: <Rate value={overview.recordsPerSecond} isShort /> },
    { label: 'Records out', value: <Rate value={overview.recordsOutPerSecond} isShort /> },
    { label: 'On disk', value: <Bytes value={overview.sizeBytes} />, note: 'leaders' },
  ];
}
