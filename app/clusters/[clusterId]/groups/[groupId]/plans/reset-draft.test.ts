import { describe, expect, it } from 'vitest';
import { emptyDraft, type ResetDraft, targetOf, topicsOf } from './reset-draft.ts';

const noon = (wall: string) => (wall === '2026-11-21T12:00' ? 1_795_262_400_000 : null);
const target = (facts: Partial<ResetDraft>) => targetOf({ ...emptyDraft, ...facts }, noon);

describe('where positions are moved to', () => {
  it('reads each kind as the plan takes it', () => {
    expect(target({ kind: 'start' })).toEqual({ target: { kind: 'start' } });
    expect(target({ kind: 'offset', offset: '48,211,907' })).toEqual({
      target: { kind: 'offset', offset: '48211907' },
    });
    expect(target({ kind: 'shift', shift: '−500' })).toEqual({ target: { kind: 'shift', by: '-500' } });
    expect(target({ kind: 'ago', ago: '2', agoUnit: 'h' })).toEqual({
      target: { kind: 'ago', ms: 7_200_000 },
    });
    expect(target({ kind: 'time', time: '2026-11-21T12:00' })).toEqual({
      target: { kind: 'time', timeMs: 1_795_262_400_000 },
    });
    expect(target({ kind: 'group', groupId: 'billing' })).toEqual({
      target: { kind: 'group', groupId: 'billing' },
    });
  });
  it('waits while nothing is typed, and says what is wrong when something is', () => {
    expect(target({ kind: 'shift', shift: '+' })).toBe('empty');
    expect(target({ kind: 'time' })).toBe('empty');
    expect(target({ kind: 'file' })).toBe('empty');
    expect(target({ kind: 'offset', offset: '-1' })).toMatchObject({ problem: { field: 'offset' } });
    expect(target({ kind: 'shift', shift: 'two' })).toMatchObject({ problem: { field: 'shift' } });
    expect(target({ kind: 'time', time: 'noon' })).toMatchObject({ problem: { field: 'time' } });
  });
});

describe('which positions are moved', () => {
  const chosen = (topics: ResetDraft['topics']) => topicsOf({ ...emptyDraft, scope: 'chosen', topics }, []);
  it('are all, those in trouble, or those that are ticked', () => {
    expect(topicsOf(emptyDraft, [])).toEqual({ topics: null });
    expect(
      topicsOf({ ...emptyDraft, scope: 'trouble' }, [
        { topic: 'a', partition: 3 },
        { topic: 'b', partition: 0 },
        { topic: 'a', partition: 1 },
      ]),
    ).toEqual({
      topics: [
        { topic: 'a', partitions: [1, 3] },
        { topic: 'b', partitions: [0] },
      ],
    });
    expect(
      chosen([
        { topic: 'a', isChosen: true, partitions: '0-2,7' },
        { topic: 'b', isChosen: false, partitions: '' },
        { topic: 'c', isChosen: true, partitions: ' ' },
      ]),
    ).toEqual({
      topics: [
        { topic: 'a', partitions: [0, 1, 2, 7] },
        { topic: 'c', partitions: null },
      ],
    });
  });
  it('are not guessed', () => {
    expect(chosen([])).toMatchObject({ problem: { field: 'topics' } });
    expect(chosen([{ topic: 'a', isChosen: true, partitions: 'two' }])).toMatchObject({
      problem: { field: 'topics' },
    });
  });
});
