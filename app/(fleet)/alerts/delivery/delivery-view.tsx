'use client';

import { useState } from 'react';
import { useLiveQuery } from '#lib/client/use-live-query.ts';
import type { AlertChannel } from '#lib/model/alert-channel.ts';
import type { AlertNotice } from '#lib/model/alert-notice.ts';
import type { AlertRoute } from '#lib/model/alert-route.ts';
import type { Listing } from '#lib/model/listing.ts';
import { apiPath } from '#lib/paths.ts';
import type { Clusters } from '../match-fields.tsx';
import { ChannelSheet } from './channel-sheet.tsx';
import { ChannelsTable } from './channels-table.tsx';
import { NoticesTable } from './notices-table.tsx';
import { RouteSheet } from './route-sheet.tsx';
import { RoutesTable } from './routes-table.tsx';

type Props = {
  channels: { rows: AlertChannel[] };
  routes: { rows: AlertRoute[] };
  notices: Listing<AlertNotice>;
  clusters: Clusters;
  can: { channels: boolean; routes: boolean };
};

/** Who is told of alerts, over what, and how that went. */
export function DeliveryView({ channels, routes, notices, clusters, can }: Props) {
  const liveChannels = useLiveQuery<{ rows: AlertChannel[] }>({
    clusterId: null,
    url: apiPath('/alerts/channels', {}),
    initial: channels,
  });
  const liveRoutes = useLiveQuery<{ rows: AlertRoute[] }>({
    clusterId: null,
    url: apiPath('/alerts/routes', {}),
    initial: routes,
  });
  const [channel, setChannel] = useState<AlertChannel | 'new' | null>(null);
  const [route, setRoute] = useState<AlertRoute | 'new' | null>(null);
  const channelRows = liveChannels.data?.rows ?? channels.rows;
  const routeRows = liveRoutes.data?.rows ?? routes.rows;
  return (
    <div className="grid gap-[22px]">
      <RoutesTable
        rows={routeRows}
        channels={channelRows}
        clusters={clusters}
        mayChange={can.routes}
        onOpen={setRoute}
        onChanged={liveRoutes.refetch}
        problem={liveRoutes.problem ?? null}
      />
      <ChannelsTable
        rows={channelRows}
        mayChange={can.channels}
        onOpen={setChannel}
        onChanged={liveChannels.refetch}
        problem={liveChannels.problem ?? null}
      />
      <NoticesTable initial={notices} channels={channelRows} mayRetry={can.routes} />
      <ChannelSheet channel={channel} onClose={() => setChannel(null)} onDone={liveChannels.refetch} />
      <RouteSheet
        route={route}
        routes={routeRows}
        channels={channelRows}
        clusters={clusters}
        onClose={() => setRoute(null)}
        onDone={liveRoutes.refetch}
      />
    </div>
  );
}
