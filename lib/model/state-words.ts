import { lagStateFaces, lagStates } from './lag.ts';
import type { SeriesKind } from './series-kinds.ts';

/** A number of a series of states, and what it is called in rules and on screen. */
export type StateWord = { value: number; word: string; label: string };

const answers: readonly StateWord[] = [
  { value: 0, word: 'down', label: 'Does not answer' },
  { value: 1, word: 'up', label: 'Answers' },
];

const words: Partial<Record<SeriesKind, readonly StateWord[]>> = {
  'cluster.reachable': answers,
  'broker.up': answers,
  'group.state': lagStates.map((state, value) => ({ value, word: state, label: lagStateFaces[state].words })),
  'connector.state': [
    { value: 0, word: 'failed', label: 'Failed' },
    { value: 0.5, word: 'stopped', label: 'Paused or stopped' },
    { value: 1, word: 'running', label: 'Running' },
  ],
};

/** What the numbers of a series of states mean; empty for a series that is measured. */
export const stateWordsOf = (kind: SeriesKind): readonly StateWord[] => words[kind] ?? [];
