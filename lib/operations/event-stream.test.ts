import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onRevoked } from '#lib/auth/on-revoked.ts';
import { stopSteps } from '#lib/process.ts';
import { contextAs } from '#lib/testing/principals.ts';
import type { Context } from './context.ts';
import { eventStream, type Send } from './event-stream.ts';

vi.mock('#lib/auth/on-revoked.ts', () => ({ onRevoked: vi.fn() }));

const stopWatching = vi.fn();
const opened: AbortController[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  stopWatching.mockReset();
  vi.mocked(onRevoked).mockReset().mockReturnValue(stopWatching);
});
afterEach(() => {
  for (const abort of opened.splice(0)) abort.abort();
  vi.useRealTimers();
});

function open(person: Context = contextAs('viewer')) {
  const abort = new AbortController();
  opened.push(abort);
  const stop = vi.fn();
  let send: Send = () => {};
  const context = { ...person, signal: abort.signal };
  const response = eventStream(context, (given) => {
    send = given;
    return stop;
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  return { response, reader, abort, stop, send: (event: string, data: unknown) => send(event, data) };
}

/** Everything that came until the stream ended. */
async function rest(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
}

describe('eventStream', () => {
  it('sends each event as it happens, and a sign of life between', async () => {
    const { response, reader, send, abort } = open();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    send('sample', { at: 1 });
    vi.advanceTimersByTime(15_000);
    abort.abort();
    expect(await rest(reader)).toBe('retry: 2000\n\nevent: sample\ndata: {"at":1}\n\n: still here\n\n');
  });

  it('ends once when the browser leaves, and gives everything back', async () => {
    const { reader, abort, stop, send } = open();
    abort.abort();
    send('late', {});
    await rest(reader);
    expect(stop).toHaveBeenCalledTimes(1);
    expect(stopWatching).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not kept for a browser that left before it began', () => {
    const person = contextAs('viewer');
    const stop = vi.fn();
    eventStream({ ...person, signal: AbortSignal.abort() }, () => stop);
    expect(stop).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('R5: ends when the session is revoked', async () => {
    const { reader, stop } = open();
    vi.mocked(onRevoked).mock.calls[0]?.[1]();
    await rest(reader);
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('F11: ends when the server stops', async () => {
    const { reader, stop } = open();
    await stopSteps()
      .find(({ name }) => name === 'event streams')
      ?.stop();
    await rest(reader);
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('is closed for a reader that does not read', () => {
    const { send, stop } = open();
    for (let i = 0; i < 200; i++) send('sample', 'x'.repeat(10_000));
    expect(stop).toHaveBeenCalledTimes(1);
  });

  it('six are open for one person at most; one that ends makes room', () => {
    const person = contextAs('viewer');
    const streams = Array.from({ length: 6 }, () => open(person));
    expect(() => open(person)).toThrow(expect.objectContaining({ code: 'rate.limited' }));
    open(contextAs('viewer'));
    streams[0]?.abort.abort();
    open(person);
  });

  it('a thousand are open in a process at most', () => {
    for (let i = 0; i < 1_000; i++) open(contextAs('viewer'));
    expect(() => open(contextAs('viewer'))).toThrow(expect.objectContaining({ code: 'rate.limited' }));
  });
});
