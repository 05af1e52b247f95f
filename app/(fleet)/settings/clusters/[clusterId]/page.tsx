import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { readCluster } from '#lib/services/cluster/read-cluster.ts';
import { SettingsPage } from '../../settings-page.tsx';
import { ClusterForm } from '../cluster-form.tsx';
import { RemoveCluster } from './remove-cluster.tsx';

export const metadata: Metadata = { title: 'Cluster' };

export default async function ClusterSettingsPage({ params }: { params: Promise<{ clusterId: string }> }) {
  const { clusterId } = await params;
  const [viewer, cluster] = await Promise.all([viewerOfPage(), ask(readCluster, { clusterId })]);
  return (
    <SettingsPage
      face="clusters"
      viewer={viewer}
      crumb={{ label: cluster.ok ? cluster.value.name : clusterId }}
    >
      {cluster.ok ? (
        <>
          {cluster.value.source === 'file' ? (
            <Notice tone="note" title="Defined by the cluster file.">
              It is read when the server starts; change it there. The connection can be tested here.
            </Notice>
          ) : null}
          <ClusterForm cluster={cluster.value} />
          {cluster.value.source === 'ui' ? (
            <RemoveCluster
              id={cluster.value.id}
              name={cluster.value.name}
              environment={cluster.value.environment}
            />
          ) : null}
        </>
      ) : (
        <ProblemNotice problem={cluster.problem} />
      )}
    </SettingsPage>
  );
}
