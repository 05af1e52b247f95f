import type { MeasuredGroup } from '#lib/collector/lag/lag-book.ts';
import { partitionLagOf } from '#lib/collector/lag/measure-partition.ts';
import type { SampledSnapshot } from '#lib/collector/read-snapshot.ts';
import { topicOfPartition } from '#lib/collector/reuse-names.ts';
import type { GroupOffsets } from '#lib/collector/snapshot.ts';
import type { GroupMember, GroupPartitionRow, MemberRow } from '#lib/model/group.ts';
import { lagStateFaces, lagStates, type PartitionLag } from '#lib/model/lag.ts';

const keyOf = (topic: string, partition: number): string => `${topic}\n${partition}`;

/** Every partition of a group: those with a committed offset, and those that a member owns without one. Worst first. */
export function partitionRows(
  snapshot: SampledSnapshot,
  offsets: GroupOffsets,
  measured: MeasuredGroup,
  members: readonly GroupMember[],
): GroupPartitionRow[] {
  const metadata = snapshot.metadata.value;
  const owners = new Map<string, GroupMember>();
  for (const member of members)
    for (const { topic, partitions } of member.assigned)
      for (const partition of partitions) owners.set(keyOf(topic, partition), member);
  const rows: GroupPartitionRow[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < offsets.rows.length; i++) {
    const m = measured.partitions[i];
    if (!m) continue;
    const row = offsets.rows[i]!;
    const topic = metadata.names[topicOfPartition(metadata, row)]!;
    const partition = metadata.partition[row]!;
    const owner = owners.get(keyOf(topic, partition));
    seen.add(keyOf(topic, partition));
    const facts = measured.facts(i);
    const lag = partitionLagOf(facts, m, measured.rings.lags(i));
    rows.push({
      topic,
      partition,
      memberId: owner?.memberId ?? null,
      clientId: owner?.clientId ?? null,
      committedOffset: text(offsets.committed[i]!),
      startOffset: text(snapshot.starts.value?.offsets[row] ?? -1n),
      endOffset: text(snapshot.ends.value?.offsets[row] ?? -1n),
      stableOffset: facts.stable < 0 ? text(snapshot.ends.value?.offsets[row] ?? -1n) : String(facts.stable),
      lagMessages: text(offsets.lag[i]!),
      doneAhead: text(offsets.doneAhead?.[i] ?? -1n),
      lag,
      ...facesOf(lag, facts.end),
    });
  }
  for (const [key, owner] of owners) {
    if (seen.has(key)) continue;
    const [topic, partition] = key.split('\n') as [string, string];
    rows.push(neverCommitted(topic, Number(partition), owner));
  }
  return rows.sort(
    (a, b) =>
      lagStates.indexOf(b.lag.state) - lagStates.indexOf(a.lag.state) ||
      byLag(a, b) ||
      (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition),
  );
}

/** Members with what their partitions add up to. */
export function memberRows(members: readonly GroupMember[], rows: readonly GroupPartitionRow[]): MemberRow[] {
  const byMember = Map.groupBy(rows, (row) => row.memberId);
  return members.map((member) => {
    const own = (byMember.get(member.memberId) ?? []).map((row) => row.lag);
    const sum = (numbers: readonly (number | null)[]): number | null => {
      const known = numbers.filter((number) => number !== null);
      return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
    };
    const most = (numbers: readonly (number | null)[]): number | null => {
      const known = numbers.filter((number) => number !== null);
      return known.length === 0 ? null : Math.max(...known);
    };
    const lag = sum(own.map(({ lagMessages }) => (lagMessages === null ? null : Number(lagMessages))));
    return {
      ...member,
      consumedPerSecond: sum(own.map(({ consumedPerSecond }) => consumedPerSecond)),
      lagMessages: lag === null ? null : String(lag),
      lagMs: most(own.map(({ lagMs }) => lagMs)),
      movedAt: most(own.map(({ movedAt }) => movedAt)),
    };
  });
}

const text = (value: bigint): string | null => (value < 0n ? null : value.toString());

function byLag(a: GroupPartitionRow, b: GroupPartitionRow): number {
  const [left, right] = [BigInt(a.lagMessages ?? -1), BigInt(b.lagMessages ?? -1)];
  return left > right ? -1 : left < right ? 1 : 0;
}

/** The mark and the words of a state. */
function facesOf(lag: PartitionLag, end: number): Pick<GroupPartitionRow, 'state' | 'stateWords'> {
  if (end < 0) return { state: 'unknown', stateWords: 'Unknown' };
  const { mark, words } = lagStateFaces[lag.state];
  return { state: mark === 'off' ? 'ok' : mark, stateWords: words };
}

const neverCommitted = (topic: string, partition: number, owner: GroupMember): GroupPartitionRow => ({
  topic,
  partition,
  memberId: owner.memberId,
  clientId: owner.clientId,
  committedOffset: null,
  startOffset: null,
  endOffset: null,
  stableOffset: null,
  lagMessages: null,
  doneAhead: null,
  lag: {
    state: 'never-committed',
    rule: 'A member owns it and has committed nothing there.',
    lagMessages: null,
    lagMs: null,
    lagFrom: null,
    consumedPerSecond: null,
    producedPerSecond: null,
    catchUp: { kind: 'unknown', why: 'Nothing was committed yet.' },
    loss: { kind: 'unknown', why: 'Nothing was committed yet.' },
    readShare: null,
    openTransactionMessages: null,
    movedAt: null,
  },
  state: 'ok',
  stateWords: lagStateFaces['never-committed'].words,
});
