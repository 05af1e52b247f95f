import { MessagePage } from '#lib/model/message.ts';
import { ListMessagesInput } from '#lib/model/message-request.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { browse } from '#lib/scan/browse.ts';
import { scanPool } from '#lib/scan/shared-pool.ts';
import { auditedRange, rangeOf } from './message-range.ts';
import { messageSource } from './message-source.ts';
import { offsetsRead } from './offsets-read.ts';

/** One page of messages of a topic, newest or oldest first over its partitions, within bounds. */
export const listMessages = defineQuery({
  name: 'message.list',
  summary: 'Messages of a topic, one page of them: the newest or the oldest first, between two places.',
  path: '/clusters/[clusterId]/topics/[topic]/messages',
  permission: 'message:read',
  rate: 'browse',
  input: ListMessagesInput,
  output: MessagePage,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  audited: (input, page) => ({
    ...auditedRange(input),
    isolation: page.isolation,
    records: page.rows.length,
    offsets: offsetsRead(page.rows),
    outcome: page.outcome,
  }),
  run: async (context, input) => {
    const { partitions, isolation, pageSize, page } = input;
    const request = page
      ? { token: page, pageSize }
      : { range: await rangeOf(context, input), partitions, isolation, pageSize };
    const source = await messageSource(input.clusterId, input.topic);
    return browse(source, scanPool(), request, { signal: context.signal });
  },
});
