import { z } from 'zod';
import { searchAudit } from '#lib/gateways/database/audit-search.ts';
import { AuditEntry, AuditPhase } from '#lib/model/audit.ts';
import { ClusterId } from '#lib/model/ids.ts';
import { ListInput, listingOf } from '#lib/model/listing.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { auditFilter } from './audit-filter.ts';

export const auditRanges = ['1h', '24h', '7d', '30d', 'all'] as const;

/** What of the audit is asked for; the export takes the same. */
export const AuditFilterInput = z.strictObject({
  q: ListInput.shape.q,
  outcome: z.union([AuditPhase, z.literal('')]).optional(),
  clusterId: z.union([ClusterId, z.literal('')]).optional(),
  action: z.string().max(80).optional(),
  range: z.enum(auditRanges).default('7d'),
  /** ISO 8601; with them `range` is ignored. */
  from: z.union([z.iso.datetime({ offset: true }), z.literal('')]).optional(),
  to: z.union([z.iso.datetime({ offset: true }), z.literal('')]).optional(),
});

/** The audit: who tried what, on what, from where, and how it ended. Newest first. */
export const listAudit = defineQuery({
  name: 'audit.list',
  summary: 'What was tried, by whom, on what, and how it ended; newest first.',
  path: '/audit',
  permission: 'audit:read',
  input: AuditFilterInput.extend({ page: ListInput.shape.page, pageSize: ListInput.shape.pageSize }),
  output: listingOf(AuditEntry),
  target: () => ({ type: 'audit', id: 'audit', clusterId: null }),
  run: async (_context, { page, pageSize, ...filter }) => {
    const found = await searchAudit(auditFilter(filter, Date.now()), { page, pageSize });
    return { ...found, page, pageSize, asOf: new Date().toISOString(), missing: [] };
  },
});
