import { ExploreView } from './explore-view.tsx';

export default async function ExploreMetricsPage({ params }: { params: Promise<{ clusterId: string }> }) {
  return <ExploreView clusterId={(await params).clusterId} />;
}
