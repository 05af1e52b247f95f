import type { MessageRow } from '#lib/model/message.ts';
import type {
  SearchEnd,
  SearchEvent,
  SearchHistogram,
  SearchPlan,
  SearchProgress,
} from '#lib/model/message-search.ts';
import type { Problem } from '#lib/model/problem.ts';
import { mergeHistograms } from './merge-histograms.ts';

/** What a browser keeps of a search: more rows than anybody reads, and less text than a tab can bear. */
export const keptRows = 20_000;
export const keptCharacters = 40_000_000;

/** A search as the browser knows it. One that was continued counts all of its runs. */
export type SearchState = {
  phase: 'asking' | 'searching' | 'ended' | 'stopped' | 'failed';
  plan: SearchPlan | null;
  rows: MessageRow[];
  characters: number;
  /** Matches that were listed before, and made room for those that are. */
  droppedRows: number;
  progress: SearchProgress | null;
  /** What the runs before this one came to. */
  before: SearchProgress | null;
  end: SearchEnd | null;
  problem: Problem | null;
};

export type SearchAct =
  | { type: 'begin' }
  /** The same search goes on after what was found. */
  | { type: 'go-on' }
  | { type: 'events'; events: SearchEvent[] }
  | { type: 'stopped' }
  | { type: 'failed'; problem: Problem };

export const freshSearch: SearchState = {
  phase: 'asking',
  plan: null,
  rows: [],
  characters: 0,
  droppedRows: 0,
  progress: null,
  before: null,
  end: null,
  problem: null,
};

/** What a search is after something happened to it. */
export function searchAfter(state: SearchState, act: SearchAct): SearchState {
  switch (act.type) {
    case 'begin':
      return freshSearch;
    case 'go-on':
      return { ...state, phase: 'asking', before: told(state), end: null, problem: null };
    case 'events':
      return act.events.reduce(afterEvent, state);
    case 'stopped':
      return isRunning(state) ? { ...state, phase: 'stopped' } : state;
    case 'failed':
      return isRunning(state) ? { ...state, phase: 'failed', problem: act.problem } : state;
  }
}

export const isRunning = (state: SearchState): boolean =>
  state.phase === 'asking' || state.phase === 'searching';

function afterEvent(state: SearchState, event: SearchEvent): SearchState {
  switch (event.type) {
    case 'plan':
      return {
        ...state,
        phase: 'searching',
        plan: state.before ? joinPlans(state.plan, event.plan) : event.plan,
      };
    case 'rows':
      return withRows(state, event.rows);
    case 'progress':
      return { ...state, progress: joinProgress(state.before, event.progress) };
    case 'end':
      return { ...state, phase: 'ended', end: event.end };
  }
}

const charactersOf = (row: MessageRow): number => (row.key?.text.length ?? 0) + (row.value?.text.length ?? 0);

/** Rows are added below; where they would be too many, the list goes on with the new ones alone. */
function withRows(state: SearchState, added: MessageRow[]): SearchState {
  const more = added.reduce((sum, row) => sum + charactersOf(row), 0);
  const isTooMuch = state.rows.length + added.length > keptRows || state.characters + more > keptCharacters;
  if (isTooMuch && state.rows.length > 0)
    return { ...state, rows: added, characters: more, droppedRows: state.droppedRows + state.rows.length };
  return { ...state, rows: [...state.rows, ...added], characters: state.characters + more };
}

/** The plan of what is left has the words of the whole, whose time span is the wider. */
const joinPlans = (whole: SearchPlan | null, rest: SearchPlan): SearchPlan => ({
  ...rest,
  span: whole?.span ?? rest.span,
});

/** What a run came to, of which only the matches that were told count: those after them are found again by the run that goes on. */
function told({ progress, rows, droppedRows }: SearchState): SearchProgress | null {
  return progress && { ...progress, matched: Math.min(progress.matched, rows.length + droppedRows) };
}

/** The totals of a search after an earlier run and so much of this one, which is planned for what the earlier one left. */
export function joinProgress(before: SearchProgress | null, now: SearchProgress): SearchProgress {
  if (before === null) return now;
  const left = BigInt(now.plannedOffsets) - BigInt(now.doneOffsets);
  const done = BigInt(before.plannedOffsets) - left;
  return {
    plannedOffsets: before.plannedOffsets,
    doneOffsets: String(done < 0n ? 0n : done),
    bytes: before.bytes + now.bytes,
    budgetBytes: before.bytes + now.budgetBytes,
    elapsedMs: before.elapsedMs + now.elapsedMs,
    remainingMs: now.remainingMs,
    records: before.records + now.records,
    matched: before.matched + now.matched,
    failed: before.failed + now.failed,
    undecoded: before.undecoded + now.undecoded,
    abortedRecords: before.abortedRecords + now.abortedRecords,
    wrongCrcBatches: before.wrongCrcBatches + now.wrongCrcBatches,
    decoded: before.decoded + now.decoded,
    histogram: joinHistograms(before.histogram, now.histogram),
    reachedAt: now.reachedAt ?? before.reachedAt,
  };
}

const joinHistograms = (
  before: SearchHistogram | null,
  now: SearchHistogram | null,
): SearchHistogram | null => (before && now ? mergeHistograms(before, now) : (now ?? before));
