import type { MessageRow } from '#lib/model/message.ts';
import type { SearchEnd, SearchEvent, SearchPlan, SearchProgress } from '#lib/model/message-search.ts';
import type { Problem } from '#lib/model/problem.ts';
import { streamSearch } from '#lib/services/message/search-messages.ts';
import { tokenOf } from './token-of.ts';

/** Streams of messages as a program with a token of its own reads them, through the route. */

export type StreamReader = { token: string; signal?: AbortSignal | undefined; clusterId?: string };

type Route = (request: Request, route: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Opens a stream of a topic of the suite's cluster. A developer of their own unless given: rates are per person. */
export async function openStream(
  route: Route,
  topic: string,
  search: Record<string, string>,
  reader?: StreamReader,
): Promise<Response> {
  const { token, signal, clusterId = 'test' } = reader ?? ((await tokenOf('developer')) as StreamReader);
  const request = new Request(`https://millrace.test/api/v1/stream?${new URLSearchParams(search)}`, {
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'a browser' },
    ...(signal ? { signal } : {}),
  });
  return route(request, { params: Promise.resolve({ clusterId, topic }) });
}

export type StreamEvent = SearchEvent | { type: 'problem'; problem: Problem };

/** The events of a response. @throws with the problem where it is no stream. */
export async function* eventsOf<E extends { type: string } = StreamEvent>(
  response: Response,
): AsyncGenerator<E> {
  if (response.status !== 200 || !response.body) throw new Error(await response.text());
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      if (data !== '') yield JSON.parse(data) as E;
    }
  }
}

export type Searched = {
  plan: SearchPlan;
  rows: MessageRow[];
  /** The last of it. */
  progress: SearchProgress;
  end: SearchEnd;
};

/** A streamed search to its end. @throws for a problem, before or after the first event. */
export async function searched(
  topic: string,
  search: Record<string, string>,
  reader?: StreamReader,
): Promise<Searched> {
  const all: { rows: MessageRow[] } & Partial<Searched> = { rows: [] };
  for await (const event of eventsOf(await openStream(streamSearch, topic, search, reader))) {
    if (event.type === 'rows') all.rows.push(...event.rows);
    else if (event.type === 'plan') all.plan = event.plan;
    else if (event.type === 'progress') all.progress = event.progress;
    else if (event.type === 'end') all.end = event.end;
    else throw new Error(JSON.stringify(event.problem));
  }
  const { plan, progress, end } = all;
  if (!plan || !progress || !end) throw new Error('The stream ended without saying so.');
  return { plan, rows: all.rows, progress, end };
}
