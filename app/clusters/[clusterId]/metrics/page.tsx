import { ClusterMetrics } from './cluster-metrics.tsx';

export default async function MetricsPage({ params }: { params: Promise<{ clusterId: string }> }) {
  return <ClusterMetrics clusterId={(await params).clusterId} />;
}
