import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { listSilences } from '#lib/services/silence/list-silences.ts';
import { AlertsPage } from '../alerts-page.tsx';
import { SilencesView } from './silences-view.tsx';

export const metadata: Metadata = { title: 'Silences' };

export default async function SilencesPage() {
  const [viewer, silences, clusters] = await Promise.all([
    viewerOfPage(),
    ask(listSilences, {}),
    ask(listClusters, {}),
  ]);
  return (
    <AlertsPage face="silences" viewer={viewer}>
      {silences.ok ? (
        <SilencesView
          initial={silences.value}
          clusters={clusters.ok ? clusters.value.rows.map(({ id, name }) => ({ id, name })) : []}
          maySilence={allows(viewer.role, 'alert:silence')}
        />
      ) : (
        <ProblemNotice problem={silences.problem} />
      )}
    </AlertsPage>
  );
}
