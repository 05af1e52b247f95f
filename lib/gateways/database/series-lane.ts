import { type SeriesKind, seriesFacts } from '#lib/model/series-kinds.ts';

/**
 * Lanes of a cluster's history. Series that come and go together share a row: when a group is new, the rows of topics stay
 * as they are. What is many and taken once a minute has a lane of its own.
 */
export const lanes = { core: 0, topics: 1, groups: 2, details: 3 } as const;

/** The lane of a kind; one that the catalogue no longer has is kept with the few of the cluster. */
export function laneOf(kind: string): number {
  const facts = seriesFacts[kind as SeriesKind] as
    | { subject: string; isDetail?: true | undefined }
    | undefined;
  if (!facts) return lanes.core;
  if (facts.isDetail) return lanes.details;
  if (facts.subject === 'topic') return lanes.topics;
  return facts.subject === 'group' ? lanes.groups : lanes.core;
}
