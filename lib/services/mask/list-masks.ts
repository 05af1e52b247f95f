import { z } from 'zod';
import { listMaskPolicies } from '#lib/gateways/database/masking-policies.ts';
import { MaskPolicy } from '#lib/model/mask.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** All masking policies: what of messages is hidden, and from whom. */
export const listMasks = defineQuery({
  name: 'mask.list',
  summary: 'Masking policies: what of messages is hidden, and from whom.',
  path: '/masks',
  permission: 'mask:read',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(MaskPolicy) }),
  target: () => ({ type: 'mask', id: 'masks', clusterId: null }),
  run: async () => ({ rows: await listMaskPolicies() }),
});
