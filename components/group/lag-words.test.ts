import { describe, expect, it } from 'vitest';
import { lagStates } from '#lib/model/lag.ts';
import {
  assignmentWords,
  catchUpWords,
  lossWords,
  partitionRanges,
  standingWords,
  troubleStates,
} from './lag-words.ts';

const none = Object.fromEntries(lagStates.map((state) => [state, 0])) as Record<
  (typeof lagStates)[number],
  number
>;

describe('words of lag', () => {
  it('say the worst state and how many partitions are in it', () => {
    expect(standingWords({ state: 'stalled', states: { ...none, ok: 20, stalled: 4 } })).toBe(
      'Stalled on 4 of 24 partitions',
    );
    expect(standingWords({ state: 'stopped', states: { ...none, stopped: 6 } })).toBe(
      'Stopped on all 6 partitions',
    );
    expect(standingWords({ state: 'stopped', states: { ...none, stopped: 1 } })).toBe('Stopped');
    expect(standingWords({ state: 'ok', states: { ...none, ok: 3 } })).toBe('Keeping up');
  });
  it('name the states of trouble, worst first', () => {
    expect(troubleStates).toEqual(['over-run', 'stalled', 'falling-behind']);
  });
  it('say when it is caught up, or that it is not', () => {
    expect(catchUpWords({ kind: 'in', ms: 1_140_000 })).toBe('In 19 min');
    expect(catchUpWords({ kind: 'never' })).toBe('Not at this rate');
    expect(catchUpWords({ kind: 'unknown', why: '' })).toBe('Not known yet');
    expect(catchUpWords({ kind: 'caught-up' })).toBe('Caught up');
  });
  it('show a clock within the hour and a length beyond', () => {
    expect(lossWords({ kind: 'in', ms: 3_098_000, by: 'time' })).toBe('51:38');
    expect(lossWords({ kind: 'in', ms: 22_320_000, by: 'size' })).toBe('6 h 12 min');
    expect(lossWords({ kind: 'lost', records: '1' })).toBe('1 record lost');
    expect(lossWords({ kind: 'none', why: '' })).toBe('Nothing at risk');
  });
  it('write partitions as ranges', () => {
    expect(partitionRanges([3, 1, 2, 7, 0, 7])).toBe('0–3, 7');
    expect(partitionRanges([])).toBe('');
    expect(assignmentWords([{ topic: 'a', partitions: [0] }], false)).toBe('0');
    expect(
      assignmentWords(
        [
          { topic: 'a', partitions: [0, 1] },
          { topic: 'b', partitions: [4] },
        ],
        true,
      ),
    ).toBe('a 0, 1, b 4');
    expect(assignmentWords([], true)).toBe('Nothing');
  });
});
