'use client';

import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { TailEvent } from '#lib/model/message-search.ts';
import type { Problem } from '#lib/model/problem.ts';
import { ProblemError } from './get-json.ts';
import { brokenOff, readEvents } from './read-events.ts';
import { freshTail, type TailAct, type TailState, tailAfter } from './tail-state.ts';

/** A tab that nobody sees for so long gives its reading of the brokers back. */
const hiddenMs = 30_000;

export type Tail = {
  state: TailState;
  isOn: boolean;
  pause: () => void;
  resume: () => void;
  stop: () => void;
  /** Follows from now on; what was written in between is not shown. */
  start: () => void;
};

/**
 * Follows the records that are written to a topic, as long as the page is seen. Rows are drawn in the frame after they came.
 * @param url null: nothing is followed
 */
export function useTail(url: string | null): Tail {
  const [state, act] = useReducer(tailAfter, freshTail);
  const running = useRef<AbortController | null>(null);
  const start = useCallback(() => {
    running.current?.abort();
    if (url === null) return;
    const controller = new AbortController();
    running.current = controller;
    act({ type: 'begin' });
    void follow(url, controller.signal, act);
  }, [url]);
  useEffect(() => {
    start();
    return () => running.current?.abort();
  }, [start]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onVisibility = () => {
      clearTimeout(timer);
      if (!document.hidden) return;
      timer = setTimeout(() => {
        running.current?.abort();
        act({ type: 'stop', because: 'hidden', at: Date.now() });
      }, hiddenMs);
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, []);
  return {
    state,
    isOn: url !== null && (state.phase === 'connecting' || state.phase === 'live'),
    pause: () => act({ type: 'pause' }),
    resume: () => act({ type: 'resume' }),
    stop: () => {
      running.current?.abort();
      act({ type: 'stop', because: 'person', at: Date.now() });
    },
    start,
  };
}

async function follow(url: string, signal: AbortSignal, act: (act: TailAct) => void): Promise<void> {
  try {
    for await (const events of readEvents(url, signal)) {
      const told: TailEvent[] = [];
      let problem: Problem | null = null;
      for (const { data } of events) {
        const event = JSON.parse(data) as TailEvent | { type: 'problem'; problem: Problem };
        if (event.type === 'problem') problem = event.problem;
        else told.push(event);
      }
      if (signal.aborted) return;
      if (told.length > 0) act({ type: 'events', events: told });
      if (problem) return act({ type: 'failed', problem });
    }
    if (!signal.aborted) act({ type: 'failed', problem: brokenOff });
  } catch (error) {
    if (signal.aborted) return;
    act({ type: 'failed', problem: error instanceof ProblemError ? error.problem : brokenOff });
  }
}
