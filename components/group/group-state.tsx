import { type MarkName, State } from '#components/ui/mark.tsx';
import type { GroupRow } from '#lib/model/group.ts';

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

/** The state of a group by mark and word. A group that is merely empty or rebalancing is not in trouble. */
export function groupMark(row: Pick<GroupRow, 'state' | 'groupState'>) {
  const word =
    row.state === 'unknown' && row.groupState !== 'Dead'
      ? 'Unknown'
      : (words[row.groupState] ?? row.groupState);
  const mark: MarkName = row.groupState === 'Empty' && row.state === 'ok' ? 'off' : row.state;
  return <State mark={mark}>{word}</State>;
}
