import { z } from 'zod';
import { readPreference } from '#lib/gateways/database/preferences.ts';
import { listSavedSearches } from '#lib/gateways/database/saved-searches.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { pinnedColumnsKey, pinnedColumnsOf } from '#lib/model/pinned-columns.ts';
import { SavedSearch } from '#lib/model/saved-search.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Searches that are kept with a topic: one's own, then those that others share; and the columns one keeps for its records. */
export const listSearches = defineQuery({
  name: 'search.list',
  summary: 'Saved searches of a topic: your own and those that others share.',
  path: '/clusters/[clusterId]/topics/[topic]/searches',
  permission: 'message:read',
  input: z.strictObject({ clusterId: ClusterId, topic: TopicName }),
  output: z.object({ rows: z.array(SavedSearch), pinnedColumns: z.string() }),
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (context, input) => {
    const { userId } = context.principal;
    const [rows, pinned] = await Promise.all([
      listSavedSearches(input, userId),
      readPreference(userId, pinnedColumnsKey(input.clusterId, input.topic)),
    ]);
    return {
      rows: rows.map(({ ownerId, ownerName, updatedAtMs, ...kept }) => ({
        ...kept,
        isOwn: ownerId === userId,
        owner: ownerName,
        updatedAt: new Date(updatedAtMs).toISOString(),
      })),
      pinnedColumns: pinnedColumnsOf(pinned),
    };
  },
});
