import { randomUUID } from 'node:crypto';
import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { createRoute as keepRoute } from '#lib/gateways/database/alert-routes.ts';
import { NewRoute } from '#lib/model/alert-route.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Adds a route. Incidents that are open and fit it are told at once. */
export const createRoute = defineCommand({
  name: 'route.create',
  permission: 'alert:update',
  input: NewRoute,
  target: (input) => ({ type: 'route', id: input.name, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertDelivery()],
  run: async (_context, input) => {
    const { id, name, version } = await keepRoute(randomUUID(), input);
    kickNotices();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
