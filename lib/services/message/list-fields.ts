import { z } from 'zod';
import { FilterFields } from '#lib/model/filter-check.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { sampleFields } from '#lib/scan/sample-fields.ts';
import { scanPool } from '#lib/scan/shared-pool.ts';
import { decodingOf } from './decoding.ts';
import { messageSource } from './message-source.ts';

/** Fields of a topic's messages with their types and a value of each: what an editor suggests and a menu of columns offers. */
export const listFields = defineQuery({
  name: 'message.fields',
  summary:
    'Fields of the messages of a topic, from their schema and a sample of the newest, with types and values.',
  path: '/clusters/[clusterId]/topics/[topic]/messages/fields',
  permission: 'message:read',
  rate: 'browse',
  input: z.strictObject({
    clusterId: ClusterId,
    topic: TopicName,
    keySerde: z.string().max(60).optional(),
    valueSerde: z.string().max(60).optional(),
  }),
  output: FilterFields,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  audited: (_, { fields }) => ({ sample: true, fields: fields.length }),
  run: async (context, { clusterId, topic, ...choices }) => {
    const [source, decoding] = await Promise.all([
      messageSource(clusterId, topic),
      decodingOf(context, clusterId, topic, choices),
    ]);
    const sampled = await sampleFields(source, scanPool(), { decoding, signal: context.signal });
    return {
      source: sampled.hasSchema ? ('schema' as const) : ('sample' as const),
      note: noteOf(sampled.records, sampled.hasSchema),
      fields: sampled.fields,
    };
  },
});

function noteOf(records: number, hasSchema: boolean): string {
  if (records === 0) return 'The topic has no messages that could be sampled.';
  const newest = records === 1 ? 'the one message' : `the newest ${records} messages`;
  return hasSchema ? `From the schema of ${newest}, with values of theirs.` : `From ${newest}.`;
}
