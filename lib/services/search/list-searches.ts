import { z } from 'zod';
import { listSavedSearches } from '#lib/gateways/database/saved-searches.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { SavedSearch } from '#lib/model/saved-search.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Searches that are kept with a topic: one's own, then those that others share. */
export const listSearches = defineQuery({
  name: 'search.list',
  summary: 'Saved searches of a topic: your own and those that others share.',
  path: '/clusters/[clusterId]/topics/[topic]/searches',
  permission: 'message:read',
  input: z.strictObject({ clusterId: ClusterId, topic: TopicName }),
  output: z.object({ rows: z.array(SavedSearch) }),
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (context, input) => {
    const { userId } = context.principal;
    const rows = await listSavedSearches(input, userId);
    return {
      rows: rows.map(({ ownerId, ownerName, updatedAtMs, ...kept }) => ({
        ...kept,
        isOwn: ownerId === userId,
        owner: ownerName,
        updatedAt: new Date(updatedAtMs).toISOString(),
      })),
    };
  },
});
