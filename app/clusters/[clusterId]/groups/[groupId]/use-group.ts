'use client';

import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import type { GroupDetail } from '#lib/model/group.ts';
import { apiPath } from '#lib/paths.ts';

/** The group, live: the frame and its faces share one answer. */
export function useGroup(clusterId: string, groupId: string, initial?: GroupDetail): LiveQuery<GroupDetail> {
  return useLiveQuery<GroupDetail>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/groups/[groupId]', { clusterId, groupId }),
    initial,
  });
}
