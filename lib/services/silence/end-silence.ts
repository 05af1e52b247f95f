import { z } from 'zod';
import { kickNotices } from '#lib/collector/notices/dispatch.ts';
import { endSilence as finishSilence } from '#lib/gateways/database/alert-silences.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';

/** Ends a silence now. What it held back and is still open is told. */
export const endSilence = defineCommand({
  name: 'silence.end',
  permission: 'alert:silence',
  input: z.strictObject({ id: RowId }),
  target: (input) => ({ type: 'silence', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.alerts()],
  run: async (_context, { id }) => {
    const { endsAt } = await finishSilence(id);
    kickNotices();
    return { id, endsAt };
  },
});
