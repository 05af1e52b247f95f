import type { z } from 'zod';
import { beginAttempt, finishAttempt } from '#lib/audit/record.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { MessageRow } from '#lib/model/message.ts';
import { admit, type Entry } from '#lib/operations/admit.ts';
import { type Context, contextOf } from '#lib/operations/context.ts';
import { eventStream, type Flow, type Send } from '#lib/operations/event-stream.ts';
import { inputOf, problemResponse } from '#lib/operations/serve.ts';
import { watchMasks } from '../mask/watch-masks.ts';

type Told = { type: 'plan' | 'progress' | 'end' } | { type: 'rows'; rows: MessageRow[] };

/** A stream of messages: who may open it, what it tells, and what the audit keeps of it. Never the content itself (R15). */
export interface MessageStream<I extends z.ZodType, E extends Told> extends Entry<I> {
  /** For the row that its beginning writes. */
  begun: (input: z.output<I>) => Record<string, unknown>;
  /** For the row that its end writes, also when the browser left. */
  ended: (last: E | undefined, rows: number) => Record<string, unknown>;
  /** The first event is awaited before the response begins: what goes wrong until then is a problem like any other. */
  open: (context: Context, input: z.output<I>) => Promise<AsyncGenerator<E>>;
}

export type StreamRoute = { params: Promise<Record<string, string | string[] | undefined>> };

/** Rows that come close together make one event. */
const GATHER_MS = 60;
const GATHER_ROWS = 200;

/** Server-sent events of a search or a tail. Reading stops with the reader, and waits for one that is slow. */
export async function messageStream<I extends z.ZodType, E extends Told>(
  verb: MessageStream<I, E>,
  request: Request,
  route: StreamRoute,
): Promise<Response> {
  try {
    const asked = await contextOf(request.headers, request.signal);
    const input = await admit(asked, verb, inputOf(new URL(request.url), await route.params), 'browse');
    const stop = new AbortController();
    const context = { ...asked, signal: AbortSignal.any([asked.signal, stop.signal]) };
    const target = verb.target(input);
    const operation = await beginAttempt(context, verb.name, target, verb.begun(input));
    let rows = 0;
    let last: E | undefined;
    const finish = (outcome: 'succeeded' | 'failed', errorCode?: string) =>
      finishAttempt(context, operation, verb.name, target, {
        outcome,
        ...(errorCode ? { errorCode } : {}),
        details: verb.ended(last, rows),
      });
    let events: AsyncGenerator<E> | undefined;
    let isMaskChanged = false;
    let stopWatching = () => {};
    try {
      stopWatching = await watchMasks(asked.principal, target.clusterId ?? '', target.id, () => {
        isMaskChanged = true;
        stop.abort();
      });
      events = await verb.open(context, input);
      const opened = events;
      const first = await opened.next();
      return eventStream(asked, (send, flow) => {
        const count = (event: E) => {
          if (isMaskChanged) throw new AppError('mask.changed');
          last = event;
          if (event.type === 'rows') rows += event.rows.length;
        };
        void tell(opened, first, send, flow, count)
          .then(() => {
            if (isMaskChanged) throw new AppError('mask.changed');
            return finish('succeeded');
          })
          .catch((error) => {
            const problem = toProblem(error);
            send('problem', { type: 'problem', problem });
            return finish('failed', problem.code);
          })
          .finally(() => {
            stopWatching();
            flow.end();
          });
        return () => stop.abort();
      });
    } catch (error) {
      stopWatching();
      stop.abort();
      await events?.return(undefined);
      await finish('failed', toProblem(error).code);
      throw error;
    }
  } catch (error) {
    return problemResponse(toProblem(error));
  }
}

async function tell<E extends Told>(
  events: AsyncGenerator<E>,
  first: IteratorResult<E>,
  send: Send,
  { drained }: Flow,
  count: (event: E) => void,
): Promise<void> {
  let gathered: MessageRow[] = [];
  let sentAt = 0;
  const flush = () => {
    if (gathered.length === 0) return;
    send('rows', { type: 'rows', rows: gathered });
    gathered = [];
    sentAt = performance.now();
  };
  for (let next = first; !next.done; next = await events.next()) {
    const event = next.value;
    count(event);
    if (event.type === 'rows') {
      gathered.push(...event.rows);
      if (gathered.length < GATHER_ROWS && performance.now() - sentAt < GATHER_MS) continue;
      flush();
    } else {
      flush();
      send(event.type, event);
    }
    await drained();
  }
  flush();
}
