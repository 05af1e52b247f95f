'use server';

import { expose } from '#lib/operations/expose.ts';
import { createMask } from '#lib/services/mask/create-mask.ts';
import { deleteMask } from '#lib/services/mask/delete-mask.ts';
import { planUpdateMask, updateMask } from '#lib/services/mask/update-mask.ts';

export const createMaskAction = expose(createMask);
export const updateMaskAction = expose(updateMask);
export const planUpdateMaskAction = expose(planUpdateMask);
export const deleteMaskAction = expose(deleteMask);
