import { z } from 'zod';
import { countIncidents as readCounts } from '#lib/gateways/database/incident-search.ts';
import { IncidentSummary } from '#lib/model/incident-view.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** How many incidents are open, and how many of them nobody has acknowledged: what the bell shows. */
export const countIncidents = defineQuery({
  name: 'incident.count',
  summary: 'How many incidents are open, how many of them nobody has acknowledged, and the worst of those.',
  path: '/alerts/count',
  permission: 'alert:read',
  input: z.strictObject({}),
  output: IncidentSummary,
  target: () => ({ type: 'incident', id: 'incidents', clusterId: null }),
  run: async () => readCounts(),
});
