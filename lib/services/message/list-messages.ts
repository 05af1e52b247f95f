import { MessagePage } from '#lib/model/message.ts';
import { ListMessagesInput } from '#lib/model/message-request.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { browse } from '#lib/scan/browse.ts';
import { auditedFilter } from './audited-filter.ts';
import { auditedRange } from './message-range.ts';
import { readingOf } from './message-reading.ts';
import { messageSource } from './message-source.ts';
import { offsetsRead } from './offsets-read.ts';

const BYTES_PER_MB = 1_000_000;

/** One page of messages of a topic, newest or oldest first over its partitions, within bounds, of those that fit the filter. */
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
    ...auditedFilter(input),
    isolation: page.isolation,
    records: page.rows.length,
    offsets: offsetsRead(page.rows),
    outcome: page.outcome,
  }),
  run: async (context, input) => {
    const { request, pool, options, isFiltered } = await readingOf(context, input);
    const source = await messageSource(input.clusterId, input.topic, isFiltered ? 'search' : 'page');
    const budgetBytes = isFiltered ? input.budget * BYTES_PER_MB : undefined;
    return browse(source, pool, { ...request, pageSize: input.pageSize }, { ...options, budgetBytes });
  },
});
