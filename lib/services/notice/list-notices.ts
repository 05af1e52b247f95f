import { z } from 'zod';
import { listNotices as readNotices } from '#lib/gateways/database/alert-notices.ts';
import { AlertNotice } from '#lib/model/alert-notice.ts';
import { RowId } from '#lib/model/ids.ts';
import { ListInput, listingOf } from '#lib/model/listing.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

const states = {
  all: ['waiting', 'sending', 'sent', 'failed', 'dropped'],
  waiting: ['waiting', 'sending'],
  sent: ['sent'],
  failed: ['failed', 'dropped'],
} as const;

/** Deliveries of alerts: what was sent where, what waits, what failed and why. Newest first. */
export const listNotices = defineQuery({
  name: 'notice.list',
  summary: 'Deliveries of alerts: what was sent where, what waits, what failed and why; newest first.',
  path: '/alerts/deliveries',
  permission: 'channel:read',
  input: z.strictObject({
    state: z.enum(['all', 'waiting', 'sent', 'failed', '']).default('all'),
    channelId: z.union([RowId, z.literal('')]).optional(),
    page: ListInput.shape.page,
    pageSize: ListInput.shape.pageSize,
  }),
  output: listingOf(AlertNotice),
  target: () => ({ type: 'notice', id: 'notices', clusterId: null }),
  run: async (_context, { state, channelId, ...page }) => {
    const filter = { states: states[state || 'all'], ...(channelId ? { channelId } : {}) };
    const [found, all] = await Promise.all([
      readNotices(filter, page),
      readNotices({}, { page: 1, pageSize: 1 }),
    ]);
    return { ...found, totalUnfiltered: all.total, ...page, asOf: new Date().toISOString(), missing: [] };
  },
});
