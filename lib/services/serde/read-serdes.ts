import { z } from 'zod';
import { readTopicSerdes } from '#lib/gateways/database/topic-serdes.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { TopicSerdes } from '#lib/model/serde-choice.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { registryOf } from '../registry/registry-of.ts';

/** How a topic is decoded: what was chosen for everyone, by whom, and whether there is a registry to decode by. */
export const readSerdes = defineQuery({
  name: 'serde.read',
  summary: 'How keys and values of a topic are decoded: what was chosen for everyone, by whom and when.',
  path: '/clusters/[clusterId]/topics/[topic]/serdes',
  permission: 'message:read',
  input: z.strictObject({ clusterId: ClusterId, topic: TopicName }),
  output: TopicSerdes.extend({ hasRegistry: z.boolean() }),
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  run: async (_context, { clusterId, topic }) => {
    const [kept, client] = await Promise.all([readTopicSerdes(clusterId, topic), registryOf(clusterId)]);
    const none = { keySerde: null, valueSerde: null, updatedBy: null, updatedAt: null };
    return { ...none, ...kept, hasRegistry: client !== null };
  },
});
