'use client';

import Link from 'next/link';
import { MetricChart } from '#components/charts/metric-chart.tsx';
import { ConfigTable } from '#components/config/config-table.tsx';
import { PartialLine, StaleLine } from '#components/feedback/faces.tsx';
import { Mark } from '#components/ui/mark.tsx';
import { Bank, type Gauge, Gauges } from '#components/ui/section.tsx';
import { Bytes, Count, Percent } from '#components/values/numbers.tsx';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import { formatCount } from '#lib/format.ts';
import type { BrokerDetail } from '#lib/model/broker.ts';
import type { Environment } from '#lib/model/cluster.ts';
import { apiPath, paths } from '#lib/paths.ts';
import { BrokerConfigPlan } from './broker-config-plan.tsx';
import { BrokerHead } from './broker-head.tsx';
import { AskedTable, LargestTopics, LogDirs } from './broker-tables.tsx';

export type BrokerCluster = { id: string; name: string; environment: Environment };

/** One broker: what it leads and holds, its log dirs, its config, and what Millrace asks of it. */
export function BrokerView({
  cluster,
  initial,
  whyNot,
}: {
  cluster: BrokerCluster;
  initial: BrokerDetail;
  whyNot: string | null;
}) {
  const live = useLiveQuery<BrokerDetail>({
    clusterId: cluster.id,
    url: apiPath('/clusters/[clusterId]/brokers/[brokerId]', { clusterId: cluster.id, brokerId: initial.id }),
    initial,
  });
  const broker = live.data ?? initial;
  const isDown = broker.state === 'critical';
  return (
    <>
      <BrokerHead clusterId={cluster.id} broker={broker} face="overview" />
      {live.problem && broker.asOf ? <StaleLine seenAt={broker.asOf} onReconnect={live.refetch} /> : null}
      <PartialLine missing={broker.missing} />
      <Gauges gauges={gaugesOf(broker)} />
      <div className="grid gap-x-8 desk:grid-cols-2">
        <Bank
          title="Traffic"
          note="to the partitions it leads"
          end={<Link href={paths.brokerMetrics(cluster.id, broker.id)}>Open metrics</Link>}
          isPadded
        >
          <MetricChart
            clusterId={cluster.id}
            title="Bytes in"
            lines={[{ kind: 'broker.bytes-in', name: String(broker.id), label: 'Bytes in' }]}
          />
        </Bank>
        <LogDirs dirs={broker.logDirs} />
        <LargestTopics clusterId={cluster.id} broker={broker} />
        <AskedTable broker={broker} />
      </div>
      <Bank title="Config" note="read from this broker now" isPadded>
        {isDown ? (
          <p className="py-2 text-ink-3">Only the broker itself knows its config, and it does not answer.</p>
        ) : (
          <ConfigTable
            clusterId={cluster.id}
            caption={`Config of broker ${broker.id}`}
            url={apiPath('/clusters/[clusterId]/brokers/[brokerId]/configs', {
              clusterId: cluster.id,
              brokerId: broker.id,
            })}
            ownSource="broker-dynamic"
            whyNot={whyNot}
            plan={(planned) => <BrokerConfigPlan cluster={cluster} brokerId={broker.id} {...planned} />}
          />
        )}
      </Bank>
    </>
  );
}

function gaugesOf(broker: BrokerDetail): Gauge[] {
  const missing = broker.replicas - broker.replicasInSync;
  const used =
    broker.volumeTotalBytes && broker.volumeFreeBytes !== null
      ? 1 - broker.volumeFreeBytes / broker.volumeTotalBytes
      : null;
  return [
    {
      label: 'Leaders',
      value: <Count value={broker.leaders} />,
      note: broker.leaderSkew === null ? '' : skewWords(broker.leaderSkew),
    },
    { label: 'Replicas', value: <Count value={broker.replicas} /> },
    {
      label: 'Out of sync',
      value: <Count value={missing} />,
      ...(missing > 0
        ? { mark: <Mark name={broker.state === 'critical' ? 'explained' : 'warning'} word="warning" /> }
        : {}),
    },
    { label: 'Bytes in', value: <Bytes value={broker.bytesInPerSecond} isRate />, note: 'to leaders' },
    { label: 'Logs', value: <Bytes value={broker.sizeBytes} /> },
    { label: 'Disk used', value: used === null ? 'Not told' : <Percent share={used} /> },
    {
      label: 'Disk free',
      value: broker.volumeFreeBytes === null ? 'Not told' : <Bytes value={broker.volumeFreeBytes} />,
    },
  ];
}

function skewWords(skew: number): string {
  const percent = Math.round(skew * 100);
  return percent === 0
    ? 'an even share'
    : `${percent > 0 ? '+' : '−'}${formatCount(Math.abs(percent))}% of an even share`;
}
