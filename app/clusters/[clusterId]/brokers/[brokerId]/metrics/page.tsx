import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { ask } from '#lib/operations/ask.ts';
import { readBroker } from '#lib/services/broker/read-broker.ts';
import { BrokerMetrics } from './broker-metrics.tsx';

type Props = { params: Promise<{ clusterId: string; brokerId: string }> };

export default async function BrokerMetricsPage({ params }: Props) {
  const { clusterId, brokerId } = await params;
  const broker = await ask(readBroker, { clusterId, brokerId });
  return broker.ok ? (
    <BrokerMetrics clusterId={clusterId} initial={broker.value} />
  ) : (
    <ProblemNotice isPage problem={broker.problem} />
  );
}
