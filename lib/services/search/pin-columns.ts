import { deletePreference, writePreference } from '#lib/gateways/database/preferences.ts';
import { PinColumnsInput, pinnedColumnsKey } from '#lib/model/pinned-columns.ts';
import { defineCommand } from '#lib/operations/define-command.ts';

/** Keeps columns of a topic's records for oneself; none forgets them. */
export const pinColumns = defineCommand({
  name: 'search.pin-columns',
  permission: 'message:read',
  input: PinColumnsInput,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  run: async (context, { clusterId, topic, columns }) => {
    const key = pinnedColumnsKey(clusterId, topic);
    if (columns === '') await deletePreference(context.principal.userId, key);
    else await writePreference(context.principal.userId, key, columns);
    return { columns };
  },
});
