import { z } from 'zod';
import { listRoutes as readRoutes } from '#lib/gateways/database/alert-routes.ts';
import { AlertRoute } from '#lib/model/alert-route.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** All routes in their order: the first that fits an incident says who is told. */
export const listRoutes = defineQuery({
  name: 'route.list',
  summary: 'Routes of alerts in their order: the first that fits an incident says who is told.',
  path: '/alerts/routes',
  permission: 'channel:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(AlertRoute) }),
  target: () => ({ type: 'route', id: 'routes', clusterId: null }),
  run: async () => ({ rows: await readRoutes() }),
});
