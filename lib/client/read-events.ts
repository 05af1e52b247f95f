import { EventLines, type ServerEvent } from './event-lines.ts';
import { ProblemError, problemOf, toSignIn, unreachable } from './get-json.ts';

/**
 * Reads a stream of server-sent events to its end, those that came together at once. Unlike EventSource it tells why a stream was
 * refused, and never asks again by itself: each reading of messages is in the audit.
 * @throws ProblemError when the stream was refused or broke off; what `signal` was aborted with, when it was
 */
export async function* readEvents(url: string, signal: AbortSignal): AsyncGenerator<ServerEvent[]> {
  const response = await open(url, signal);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new ProblemError(brokenOff);
  const lines = new EventLines();
  try {
    for (;;) {
      const { value, done } = await next(reader, signal);
      if (done) return;
      const events = lines.push(value);
      if (events.length > 0) yield events;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The answer ended without having been finished. */
export const brokenOff = {
  code: 'server.unreachable',
  status: 0,
  what: 'The connection to Millrace broke off.',
  next: 'What came before is kept. Run it again.',
};

async function open(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, headers: { accept: 'text/event-stream' }, cache: 'no-store' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ProblemError({ ...unreachable, next: 'Run it again.' });
  }
  if (response.ok) return response;
  if (response.status === 401) toSignIn();
  throw new ProblemError(await problemOf(response));
}

async function next(reader: ReadableStreamDefaultReader<string>, signal: AbortSignal) {
  try {
    return await reader.read();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ProblemError(brokenOff);
  }
}
