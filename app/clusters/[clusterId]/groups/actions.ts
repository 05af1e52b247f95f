'use server';

import { expose } from '#lib/operations/expose.ts';
import { deleteGroup, planDeleteGroup } from '#lib/services/group/delete-group.ts';
import { deleteOffsets, planDeleteOffsets } from '#lib/services/group/delete-offsets.ts';
import { planResetOffsets, resetOffsets } from '#lib/services/group/reset-offsets.ts';
import { undoReset } from '#lib/services/group/undo-reset.ts';

export const planResetOffsetsAction = expose(planResetOffsets);
export const resetOffsetsAction = expose(resetOffsets);
export const undoResetAction = expose(undoReset);
export const planDeleteGroupAction = expose(planDeleteGroup);
export const deleteGroupAction = expose(deleteGroup);
export const planDeleteOffsetsAction = expose(planDeleteOffsets);
export const deleteOffsetsAction = expose(deleteOffsets);
