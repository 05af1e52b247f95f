import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { readBroker } from '#lib/services/broker/read-broker.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { BrokerView } from './broker-view.tsx';

type Props = { params: Promise<{ clusterId: string; brokerId: string }> };

export default async function BrokerPage({ params }: Props) {
  const { clusterId, brokerId } = await params;
  const [viewer, broker, clusters] = await Promise.all([
    viewerOfPage(),
    ask(readBroker, { clusterId, brokerId }),
    ask(listClusters, {}),
  ]);
  const card = clusters.ok ? clusters.value.rows.find((row) => row.id === clusterId) : undefined;
  const whyNot = card?.isReadOnly
    ? 'The cluster is read-only.'
    : allows(viewer.role, 'broker:configure')
      ? null
      : 'Only an operator can change it.';
  return broker.ok ? (
    <BrokerView
      cluster={{
        id: clusterId,
        name: card?.name ?? clusterId,
        environment: card?.environment ?? 'production',
      }}
      initial={broker.value}
      whyNot={whyNot}
    />
  ) : (
    <ProblemNotice isPage problem={broker.problem} />
  );
}
