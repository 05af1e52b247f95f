import { formatClock, formatCount, formatCountOf, formatDuration } from '#lib/format.ts';
import type { CatchUp, GroupLag, LagState, LossClock } from '#lib/model/lag.ts';
import { lagStateFaces, lagStates } from '#lib/model/lag.ts';
import { formatPartitions } from '#lib/model/partition-set.ts';

/** `Stalled on 4 of 24 partitions`, `Keeping up`: the worst state, and how much of the group is in it. */
export function standingWords(lag: Pick<GroupLag, 'state' | 'states'>): string {
  const { words } = lagStateFaces[lag.state];
  const all = lagStates.reduce((sum, state) => sum + (lag.states[state] ?? 0), 0);
  const inIt = lag.states[lag.state] ?? 0;
  if (lag.state === 'ok' || all === 0) return words;
  if (inIt === all) return all === 1 ? words : `${words} on all ${formatCount(all)} partitions`;
  return `${words} on ${formatCount(inIt)} of ${formatCountOf(all, 'partition', 'partitions')}`;
}

/** States that something is wrong in, worst first. */
export const troubleStates: readonly LagState[] = lagStates
  .filter((state) => ['critical', 'warning'].includes(lagStateFaces[state].mark))
  .reverse();

/** When the unread will be read: `In 19 min`, `Not at this rate`. */
export function catchUpWords(catchUp: CatchUp): string {
  if (catchUp.kind === 'caught-up') return 'Caught up';
  if (catchUp.kind === 'in') return `In ${formatDuration(catchUp.ms)}`;
  return catchUp.kind === 'never' ? 'Not at this rate' : 'Not known yet';
}

/** `51:38` within an hour, `6 h 12 min` beyond, `12 records lost`, `Nothing at risk`. */
export function lossWords(loss: LossClock): string {
  if (loss.kind === 'in') return loss.ms < 3_600_000 ? formatClock(loss.ms) : formatDuration(loss.ms);
  if (loss.kind === 'lost') return `${formatCountOf(loss.records, 'record', 'records')} lost`;
  return loss.kind === 'none' ? 'Nothing at risk' : 'Not known';
}

/** `0–3, 7`. */
export const partitionRanges = (partitions: readonly number[]): string =>
  formatPartitions([...new Set(partitions)], '–', ', ');

/** What a member has, topic by topic: `orders 0–3, 7`; without the topic where there is only one. */
export function assignmentWords(
  assigned: readonly { topic: string; partitions: readonly number[] }[],
  isTopicNamed: boolean,
): string {
  if (assigned.length === 0) return 'Nothing';
  return assigned
    .map(({ topic, partitions }) => `${isTopicNamed ? `${topic} ` : ''}${partitionRanges(partitions)}`)
    .join(', ');
}
