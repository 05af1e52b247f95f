import { z } from 'zod';

/**
 * How it stands with a thing, in the order of the marks: lost now · at risk · follows from a cause shown
 * elsewhere · no answer · ok.
 */
export const states = ['critical', 'warning', 'explained', 'unknown', 'ok'] as const;
export const State = z.enum(states);
export type State = z.infer<typeof State>;

/** For sorting: trouble first. */
export const stateRank = (state: State): number => states.indexOf(state);
