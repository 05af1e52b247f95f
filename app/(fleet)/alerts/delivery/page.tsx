import type { Metadata } from 'next';
import { ProblemNotice } from '#components/feedback/problem-notice.tsx';
import { allows } from '#lib/model/permission.ts';
import { ask, viewerOfPage } from '#lib/operations/ask.ts';
import { inputOfPage } from '#lib/operations/page-input.ts';
import { listChannels } from '#lib/services/channel/list-channels.ts';
import { listClusters } from '#lib/services/cluster/list-clusters.ts';
import { listNotices } from '#lib/services/notice/list-notices.ts';
import { listRoutes } from '#lib/services/route/list-routes.ts';
import { AlertsPage } from '../alerts-page.tsx';
import { DeliveryView } from './delivery-view.tsx';

export const metadata: Metadata = { title: 'Delivery of alerts' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DeliveryPage({ searchParams }: Props) {
  const search = inputOfPage(await searchParams, ['state', 'channelId', 'page']);
  const [viewer, channels, routes, notices, clusters] = await Promise.all([
    viewerOfPage(),
    ask(listChannels, {}),
    ask(listRoutes, {}),
    ask(listNotices, search),
    ask(listClusters, {}),
  ]);
  const problem = [channels, routes, notices].find((one) => !one.ok);
  return (
    <AlertsPage face="delivery" viewer={viewer}>
      {channels.ok && routes.ok && notices.ok ? (
        <DeliveryView
          channels={channels.value}
          routes={routes.value}
          notices={notices.value}
          clusters={clusters.ok ? clusters.value.rows.map(({ id, name }) => ({ id, name })) : []}
          can={{
            channels: allows(viewer.role, 'channel:update'),
            routes: allows(viewer.role, 'alert:update'),
          }}
        />
      ) : problem && !problem.ok ? (
        <ProblemNotice problem={problem.problem} />
      ) : null}
    </AlertsPage>
  );
}
