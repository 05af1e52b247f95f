import { randomUUID } from 'node:crypto';
import { insertMessageTemplate, updateMessageTemplate } from '#lib/gateways/database/message-templates.ts';
import { SaveTemplateInput } from '#lib/model/message-template.ts';
import { defineCommand } from '#lib/operations/define-command.ts';

/** Keeps a record to produce with its topic. With an id it saves over that one, whoever made it: templates belong to the topic. */
export const saveTemplate = defineCommand({
  name: 'template.save',
  permission: 'template:save',
  input: SaveTemplateInput,
  target: (input) => ({ type: 'template', id: input.name, clusterId: input.clusterId }),
  secrets: ['draft'],
  changesCluster: false,
  run: async (context, { id, name, draft, ...place }) => {
    const { userId, name: ownerName } = context.principal;
    const kept = id
      ? await updateMessageTemplate(place, { id, name, draft })
      : await insertMessageTemplate(place, { ownerId: userId, ownerName }, { id: randomUUID(), name, draft });
    return { id: kept.id, name: kept.name };
  },
  noted: ({ id }) => ({ id }),
});
