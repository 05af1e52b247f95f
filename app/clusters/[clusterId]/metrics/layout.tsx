import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { MetricsFrame } from './metrics-frame.tsx';
import { clusterName } from './metrics-viewer.ts';

export const metadata: Metadata = { title: 'Metrics' };

export default async function MetricsLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ clusterId: string }>;
}) {
  const { clusterId } = await params;
  return (
    <MetricsFrame clusterId={clusterId} clusterName={await clusterName(clusterId)}>
      {children}
    </MetricsFrame>
  );
}
