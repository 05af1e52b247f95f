import { collectorOf } from '#lib/collector/collectors.ts';
import { kafkaOf } from '#lib/collector/connections.ts';
import { iso, missingParts } from '#lib/collector/missing-parts.ts';
import { type SampledSnapshot, sampledCluster } from '#lib/collector/read-snapshot.ts';
import { topicOfPartition, topicRow } from '#lib/collector/reuse-names.ts';
import { groupLag } from '#lib/collector/roll-up.ts';
import type { GroupEntry, GroupOffsets } from '#lib/collector/snapshot.ts';
import { groupRowOf } from '#lib/collector/view-groups.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { type DescribedGroup, describeGroups } from '#lib/gateways/kafka/describe-groups.ts';
import { readGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import { GroupDetail, GroupInput, type GroupPartitionRow } from '#lib/model/group.ts';
import type { PartitionLag } from '#lib/model/lag.ts';
import type { MissingPart } from '#lib/model/listing.ts';
import { stateRank } from '#lib/model/state.ts';
import { defineQuery } from '#lib/operations/define-query.ts';

/** How long the page waits for the coordinator before it shows what the collector knew. */
const patienceMs = 1_000;

/** One group with its members and per-partition lag, its offsets and members read now. */
export const readGroup = defineQuery({
  name: 'group.read',
  summary: 'One group with its members and lag by partition.',
  path: '/clusters/[clusterId]/groups/[groupId]',
  permission: 'group:read',
  input: GroupInput,
  output: GroupDetail,
  target: (input) => ({ type: 'group', id: input.groupId, clusterId: input.clusterId }),
  run: async (context, input) => {
    const found = await find(input.clusterId, input.groupId);
    const { group } = found;
    const client = await kafkaOf(input.clusterId);
    const [described, { snapshot, offsets }] = await Promise.all([
      describeNow(client, group, context.signal),
      offsetsOf(client, found.snapshot, group, context.signal),
    ]);
    const fresh = offsets.value
      ? {
          ...snapshot,
          groupOffsets: { ...snapshot.groupOffsets, value: new Map([[group.groupId, offsets.value]]) },
        }
      : snapshot;
    const row = groupRowOf(
      fresh,
      { ...group, groupState: described.value?.state ?? group.groupState },
      collectorOf(input.clusterId).groupRing.read(group.groupId),
    );
    return {
      ...row,
      members: described.value ? described.value.members.length : row.members,
      protocol: described.value?.assignor ?? null,
      epoch: described.value?.epoch ?? null,
      assignmentEpoch: described.value?.assignmentEpoch ?? null,
      subtopologies: described.value?.subtopologies ?? null,
      memberList: (described.value?.members ?? []).map((member) => ({
        ...member,
        consumedPerSecond: null,
        lagMessages: null,
        lagMs: null,
        movedAt: null,
      })),
      oldestUnread: null,
      seenRebalances: [],
      partitions: offsets.value ? partitionRows(snapshot, offsets.value, described.value) : [],
      asOf: iso(offsets.isLive ? Date.now() : snapshot.groupOffsets.at),
      missing: [...missingParts(snapshot, ['ends', 'starts']), ...described.missing, ...offsets.missing],
    };
  },
});

async function find(
  clusterId: string,
  groupId: string,
): Promise<{ snapshot: SampledSnapshot; group: GroupEntry }> {
  let snapshot = await sampledCluster(clusterId);
  const byId = (entry: GroupEntry) => entry.groupId === groupId;
  let group = snapshot.groups.value?.find(byId);
  if (!group) {
    await collectorOf(clusterId).refresh(['groups']);
    snapshot = await sampledCluster(clusterId);
    group = snapshot.groups.value?.find(byId);
  }
  if (!group) throw new AppError('group.not-found', { group: groupId, cluster: clusterId });
  return { snapshot, group };
}

type Live<T> = { value: T | null; missing: MissingPart[] };

async function describeNow(
  client: KafkaClient,
  group: GroupEntry,
  signal: AbortSignal,
): Promise<Live<DescribedGroup>> {
  try {
    const [described] = await describeGroups(client, [group], { signal, timeoutMs: patienceMs });
    if (described?.error) throw described.error;
    return { value: described ?? null, missing: [] };
  } catch (error) {
    const sentence = `Members of the group are not known. ${toProblem(error).what}`;
    return { value: null, missing: [{ part: `broker ${group.coordinator}`, sentence, since: null }] };
  }
}

/**
 * Committed offsets asked now, or as the collector knew them when the coordinator does not answer; with a picture whose ends
 * are at least as new. Against older ends a group that falls behind would read as caught up.
 */
async function offsetsOf(
  client: KafkaClient,
  known: SampledSnapshot,
  group: GroupEntry,
  signal: AbortSignal,
): Promise<{ snapshot: SampledSnapshot; offsets: Live<GroupOffsets> & { isLive: boolean } }> {
  const options = { signal, timeoutMs: patienceMs };
  const { offsets, failures } = await readGroupOffsets(client, [group], known.metadata.value, options);
  const [read] = offsets;
  if (read) {
    const { snapshot, missing } = await withLiveEnds(client, known, read.rows, options);
    const value = groupLag(read.rows, read.committed, snapshot.ends.value, read.topics);
    return { snapshot, offsets: { value, missing, isLive: true } };
  }
  const value = known.groupOffsets.value?.get(group.groupId) ?? null;
  const missing = failures.map(({ broker, error }) => ({
    part: `offsets on broker ${broker}`,
    sentence: `Committed offsets are as last seen. ${toProblem(error).what}`,
    since: iso(known.groupOffsets.at),
  }));
  return { snapshot: known, offsets: { value, missing, isLive: false } };
}

/** The picture with the ends of the topics of some rows asked now; where nobody answers they stay as they were. */
async function withLiveEnds(
  client: KafkaClient,
  known: SampledSnapshot,
  rows: Int32Array,
  options: CallOptions,
): Promise<{ snapshot: SampledSnapshot; missing: MissingPart[] }> {
  const all = known.metadata.value;
  const topics = [...new Set([...rows].filter((row) => row >= 0).map((row) => topicOfPartition(all, row)))];
  if (topics.length === 0) return { snapshot: known, missing: [] };
  const asLastSeen = (part: string, error: unknown): MissingPart => ({
    part,
    sentence: `End offsets are as last seen. ${toProblem(error).what}`,
    since: iso(known.ends.at),
  });
  try {
    const live = await readMetadata(client, { ...options, topics: topics.map((t) => all.names[t]!) });
    const { columns, failures } = await readOffsets(client, live, 'end', options);
    const count = all.partition.length;
    const offsets = known.ends.value?.offsets.slice() ?? new BigInt64Array(count).fill(-1n);
    const errors = known.ends.value?.errors.slice() ?? new Int16Array(count);
    for (let t = 0; t < live.names.length; t++) {
      const row = topicRow(all, live.names[t]!);
      if (row < 0 || all.topicIds[row] !== live.topicIds[t]) continue;
      const size = all.partitionStart[row + 1]! - all.partitionStart[row]!;
      const from = live.partitionStart[t]!;
      for (let p = 0; p < Math.min(size, live.partitionStart[t + 1]! - from); p++)
        if (columns.offsets[from + p]! >= 0n)
          offsets[all.partitionStart[row]! + p] = columns.offsets[from + p]!;
    }
    return {
      snapshot: { ...known, ends: { ...known.ends, value: { offsets, errors } } },
      missing: failures.map(({ broker, error }) => asLastSeen(`end offsets on broker ${broker}`, error)),
    };
  } catch (error) {
    return { snapshot: known, missing: [asLastSeen('end offsets', error)] };
  }
}

function partitionRows(
  snapshot: SampledSnapshot,
  offsets: GroupOffsets,
  described: DescribedGroup | null,
): GroupPartitionRow[] {
  const metadata = snapshot.metadata.value;
  const owners = new Map<string, { memberId: string; clientId: string }>();
  for (const member of described?.members ?? []) {
    for (const { topic, partitions } of member.assigned) {
      for (const partition of partitions) owners.set(`${topic}\n${partition}`, member);
    }
  }
  const rows: GroupPartitionRow[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < offsets.rows.length; i++) {
    const row = offsets.rows[i]!;
    if (row < 0) continue;
    const topic = metadata.names[topicOfPartition(metadata, row)]!;
    const partition = metadata.partition[row]!;
    seen.add(`${topic}\n${partition}`);
    rows.push(
      partitionRow(
        snapshot,
        topic,
        partition,
        row,
        offsets.committed[i]!,
        offsets.lag[i]!,
        owners.get(`${topic}\n${partition}`),
      ),
    );
  }
  for (const [key, owner] of owners) {
    if (seen.has(key)) continue;
    const [topic, partition] = key.split('\n') as [string, string];
    rows.push(partitionRow(snapshot, topic, Number(partition), -1, -1n, -1n, owner));
  }
  return rows.sort(
    (a, b) =>
      stateRank(a.state) - stateRank(b.state) ||
      byLag(a, b) ||
      (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition),
  );
}

function byLag(a: GroupPartitionRow, b: GroupPartitionRow): number {
  const [left, right] = [BigInt(a.lagMessages ?? -1), BigInt(b.lagMessages ?? -1)];
  return left > right ? -1 : left < right ? 1 : 0;
}

function partitionRow(
  snapshot: SampledSnapshot,
  topic: string,
  partition: number,
  row: number,
  committed: bigint,
  lag: bigint,
  owner: { memberId: string; clientId: string } | undefined,
): GroupPartitionRow {
  const start = row < 0 ? -1n : (snapshot.starts.value?.offsets[row] ?? -1n);
  const end = row < 0 ? -1n : (snapshot.ends.value?.offsets[row] ?? -1n);
  const text = (value: bigint) => (value < 0n ? null : value.toString());
  return {
    topic,
    partition,
    memberId: owner?.memberId ?? null,
    clientId: owner?.clientId ?? null,
    committedOffset: text(committed),
    startOffset: text(start),
    endOffset: text(end),
    lagMessages: text(lag),
    stableOffset: null,
    doneAhead: null,
    lag: unknownLag,
    ...stateOf(committed, start, end, lag, owner !== undefined),
  };
}

function stateOf(
  committed: bigint,
  start: bigint,
  end: bigint,
  lag: bigint,
  isOwned: boolean,
): Pick<GroupPartitionRow, 'state' | 'stateWords'> {
  if (committed < 0n) return { state: 'ok', stateWords: 'Never committed' };
  if (end < 0n) return { state: 'unknown', stateWords: 'Unknown' };
  if (start >= 0n && committed < start) return { state: 'critical', stateWords: 'Behind retention' };
  if (lag === 0n) return { state: 'ok', stateWords: 'No new records' };
  return { state: 'ok', stateWords: isOwned ? 'Reading' : 'Nobody reads' };
}

const unknownLag: PartitionLag = {
  state: 'ok',
  rule: 'Not read yet.',
  lagMessages: null,
  lagMs: null,
  lagFrom: null,
  consumedPerSecond: null,
  producedPerSecond: null,
  catchUp: { kind: 'unknown', why: 'Not read yet.' },
  loss: { kind: 'unknown', why: 'Not read yet.' },
  readShare: null,
  openTransactionMessages: null,
  movedAt: null,
};
