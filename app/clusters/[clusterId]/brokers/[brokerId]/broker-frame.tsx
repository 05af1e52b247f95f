'use client';

import { useSelectedLayoutSegment } from 'next/navigation';
import type { ReactNode } from 'react';
import { Page } from '#components/shell/bar.tsx';
import { paths } from '#lib/paths.ts';

/** The way to a broker, and to its metrics. */
export function BrokerFrame({
  clusterId,
  brokerId,
  children,
}: {
  clusterId: string;
  brokerId: string;
  children: ReactNode;
}) {
  const isMetrics = useSelectedLayoutSegment() === 'metrics';
  const label = `Broker ${brokerId}`;
  return (
    <Page
      crumbs={[
        { label: clusterId, href: paths.overview(clusterId), isName: true },
        { label: 'Brokers', href: paths.brokers(clusterId) },
        ...(isMetrics
          ? [{ label, href: paths.broker(clusterId, Number(brokerId)) }, { label: 'Metrics' }]
          : [{ label }]),
      ]}
      hasRange
    >
      {children}
    </Page>
  );
}
