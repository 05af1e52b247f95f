import { collectorOf } from '#lib/collector/collectors.ts';
import { sampledCluster } from '#lib/collector/read-snapshot.ts';
import { ListTopicsInput, TopicListing } from '#lib/model/topic.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { viewTopics } from './view-topics.ts';

/** Topics of a cluster, searched, filtered, sorted and paged on the server from the collector's newest picture. */
export const listTopics = defineQuery({
  name: 'topic.list',
  summary: 'Topics of a cluster, one page of them.',
  path: '/clusters/[clusterId]/topics',
  permission: 'topic:read',
  input: ListTopicsInput,
  output: TopicListing,
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const snapshot = await sampledCluster(input.clusterId);
    return viewTopics(snapshot, input, (topic) => collectorOf(input.clusterId).topicRing.read(topic));
  },
});
