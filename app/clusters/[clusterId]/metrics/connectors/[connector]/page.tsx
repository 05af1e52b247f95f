import { ConnectorMetrics } from './connector-metrics.tsx';

type Props = { params: Promise<{ clusterId: string; connector: string }> };

export default async function ConnectorMetricsPage({ params }: Props) {
  const { clusterId, connector } = await params;
  return <ConnectorMetrics clusterId={clusterId} connector={decodeURIComponent(connector)} />;
}
