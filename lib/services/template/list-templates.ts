import { z } from 'zod';
import { listMessageTemplates } from '#lib/gateways/database/message-templates.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { MessageTemplate, TemplateDraft } from '#lib/model/message-template.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** Records to produce that are kept with a topic, for all who may produce to it. */
export const listTemplates = defineQuery({
  name: 'template.list',
  summary: 'Templates of records to produce to a topic.',
  path: '/clusters/[clusterId]/topics/[topic]/templates',
  permission: 'message:produce',
  input: z.strictObject({ clusterId: ClusterId, topic: TopicName }),
  output: z.object({ rows: z.array(MessageTemplate) }),
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (_context, input) => {
    const kept = await listMessageTemplates(input);
    const rows = kept.flatMap(({ id, name, ownerName, updatedAtMs, draft }) => {
      const parsed = TemplateDraft.safeParse(draft);
      if (!parsed.success) return [];
      return [
        { id, name, owner: ownerName, updatedAt: new Date(updatedAtMs).toISOString(), draft: parsed.data },
      ];
    });
    return { rows };
  },
});
