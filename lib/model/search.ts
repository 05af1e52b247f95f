import { z } from 'zod';
import { Environment } from './cluster.ts';
import { ClusterId } from './ids.ts';
import { State } from './state.ts';

/** One object the palette found. */
export const SearchRow = z.object({
  noun: z.enum(['cluster', 'topic', 'group', 'broker']),
  clusterId: z.string(),
  environment: Environment,
  name: z.string(),
  note: z.string(),
  state: State,
  stateWords: z.string(),
  href: z.string(),
});
export const SearchAnswer = z.object({ rows: z.array(SearchRow) });
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const SearchInput = z.strictObject({
  q: z.string().trim().max(249).default(''),
  clusterId: z.union([ClusterId, z.literal('')]).optional(),
});
