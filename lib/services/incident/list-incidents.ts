import { z } from 'zod';
import { searchIncidents } from '#lib/gateways/database/incident-search.ts';
import { AlertSeverity } from '#lib/model/alert-rule.ts';
import { ClusterId, RowId } from '#lib/model/ids.ts';
import { IncidentRow } from '#lib/model/incident-view.ts';
import { ListInput, listingOf } from '#lib/model/listing.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { readSurroundings, viewIncident } from './view-incident.ts';

const day = 86_400_000;
const ranges = { '24h': day, '7d': 7 * day, '30d': 30 * day, '90d': 90 * day, all: null } as const;

/** Incidents: those that are open, worst first, or all of a time, newest first. */
export const listIncidents = defineQuery({
  name: 'incident.list',
  summary: 'Incidents of alert rules: open ones worst first, or those of a time newest first.',
  path: '/alerts/incidents',
  permission: 'alert:read',
  input: z.strictObject({
    q: ListInput.shape.q,
    state: z.enum(['open', 'waiting', 'acknowledged', 'resolved', 'all', '']).default('open'),
    clusterId: z.union([ClusterId, z.literal('')]).optional(),
    severity: z.union([AlertSeverity, z.literal('')]).optional(),
    ruleId: z.union([RowId, z.literal('')]).optional(),
    /** For how far back: incidents that were open at some time since then. */
    range: z.enum(['24h', '7d', '30d', '90d', 'all', '']).default('all'),
    page: ListInput.shape.page,
    pageSize: ListInput.shape.pageSize,
  }),
  output: listingOf(IncidentRow),
  target: (input) => ({ type: 'incident', id: 'incidents', clusterId: input.clusterId || null }),
  run: async (_context, { q, state, clusterId, severity, ruleId, range, ...page }) => {
    const lengthMs = ranges[range || 'all'];
    const [found, around] = await Promise.all([
      searchIncidents(
        {
          state: state || 'open',
          ...(q ? { q } : {}),
          ...(clusterId ? { clusterId } : {}),
          ...(severity ? { severity } : {}),
          ...(ruleId ? { ruleId } : {}),
          ...(lengthMs === null ? {} : { fromMs: Date.now() - lengthMs }),
        },
        page,
      ),
      readSurroundings(),
    ]);
    const rows = found.rows.map((incident) => viewIncident(incident, around));
    return { ...found, rows, ...page, asOf: new Date().toISOString(), missing: [] };
  },
});
