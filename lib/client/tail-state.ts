import type { MessageRow } from '#lib/model/message.ts';
import type { TailEvent, TailPlan, TailProgress } from '#lib/model/message-search.ts';
import type { Problem } from '#lib/model/problem.ts';

/** What a browser keeps of a tail; older rows go. */
export const keptTailRows = 1_000;

/** A tail as the browser knows it: the newest record first. */
export type TailState = {
  phase: 'connecting' | 'live' | 'stopped' | 'failed';
  isPaused: boolean;
  plan: TailPlan | null;
  rows: MessageRow[];
  /** What came while it was paused, newest first. */
  waiting: MessageRow[];
  /** Records that came while it was paused and for which there was no room. */
  overflown: number;
  progress: TailProgress | null;
  /** Records a second that were looked at, over the last report; null before there are two. */
  recordsPerSecond: number | null;
  /** Why it does not run, epoch ms. */
  stopped: { because: 'hidden' | 'person'; at: number } | null;
  problem: Problem | null;
};

export type TailAct =
  | { type: 'begin' }
  | { type: 'events'; events: TailEvent[] }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'stop'; because: 'hidden' | 'person'; at: number }
  | { type: 'failed'; problem: Problem };

export const freshTail: TailState = {
  phase: 'connecting',
  isPaused: false,
  plan: null,
  rows: [],
  waiting: [],
  overflown: 0,
  progress: null,
  recordsPerSecond: null,
  stopped: null,
  problem: null,
};

/** What a tail is after something happened to it. Rows stay when it stops and when it goes on. */
export function tailAfter(state: TailState, act: TailAct): TailState {
  switch (act.type) {
    case 'begin':
      return { ...freshTail, rows: state.rows };
    case 'events':
      return act.events.reduce(afterEvent, state);
    case 'pause':
      return { ...state, isPaused: true };
    case 'resume':
      return {
        ...state,
        isPaused: false,
        rows: [...state.waiting, ...state.rows].slice(0, keptTailRows),
        waiting: [],
        overflown: 0,
      };
    case 'stop':
      return isOpen(state)
        ? { ...state, phase: 'stopped', stopped: { because: act.because, at: act.at } }
        : state;
    case 'failed':
      return isOpen(state) ? { ...state, phase: 'failed', problem: act.problem } : state;
  }
}

const isOpen = ({ phase }: TailState): boolean => phase === 'connecting' || phase === 'live';

function afterEvent(state: TailState, event: TailEvent): TailState {
  switch (event.type) {
    case 'plan':
      return { ...state, phase: 'live', plan: event.plan };
    case 'rows':
      return withRows(state, event.rows);
    case 'progress': {
      const { progress: before } = state;
      const ms = before ? event.progress.elapsedMs - before.elapsedMs : 0;
      return {
        ...state,
        progress: event.progress,
        recordsPerSecond:
          before && ms > 0 ? ((event.progress.records - before.records) / ms) * 1000 : state.recordsPerSecond,
      };
    }
  }
}

function withRows(state: TailState, arrived: MessageRow[]): TailState {
  const newest = arrived.toReversed();
  if (!state.isPaused) return { ...state, rows: [...newest, ...state.rows].slice(0, keptTailRows) };
  const waiting = [...newest, ...state.waiting];
  return {
    ...state,
    waiting: waiting.slice(0, keptTailRows),
    overflown: state.overflown + Math.max(0, waiting.length - keptTailRows),
  };
}
