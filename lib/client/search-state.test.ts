import { describe, expect, it } from 'vitest';
import type { MessageRow } from '#lib/model/message.ts';
import type { SearchEnd, SearchEvent, SearchPlan, SearchProgress } from '#lib/model/message-search.ts';
import { mergeHistograms } from './merge-histograms.ts';
import { freshSearch, keptRows, type SearchState, searchAfter } from './search-state.ts';

const plan: SearchPlan = {
  topicId: 't',
  order: 'newest',
  isolation: 'read_committed',
  asOf: '2026-11-21T03:12:40.000Z',
  plannedOffsets: '100',
  budgetBytes: 1000,
  pushedDown: [],
  marks: [],
  paths: [],
  span: { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
};
const progress = (more: Partial<SearchProgress> = {}): SearchProgress => ({
  plannedOffsets: '100',
  doneOffsets: '40',
  bytes: 1000,
  budgetBytes: 1000,
  elapsedMs: 10,
  remainingMs: 5,
  records: 40,
  matched: 2,
  failed: 1,
  undecoded: 0,
  abortedRecords: 3,
  wrongCrcBatches: 0,
  decoded: 4,
  histogram: null,
  reachedAt: null,
  ...more,
});
const end = (more: Partial<SearchEnd> = {}): SearchEnd => ({
  outcome: 'complete',
  nextToken: null,
  missing: [],
  unreadable: [],
  expired: [],
  reason: null,
  ...more,
});
const rows = (count: number, from = 0): MessageRow[] =>
  Array.from({ length: count }, (_, i) => ({
    partition: 0,
    offset: String(from + i),
    timestamp: null,
    timestampMs: '-1',
    timestampType: 'none',
    key: null,
    value: null,
    headerCount: 0,
    sizeBytes: 0,
    columns: [],
  }));
const told = (state: SearchState, ...events: SearchEvent[]) => searchAfter(state, { type: 'events', events });

describe('a search in the browser', () => {
  it('collects rows in their order, and ends as the server says', () => {
    let state = told(freshSearch, { type: 'plan', plan }, { type: 'rows', rows: rows(2) });
    expect(state.phase).toBe('searching');
    state = told(state, { type: 'rows', rows: rows(1, 2) }, { type: 'progress', progress: progress() });
    state = told(state, { type: 'end', end: end() });
    expect(state.rows.map(({ offset }) => offset)).toEqual(['0', '1', '2']);
    expect([state.phase, state.end?.outcome, state.progress?.matched]).toEqual(['ended', 'complete', 2]);
  });

  it('keeps what was found when it is stopped or breaks off, and is not undone by what comes late', () => {
    const found = told(freshSearch, { type: 'plan', plan }, { type: 'rows', rows: rows(2) });
    const stopped = searchAfter(found, { type: 'stopped' });
    expect([stopped.phase, stopped.rows.length]).toEqual(['stopped', 2]);
    const problem = { code: 'x', status: 0, what: 'It broke.', next: 'Again.' };
    expect(searchAfter(stopped, { type: 'failed', problem })).toBe(stopped);
    const failed = searchAfter(found, { type: 'failed', problem });
    expect([failed.phase, failed.rows.length, failed.problem]).toEqual(['failed', 2, problem]);
    const ended = told(found, { type: 'end', end: end() });
    expect(searchAfter(ended, { type: 'failed', problem })).toBe(ended);
  });

  it('goes on after its budget: rows below the others, counts of both runs, time span of the whole', () => {
    let state = told(
      freshSearch,
      { type: 'plan', plan },
      { type: 'rows', rows: rows(2) },
      { type: 'progress', progress: progress() },
      { type: 'end', end: end({ outcome: 'budget', nextToken: 'more' }) },
    );
    state = searchAfter(state, { type: 'go-on' });
    expect([state.phase, state.end]).toEqual(['asking', null]);
    state = told(
      state,
      { type: 'plan', plan: { ...plan, plannedOffsets: '60', span: null } },
      { type: 'rows', rows: rows(1, 2) },
      { type: 'progress', progress: progress({ plannedOffsets: '60', doneOffsets: '30', bytes: 500 }) },
    );
    expect(state.rows).toHaveLength(3);
    expect(state.plan?.span).toEqual(plan.span);
    expect(state.progress).toMatchObject({
      plannedOffsets: '100',
      doneOffsets: '70',
      bytes: 1500,
      budgetBytes: 2000,
      matched: 4,
      records: 80,
    });
  });

  it('keeps so many rows and says how many made room', () => {
    const full = told(freshSearch, { type: 'rows', rows: rows(keptRows) });
    expect(full.rows).toHaveLength(keptRows);
    const next = told(full, { type: 'rows', rows: rows(3, keptRows) });
    expect([next.rows.length, next.droppedRows, next.rows[0]?.offset]).toEqual([
      3,
      keptRows,
      String(keptRows),
    ]);
  });
});

describe('two histograms', () => {
  it('lie on the wider scale and lose no count', () => {
    const merged = mergeHistograms(
      { fromMs: 0, bucketMs: 10, scanned: [1, 2, 3, 4], matched: [0, 1, 0, 1] },
      { fromMs: 40, bucketMs: 20, scanned: [5, 6], matched: [2, 0] },
    );
    expect(merged).toEqual({ fromMs: 0, bucketMs: 20, scanned: [3, 7, 5, 6], matched: [1, 1, 2, 0] });
  });

  it('stay few bars, however far apart they are', () => {
    const far = mergeHistograms(
      { fromMs: 0, bucketMs: 1, scanned: [1], matched: [1] },
      { fromMs: 1_000_000, bucketMs: 1, scanned: [1], matched: [0] },
    );
    expect(far.scanned.length).toBeLessThanOrEqual(240);
    expect(far.scanned.reduce((a, b) => a + b)).toBe(2);
  });
});
