import { z } from 'zod';
import { deleteMaskPolicy } from '#lib/gateways/database/masking-policies.ts';
import { RowId } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { checkMasks } from './watch-masks.ts';

/** Removes a masking policy, as it was seen: what it hid is shown from the next reading on. */
export const deleteMask = defineCommand({
  name: 'mask.delete',
  permission: 'mask:update',
  input: z.strictObject({ id: RowId, version: z.number().int().min(1) }),
  target: (input) => ({ type: 'mask', id: input.id, clusterId: null }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.masks()],
  run: async (_context, { id, version }) => {
    await deleteMaskPolicy(id, version);
    await checkMasks();
    return { id };
  },
});
