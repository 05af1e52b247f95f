import type { ReactNode } from 'react';
import { FleetConsole } from '#components/shell/console.tsx';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';

export default async function FleetLayout({ children }: { children: ReactNode }) {
  const [{ name, email, role }, clusters] = await Promise.all([viewerOfPage(), ask(listClusters, {})]);
  return (
    <FleetConsole clusters={clusters.ok ? clusters.value.rows : []} viewer={{ name, email, role }}>
      {children}
    </FleetConsole>
  );
}
