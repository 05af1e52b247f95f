import { BrokersMetrics } from './brokers-metrics.tsx';

export default async function BrokersMetricsPage({ params }: { params: Promise<{ clusterId: string }> }) {
  return <BrokersMetrics clusterId={(await params).clusterId} />;
}
