import { z } from 'zod';
import { deleteChannel as removeChannel } from '#lib/gateways/database/alert-channels.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Removes a channel as it was seen, with its secrets. What waits to be sent over it is dropped; a route that names it keeps it. */
export const deleteChannel = defineCommand({
  name: 'channel.delete',
  permission: 'channel:update',
  input: z.strictObject({ id: RowId, version: z.number().int().min(1) }),
  target: (input) => ({ type: 'channel', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertDelivery()],
  run: async (_context, { id, version }) => {
    await removeChannel(id, version);
    return { id };
  },
});
