import { MessagePage } from '#lib/model/message.ts';
import { ListMessagesInput, seekOf } from '#lib/model/message-request.ts';
import { formatPartitions } from '#lib/model/partition-set.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { browse } from '#lib/scan/browse.ts';
import { scanPool } from '#lib/scan/shared-pool.ts';
import { messageSource } from './message-source.ts';
import { offsetsRead } from './offsets-read.ts';

/** One page of messages of a topic, newest first over its partitions, or forwards from a place. */
export const listMessages = defineQuery({
  name: 'message.list',
  summary: 'Messages of a topic, one page of them: the newest, or from the start, an offset or a time on.',
  path: '/clusters/[clusterId]/topics/[topic]/messages',
  permission: 'message:read',
  rate: 'browse',
  input: ListMessagesInput,
  output: MessagePage,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  audited: (input, page) => ({
    seek: input.page ? 'page' : input.seek,
    ...(input.at && !input.page ? { at: input.at } : {}),
    partitions: input.partitions ? formatPartitions(input.partitions) : 'all',
    isolation: page.isolation,
    records: page.rows.length,
    offsets: offsetsRead(page.rows),
    outcome: page.outcome,
  }),
  run: async (context, input) => {
    const { partitions, isolation, pageSize } = input;
    const request = input.page
      ? { token: input.page, pageSize }
      : { seek: seekOf(input), partitions, isolation, pageSize };
    const source = await messageSource(input.clusterId, input.topic);
    return browse(source, scanPool(), request, { signal: context.signal });
  },
});
