'use client';

import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import type { ConnectorListing } from '#lib/model/connector.ts';
import { apiPath } from '#lib/paths.ts';

/** Connectors of a cluster as their workers told them last. */
export const useConnectors = (clusterId: string): LiveQuery<ConnectorListing> =>
  useLiveQuery<ConnectorListing>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/connectors', { clusterId }),
  });
