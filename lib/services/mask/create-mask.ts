import { randomUUID } from 'node:crypto';
import { createMaskPolicy } from '#lib/gateways/database/masking-policies.ts';
import { NewMaskPolicy } from '#lib/model/mask.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { paths } from '#lib/paths.ts';
import { checkMasks } from './watch-masks.ts';

/** Keeps a masking policy. It holds with the next reading of each topic it means. */
export const createMask = defineCommand({
  name: 'mask.create',
  permission: 'mask:update',
  input: NewMaskPolicy,
  target: (input) => ({ type: 'mask', id: input.name, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  revalidate: () => [paths.masks()],
  run: async (_context, input) => {
    const { id, name, version } = await createMaskPolicy(randomUUID(), input);
    await checkMasks();
    return { id, name, version };
  },
  noted: ({ id, version }) => ({ id, version }),
});
