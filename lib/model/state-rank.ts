/** States in the order of the marks: lost now, at risk, follows from a cause shown elsewhere, no answer, ok. */
export const states = ['critical', 'warning', 'explained', 'unknown', 'ok'] as const;
export type State = (typeof states)[number];

/** For sorting: trouble first. */
export const stateRank = (state: State): number => states.indexOf(state);
