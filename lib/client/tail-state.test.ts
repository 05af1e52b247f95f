import { describe, expect, it } from 'vitest';
import type { MessageRow } from '#lib/model/message.ts';
import type { TailEvent, TailProgress } from '#lib/model/message-search.ts';
import { freshTail, keptTailRows, type TailState, tailAfter } from './tail-state.ts';

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
const progress = (more: Partial<TailProgress>): TailProgress => ({
  records: 0,
  matched: 0,
  dropped: 0,
  failed: 0,
  undecoded: 0,
  bytes: 0,
  elapsedMs: 0,
  missing: [],
  ...more,
});
const told = (state: TailState, ...events: TailEvent[]) => tailAfter(state, { type: 'events', events });
const offsets = (list: readonly MessageRow[]) => list.map(({ offset }) => offset);

describe('a tail in the browser', () => {
  it('has the newest record on top and keeps so many', () => {
    const two = told(freshTail, { type: 'rows', rows: rows(2) });
    expect(offsets(told(two, { type: 'rows', rows: rows(1, 2) }).rows)).toEqual(['2', '1', '0']);
    const full = told(two, { type: 'rows', rows: rows(keptTailRows, 2) });
    expect([full.rows.length, full.rows[0]?.offset]).toEqual([keptTailRows, String(keptTailRows + 1)]);
  });

  it('counts what waits while it is paused, and shows it after', () => {
    let state = told(freshTail, { type: 'rows', rows: rows(1) });
    state = told(tailAfter(state, { type: 'pause' }), { type: 'rows', rows: rows(2, 1) });
    expect([offsets(state.rows), offsets(state.waiting)]).toEqual([['0'], ['2', '1']]);
    expect(offsets(tailAfter(state, { type: 'resume' }).rows)).toEqual(['2', '1', '0']);
    state = told(state, { type: 'rows', rows: rows(keptTailRows, 3) });
    expect([state.waiting.length, state.overflown]).toEqual([keptTailRows, 2]);
  });

  it('tells its rate by two reports', () => {
    let state = told(freshTail, { type: 'progress', progress: progress({ records: 10, elapsedMs: 500 }) });
    expect(state.recordsPerSecond).toBeNull();
    state = told(state, { type: 'progress', progress: progress({ records: 60, elapsedMs: 1000 }) });
    expect(state.recordsPerSecond).toBe(100);
  });

  it('keeps its rows when it stops, breaks off and begins again', () => {
    const state = told(freshTail, { type: 'rows', rows: rows(1) });
    const stopped = tailAfter(state, { type: 'stop', because: 'hidden', at: 5 });
    expect([stopped.phase, stopped.stopped?.because, stopped.rows.length]).toEqual(['stopped', 'hidden', 1]);
    const problem = { code: 'x', status: 0, what: 'It broke.', next: 'Again.' };
    expect(tailAfter(stopped, { type: 'failed', problem })).toBe(stopped);
    expect(tailAfter(stopped, { type: 'begin' })).toMatchObject({ phase: 'connecting', rows: state.rows });
  });
});
