import type { z } from 'zod';
import { missingParts, numberOrNull } from '#lib/collector/missing-parts.ts';
import type { SampledSnapshot } from '#lib/collector/read-snapshot.ts';
import { sumKnown } from '#lib/collector/roll-up.ts';
import { topicGroups } from '#lib/collector/topic-groups.ts';
import type { State } from '#lib/model/state.ts';
import { stateRank } from '#lib/model/state.ts';
import type { ListTopicsInput, TopicListing, TopicRow } from '#lib/model/topic.ts';

type Input = z.output<typeof ListTopicsInput>;

/** How it stands with a topic, from its counts. */
export function topicState(counts: {
  offline: number;
  underMinIsr: number;
  underReplicated: number;
  unexplained: number;
}): State {
  if (counts.offline > 0 || counts.underMinIsr > 0) return 'critical';
  if (counts.unexplained > 0) return 'warning';
  return counts.underReplicated > 0 ? 'explained' : 'ok';
}

/** One page of topics. Work on all topics is on columns of numbers; objects are made for the rows of the page only. */
export function viewTopics(
  snapshot: SampledSnapshot,
  input: Input,
  recentOf: (topic: string) => (number | null)[],
): TopicListing {
  const { topics, metadata } = snapshot;
  const { names, isInternal } = metadata.value;
  const needle = input.q.toLowerCase();
  const counts = { all: 0, critical: 0, underReplicated: 0, explained: 0, idle: 0, internal: 0 };
  const found: number[] = [];
  let partitions = 0;
  for (let t = 0; t < names.length; t++) {
    if (isInternal[t] === 1) counts.internal++;
    if (isInternal[t] === 1 && !input.internal) continue;
    counts.all++;
    partitions += topics.partitions[t]!;
    const isCritical = topics.offline[t]! > 0 || topics.underMinIsr[t]! > 0;
    const isThin = topics.underReplicated[t]! > 0;
    const isIdle = topics.recordsPerSecond[t] === 0;
    if (isCritical) counts.critical++;
    if (isThin) counts.underReplicated++;
    if (topics.underReplicated[t]! > topics.unexplained[t]!) counts.explained++;
    if (isIdle) counts.idle++;
    if (input.show === 'critical' && !isCritical) continue;
    if (input.show === 'under-replicated' && !isThin) continue;
    if (input.show === 'idle' && !isIdle) continue;
    if (needle !== '' && !names[t]!.toLowerCase().includes(needle)) continue;
    found.push(t);
  }
  sortRows(found, snapshot, input.sort ?? '-trouble');
  const from = (input.page - 1) * input.pageSize;
  return {
    rows: found.slice(from, from + input.pageSize).map((t) => topicRowOf(snapshot, t, recentOf(names[t]!))),
    total: found.length,
    totalUnfiltered: counts.all,
    page: input.page,
    pageSize: input.pageSize,
    asOf: new Date(snapshot.metadata.at ?? snapshot.sampledAt).toISOString(),
    missing: missingParts(snapshot, ['ends', 'sizes', 'groups', 'groupOffsets']),
    counts,
    partitions,
    recordsPerSecond: snapshot.rates.recordsIn,
    sizeBytes: sumKnown(topics.sizeBytes),
    brokersDown: [...snapshot.brokersDown.keys()].sort((a, b) => a - b),
  };
}

/** The row of a topic as lists show it. */
export function topicRowOf(snapshot: SampledSnapshot, t: number, recent: (number | null)[]): TopicRow {
  const { topics, metadata } = snapshot;
  const groups = topicGroups(snapshot);
  const counts = {
    offline: topics.offline[t]!,
    underMinIsr: topics.underMinIsr[t]!,
    underReplicated: topics.underReplicated[t]!,
  };
  const worst = groups?.worstGroup[t] ?? null;
  return {
    name: metadata.value.names[t]!,
    isInternal: metadata.value.isInternal[t] === 1,
    state: topicState({ ...counts, unexplained: topics.unexplained[t]! }),
    partitions: topics.partitions[t]!,
    replicationFactor: topics.replicationFactor[t]!,
    ...counts,
    recordsPerSecond: numberOrNull(topics.recordsPerSecond[t]!),
    bytesPerSecond: numberOrNull(topics.bytesPerSecond[t]!),
    recent,
    sizeBytes: numberOrNull(topics.sizeBytes[t]!),
    groups: groups ? groups.count[t]! : null,
    worstLag: worst === null ? null : { groupId: worst, lagMessages: groups!.worstLag[t]!.toString() },
  };
}

function sortRows(rows: number[], snapshot: SampledSnapshot, sort: string): void {
  const isDescending = sort.startsWith('-');
  const column = isDescending ? sort.slice(1) : sort;
  const { topics } = snapshot;
  const groups = topicGroups(snapshot);
  // Trouble first, then its size; among the healthy the busiest first.
  if (column === 'trouble') {
    const rank = (t: number) =>
      stateRank(
        topicState({
          offline: topics.offline[t]!,
          underMinIsr: topics.underMinIsr[t]!,
          underReplicated: topics.underReplicated[t]!,
          unexplained: topics.unexplained[t]!,
        }),
      );
    const weight = (t: number) =>
      topics.offline[t]! * 1e6 + topics.underMinIsr[t]! * 1e3 + topics.underReplicated[t]!;
    const ranks = new Map(rows.map((t) => [t, rank(t)]));
    const sign = isDescending ? 1 : -1;
    rows.sort(
      (a, b) =>
        sign * (ranks.get(a)! - ranks.get(b)! || weight(b) - weight(a)) ||
        known(topics.recordsPerSecond[b]!) - known(topics.recordsPerSecond[a]!) ||
        a - b,
    );
    return;
  }
  if (column === 'lag') {
    const lag = groups?.worstLag;
    rows.sort((a, b) => compareBig(lag?.[a] ?? -1n, lag?.[b] ?? -1n) * (isDescending ? -1 : 1) || a - b);
    return;
  }
  const numbers: Record<string, ArrayLike<number> | undefined> = {
    partitions: topics.partitions,
    replication: topics.replicationFactor,
    records: topics.recordsPerSecond,
    bytes: topics.bytesPerSecond,
    size: topics.sizeBytes,
    groups: groups?.count,
  };
  const values = numbers[column];
  // Names are sorted already, so a row's place is its place by name.
  if (!values) rows.sort((a, b) => (isDescending ? b - a : a - b));
  else
    rows.sort(
      (a, b) =>
        (isDescending ? known(values[b]!) - known(values[a]!) : known(values[a]!) - known(values[b]!)) ||
        a - b,
    );
}

/** Unknown sorts below every known number. */
const known = (value: number): number => (Number.isNaN(value) ? -1 : value);
const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
