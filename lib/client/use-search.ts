'use client';

import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { SearchEvent } from '#lib/model/message-search.ts';
import type { Problem } from '#lib/model/problem.ts';
import { ProblemError } from './get-json.ts';
import { brokenOff, readEvents } from './read-events.ts';
import { freshSearch, isRunning, type SearchAct, type SearchState, searchAfter } from './search-state.ts';

/** The page is drawn anew at most this often; the first rows at once. */
const drawEveryMs = 100;

/** What a stream may also say: that it broke, in sentences. */
type StreamEvent = SearchEvent | { type: 'problem'; problem: Problem };

export type Search = {
  state: SearchState;
  isRunning: boolean;
  /** Ends it here; what was found stays. */
  stop: () => void;
  /** From the start. */
  run: () => void;
  /** Reads on where the budget ended it. */
  goOn: () => void;
};

/**
 * A search of messages, as a stream. It runs when the address is new, ends when the page goes, and keeps what it found however it ends.
 * @param url null: nothing is searched
 * @param moreUrl the address that goes on from a token
 */
export function useSearch(url: string | null, moreUrl: (token: string) => string): Search {
  const [state, act] = useReducer(searchAfter, freshSearch);
  const running = useRef<AbortController | null>(null);
  const start = useCallback((at: string, first: SearchAct) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    act(first);
    void follow(at, controller.signal, act);
  }, []);
  useEffect(() => {
    if (url === null) return;
    start(url, { type: 'begin' });
    return () => running.current?.abort();
  }, [url, start]);
  const token = state.end?.nextToken ?? null;
  return {
    state,
    isRunning: url !== null && isRunning(state),
    stop: () => {
      running.current?.abort();
      act({ type: 'stopped' });
    },
    run: () => {
      if (url !== null) start(url, { type: 'begin' });
    },
    goOn: () => {
      if (token !== null) start(moreUrl(token), { type: 'go-on' });
    },
  };
}

/** Hands over what a stream tells, gathered, until it ends or is aborted. */
async function follow(url: string, signal: AbortSignal, act: (act: SearchAct) => void): Promise<void> {
  let waiting: SearchEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    if (signal.aborted || waiting.length === 0) return;
    drawnAt = performance.now();
    act({ type: 'events', events: waiting });
    waiting = [];
  };
  const fail = (problem: Problem) => {
    draw();
    if (!signal.aborted) act({ type: 'failed', problem });
  };
  try {
    for await (const events of readEvents(url, signal)) {
      for (const { data } of events) {
        const event = JSON.parse(data) as StreamEvent;
        if (event.type === 'problem') return fail(event.problem);
        waiting.push(event);
      }
      timer ??= setTimeout(draw, Math.max(0, drawnAt + drawEveryMs - performance.now()));
    }
    draw();
    // A stream that did not say how it ended broke off; the state knows whether it did.
    if (!signal.aborted) act({ type: 'failed', problem: brokenOff });
  } catch (error) {
    if (signal.aborted) return clearTimeout(timer);
    fail(error instanceof ProblemError ? error.problem : brokenOff);
  }
}
