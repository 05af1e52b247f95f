import { randomUUID } from 'node:crypto';
import { insertSavedSearch, updateSavedSearch } from '#lib/gateways/database/saved-searches.ts';
import { SaveSearchInput } from '#lib/model/saved-search.ts';
import { defineCommand } from '#lib/operations/define-command.ts';

/** Keeps a search with its topic, for oneself or for all who may read the topic. With an id it saves over one's own. */
export const saveSearch = defineCommand({
  name: 'search.save',
  permission: 'search:save',
  input: SaveSearchInput,
  target: (input) => ({ type: 'search', id: input.name, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  run: async (context, { id, name, isShared, search, ...place }) => {
    const { userId, name: ownerName } = context.principal;
    const kept = id
      ? await updateSavedSearch(place, userId, { id, name, isShared, search })
      : await insertSavedSearch(
          place,
          { ownerId: userId, ownerName },
          { id: randomUUID(), name, isShared, search },
        );
    return { id: kept.id, name: kept.name };
  },
  noted: ({ id }) => ({ id }),
});
