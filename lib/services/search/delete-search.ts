import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { deleteSavedSearch } from '#lib/gateways/database/saved-searches.ts';
import { ClusterId, RowId, TopicName } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';

/** Removes one's own saved search; an admin may remove what others share. */
export const deleteSearch = defineCommand({
  name: 'search.delete',
  permission: 'search:save',
  input: z.strictObject({ clusterId: ClusterId, topic: TopicName, id: RowId }),
  target: (input) => ({ type: 'search', id: input.id, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  run: async (context, { id, ...place }) => {
    const { userId, role } = context.principal;
    const by = { ownerId: userId, mayRemoveShared: role === 'admin' };
    if (!(await deleteSavedSearch(place, id, by))) throw new AppError('search.not-found');
    return { id };
  },
});
