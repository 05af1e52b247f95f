import { onRevoked } from '#lib/auth/on-revoked.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { lifecycle, onStop, registry } from '#lib/process.ts';
import type { Context } from './context.ts';

/** Streams one person, and the process, may hold open at once. A hidden tab gives its stream back. */
const perUser = 6;
const perProcess = 1000;
const heartbeatMs = 15_000;
/** What may wait for a slow reader before its stream is closed; events carry no data, so it can just come back. */
const bufferBytes = 1_000_000;

type Open = { userId: string; close: () => void };

const openStreams = (): Set<Open> =>
  registry('event-streams', () => {
    const streams = new Set<Open>();
    onStop('streams', 'event streams', async () => {
      for (const stream of streams) stream.close();
    });
    return streams;
  });

export type Send = (event: string, data: unknown) => void;

/** For streams that carry data: how the reader keeps up, and their own end. */
export type Flow = {
  /** Resolves when the reader has taken what was sent; at once when the stream is over. */
  drained: () => Promise<void>;
  /** Ends the stream when all of it was sent. */
  end: () => void;
};

/**
 * A response of server-sent events. `start` gets the function to send with and gives back how to stop.
 * It ends when the browser leaves, the session or token is revoked, the reader is too slow, or the server stops.
 * @throws AppError `rate.limited` when too many streams are open; `server.stopping`
 */
export function eventStream(context: Context, start: (send: Send, flow: Flow) => () => void): Response {
  if (lifecycle().phase === 'stopping') throw new AppError('server.stopping', { retryAfterSeconds: 5 });
  const streams = openStreams();
  const own = [...streams].filter((stream) => stream.userId === context.principal.userId).length;
  if (own >= perUser || streams.size >= perProcess)
    throw new AppError('rate.limited', { retryAfterSeconds: 15 });
  const encoder = new TextEncoder();
  let close = () => {};
  let wanted = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => {
          // What a listener still had to say when its reader left.
          if (!streams.has(entry)) return;
          if ((controller.desiredSize ?? 0) < -bufferBytes) close();
          else controller.enqueue(encoder.encode(text));
        };
        let stop = () => {};
        const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
        const stopWatching = onRevoked(context.principal, () => close());
        const entry: Open = { userId: context.principal.userId, close: () => close() };
        close = () => {
          close = () => {};
          clearInterval(heartbeat);
          stopWatching();
          stop();
          streams.delete(entry);
          wanted();
          context.signal.removeEventListener('abort', onAbort);
          try {
            controller.close();
          } catch {
            // The reader has gone already.
          }
        };
        const onAbort = () => close();
        context.signal.addEventListener('abort', onAbort);
        streams.add(entry);
        write('retry: 2000\n\n');
        try {
          const drained = () =>
            !streams.has(entry) || (controller.desiredSize ?? 0) > 0
              ? Promise.resolve()
              : new Promise<void>((resolve) => {
                  wanted = resolve;
                });
          const send: Send = (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
          stop = start(send, { drained, end: () => close() });
        } catch (error) {
          close();
          throw error;
        }
        // A signal that was aborted before is not told again.
        if (context.signal.aborted) close();
      },
      pull() {
        wanted();
      },
      cancel() {
        close();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 16_384 }),
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'private, no-store',
      'x-accel-buffering': 'no',
    },
  });
}
