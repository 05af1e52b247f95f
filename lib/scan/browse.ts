import type { LogSource } from '#lib/model/log-source.ts';
import type { MessagePage, MessageRow } from '#lib/model/message.ts';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import type { SearchEnd, SearchPlan, SearchProgress } from '#lib/model/message-search.ts';
import type { ReadRequest } from './plan.ts';
import type { ScanPool } from './pool.ts';
import { type SearchOptions, search } from './search.ts';

/** One page: so many rows of what is asked for. */
export type BrowseRequest = ReadRequest & {
  pageSize: number;
  filter?: MessageFilter;
  columns?: readonly string[];
};

export const MAX_PAGE_ROWS = 200;

/**
 * One page of messages: a search that ends when the page is full.
 * @throws AppError as `search` does
 */
export async function browse(
  source: LogSource,
  pool: ScanPool,
  request: BrowseRequest,
  options: SearchOptions = {},
): Promise<MessagePage> {
  const { pageSize, filter = {}, ...read } = request;
  const maxRows = Math.max(1, Math.min(MAX_PAGE_ROWS, pageSize));
  const rows: MessageRow[] = [];
  let plan: SearchPlan | undefined;
  let progress: SearchProgress | undefined;
  let end: SearchEnd | undefined;
  for await (const event of search(source, pool, { ...read, filter, maxRows }, options)) {
    if (event.type === 'rows') rows.push(...event.rows);
    else if (event.type === 'plan') plan = event.plan;
    else if (event.type === 'progress') progress = event.progress;
    else end = event.end;
  }
  if (!plan || !progress || !end) throw new Error('a search ended without saying so');
  return {
    rows,
    ...end,
    isolation: plan.isolation,
    direction: plan.order === 'newest' ? 'backward' : 'forward',
    topicId: plan.topicId,
    marks: plan.marks,
    paths: plan.paths,
    read: {
      bytes: progress.bytes,
      records: progress.records,
      matched: progress.matched,
      failed: progress.failed,
      undecoded: progress.undecoded,
      decoded: progress.decoded,
      abortedRecords: progress.abortedRecords,
      wrongCrcBatches: progress.wrongCrcBatches,
      elapsedMs: progress.elapsedMs,
    },
    asOf: plan.asOf,
  };
}
