import { ConnectorsMetrics } from './connectors-metrics.tsx';

export default async function ConnectorsMetricsPage({ params }: { params: Promise<{ clusterId: string }> }) {
  return <ConnectorsMetrics clusterId={(await params).clusterId} />;
}
