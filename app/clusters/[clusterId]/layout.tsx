import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { ClusterConsole } from '#components/shell/console.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { ChartActs } from './chart-acts.tsx';

export default async function ClusterLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ clusterId: string }>;
}) {
  const { clusterId } = await params;
  const [{ name, email, role }, clusters] = await Promise.all([viewerOfPage(), ask(listClusters, {})]);
  const rows = clusters.ok ? clusters.value.rows : [];
  const cluster = rows.find((row) => row.id === clusterId);
  if (!cluster) notFound();
  return (
    <ClusterConsole
      clusters={rows}
      cluster={cluster}
      viewer={{ name, email, role }}
      everyMs={cluster.everyMs}
    >
      <ChartActs
        may={{
          pin: allows(role, 'board:update'),
          alert: allows(role, 'alert:update'),
          connect: allows(role, 'cluster:update'),
        }}
      >
        {children}
      </ChartActs>
    </ClusterConsole>
  );
}
