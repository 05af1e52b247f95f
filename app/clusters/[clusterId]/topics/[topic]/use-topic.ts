'use client';

import { type LiveQuery, useLiveQuery } from '#lib/client/use-live-query.ts';
import type { TopicDetail } from '#lib/model/topic.ts';
import { apiPath } from '#lib/paths.ts';

/** The topic, live: the frame and its faces share one answer. */
export function useTopic(clusterId: string, topic: string, initial?: TopicDetail): LiveQuery<TopicDetail> {
  return useLiveQuery<TopicDetail>({
    clusterId,
    url: apiPath('/clusters/[clusterId]/topics/[topic]', { clusterId, topic }),
    initial,
  });
}
