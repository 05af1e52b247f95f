import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { updateRoute as changeRoute } from '#lib/gateways/database/alert-routes.ts';
import { ChangedRoute } from '#lib/model/alert-route.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Changes a route as it was seen, and its place. Open incidents that go by it now are told on channels they were not told on before. */
export const updateRoute = defineCommand({
  name: 'route.update',
  permission: 'alert:update',
  input: ChangedRoute,
  target: (input) => ({ type: 'route', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertDelivery()],
  run: async (_context, input) => {
    const { id, name, version } = await changeRoute(input);
    kickNotices();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
