import { maxSearchRows } from '#lib/model/message-limits.ts';
import { SearchMessagesInput } from '#lib/model/message-request.ts';
import type { SearchEvent } from '#lib/model/message-search.ts';
import { search } from '#lib/scan/search.ts';
import { searchPool } from '#lib/scan/shared-pool.ts';
import { auditedFilter } from './audited-filter.ts';
import { auditedRange } from './message-range.ts';
import { readingOf } from './message-reading.ts';
import { messageSource } from './message-source.ts';
import { type MessageStream, messageStream, type StreamRoute } from './message-stream.ts';

const BYTES_PER_MB = 1_000_000;
/** A search ends by its budget of bytes; this is for one that waits for brokers. Milliseconds. */
const MOST_MS = 60 * 60_000;

const searchMessages: MessageStream<typeof SearchMessagesInput, SearchEvent> = {
  name: 'message.search',
  permission: 'message:read',
  input: SearchMessagesInput,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  begun: (input) => ({
    ...auditedRange(input),
    ...auditedFilter(input),
    isolation: input.isolation,
    budgetMb: input.budget,
  }),
  ended: (last, records) => ({
    records,
    outcome: last?.type === 'end' ? last.end.outcome : 'cancelled',
  }),
  open: async (context, input) => {
    const { request, options } = await readingOf(context, input);
    const source = await messageSource(input.clusterId, input.topic, 'search');
    const budgetBytes = input.budget * BYTES_PER_MB;
    return limited(
      search(
        source,
        searchPool(),
        { ...request, maxRows: maxSearchRows },
        {
          ...options,
          budgetBytes,
          budgetMs: MOST_MS,
        },
      ),
    );
  },
};

/** Says that there is more where the search ended because it had found so many. */
async function* limited(events: AsyncGenerator<SearchEvent>): AsyncGenerator<SearchEvent> {
  let rows = 0;
  for await (const event of events) {
    if (event.type === 'rows') rows += event.rows.length;
    if (
      event.type === 'end' &&
      event.end.outcome === 'complete' &&
      rows >= maxSearchRows &&
      event.end.nextToken
    ) {
      const reason = `${maxSearchRows.toLocaleString('en-US')} records were found. Continue for more.`;
      yield { type: 'end', end: { ...event.end, outcome: 'budget', reason } };
    } else yield event;
  }
}

/** Server-sent events of a search: the plan, rows as they are found, progress, the end. */
export const streamSearch = (request: Request, route: StreamRoute): Promise<Response> =>
  messageStream(searchMessages, request, route);
