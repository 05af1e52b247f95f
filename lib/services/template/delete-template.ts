import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { deleteMessageTemplate } from '#lib/gateways/database/message-templates.ts';
import { ClusterId, RowId, TopicName } from '#lib/model/ids.ts';
import { defineCommand } from '#lib/operations/define-command.ts';

/** Removes a template of a topic. */
export const deleteTemplate = defineCommand({
  name: 'template.delete',
  permission: 'template:save',
  input: z.strictObject({ clusterId: ClusterId, topic: TopicName, id: RowId }),
  target: (input) => ({ type: 'template', id: input.id, clusterId: input.clusterId }),
  secrets: [],
  changesCluster: false,
  run: async (_context, { id, ...place }) => {
    if (!(await deleteMessageTemplate(place, id))) throw new AppError('template.not-found');
    return { id };
  },
});
