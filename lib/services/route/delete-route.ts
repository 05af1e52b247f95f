import { z } from 'zod';
import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { deleteRoute as removeRoute } from '#lib/gateways/database/alert-routes.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Removes a route as it was seen: its incidents go by the next one that fits. */
export const deleteRoute = defineCommand({
  name: 'route.delete',
  permission: 'alert:update',
  input: z.strictObject({ id: RowId, version: z.number().int().min(1) }),
  target: (input) => ({ type: 'route', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertDelivery()],
  run: async (_context, { id, version }) => {
    await removeRoute(id, version);
    kickNotices();
    return { id };
  },
});
