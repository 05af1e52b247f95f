import { type MarkName, State } from '#components/ui/mark.tsx';
import type { GroupRow } from '#lib/model/group.ts';
import type { LagState } from '#lib/model/lag.ts';
import { lagStateFaces } from '#lib/model/lag.ts';

/** Kafka's words for group states, in ours where they read better. */
const words: Record<string, string> = {
  Stable: 'Stable',
  Empty: 'Empty',
  PreparingRebalance: 'Rebalancing',
  CompletingRebalance: 'Rebalancing',
  Assigning: 'Assigning',
  Reconciling: 'Reconciling',
  Dead: 'Dead',
  Unknown: 'Unknown',
  NotReady: 'Not ready',
};

/** Kafka's own state of a group as a word. */
export const groupStateWords = (groupState: string): string => words[groupState] ?? groupState;

/** Whether members share out partitions at this moment, which passes by itself. */
export const isRebalancing = (groupState: string): boolean =>
  ['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling'].includes(groupState);

/** A state of lag by mark and word; `children` says it for more than one partition. */
export function LagStateMark({ state, children }: { state: LagState; children?: string }) {
  const face = lagStateFaces[state];
  return <State mark={face.mark}>{children ?? face.words}</State>;
}

/**
 * How it stands with a group by mark and word: its lag where that is known, else Kafka's own state. A group that is merely empty
 * or rebalancing is not in trouble.
 */
export function groupMark(row: Pick<GroupRow, 'state' | 'groupState' | 'lag' | 'topics'>) {
  if (row.state === 'unknown' && row.groupState !== 'Dead') return <State mark="unknown">Unknown</State>;
  if (isRebalancing(row.groupState) && row.lag?.state === 'ok')
    return <State mark="work">{groupStateWords(row.groupState)}</State>;
  if (row.lag) return <LagStateMark state={row.lag.state} />;
  const mark: MarkName = row.groupState === 'Empty' && row.state === 'ok' ? 'off' : row.state;
  return <State mark={mark}>{groupStateWords(row.groupState)}</State>;
}
