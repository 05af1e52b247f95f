'use client';

import { useParams, useSelectedLayoutSegment } from 'next/navigation';
import type { ReactNode } from 'react';
import { CompareChoice } from '#components/charts/compare-choice.tsx';
import { defaultRange } from '#components/charts/range.ts';
import { useCompare } from '#components/charts/use-compare.ts';
import { useRange } from '#components/charts/use-range.ts';
import { Page } from '#components/shell/bar.tsx';
import { PageHead } from '#components/ui/section.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { paths } from '#lib/paths.ts';

const faces = {
  cluster: 'Cluster',
  brokers: 'Brokers',
  connectors: 'Connectors',
  explore: 'Explore',
} as const;
type Face = keyof typeof faces;

/** The head of all pages of metrics. Range and comparison go along from one to the next. */
export function MetricsFrame({
  clusterId,
  clusterName,
  children,
}: {
  clusterId: string;
  clusterName: string;
  children: ReactNode;
}) {
  const face = (useSelectedLayoutSegment() ?? 'cluster') as Face;
  const { connector } = useParams<{ connector?: string }>();
  const [range] = useRange();
  const [compare] = useCompare();
  const search = { range: range.text === defaultRange ? null : range.text, compare };
  const hrefs: Record<Face, string> = {
    cluster: paths.metrics(clusterId, search),
    brokers: paths.metricsOfBrokers(clusterId, search),
    connectors: paths.metricsOfConnectors(clusterId, search),
    explore: paths.exploreMetrics(clusterId, search),
  };
  const isTop = face === 'cluster';
  return (
    <Page
      crumbs={[
        { label: clusterName, href: paths.overview(clusterId) },
        { label: 'Metrics', ...(isTop ? {} : { href: hrefs.cluster }) },
        ...(isTop ? [] : [{ label: faces[face] ?? 'Metrics', href: hrefs[face] }]),
        ...(connector ? [{ label: decodeURIComponent(connector), isName: true }] : []),
      ]}
      hasRange
    >
      <PageHead
        title="Metrics"
        facts={['One cursor through every chart; drag to choose a range; hatched where nothing was sampled']}
        actions={face === 'explore' ? null : <CompareChoice />}
      />
      <Tabs
        label="Metrics of the cluster"
        tabs={(Object.keys(faces) as Face[]).map((each) => ({
          href: hrefs[each],
          label: faces[each],
          isCurrent: each === face,
        }))}
      />
      {children}
    </Page>
  );
}
