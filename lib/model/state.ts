import { z } from 'zod';
import { states } from './state-rank.ts';

export { stateRank, states } from './state-rank.ts';

/** How it stands with a thing, as its mark tells it. */
export const State = z.enum(states);
export type State = z.infer<typeof State>;
