import { z } from 'zod';
import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { retryNotice as tryAgain } from '#lib/gateways/database/alert-notices.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Lets a delivery that failed for good be tried again from the beginning, under the same key. */
export const retryNotice = defineCommand({
  name: 'notice.retry',
  permission: 'alert:update',
  input: z.strictObject({ id: RowId }),
  target: (input) => ({ type: 'notice', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alertDelivery()],
  run: async (_context, { id }) => {
    await tryAgain(id);
    kickNotices();
    return { id };
  },
});
