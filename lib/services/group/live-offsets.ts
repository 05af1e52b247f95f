import { stableEnds } from '#lib/collector/lag/read-lag.ts';
import { asGroupOffsets, readShareOffsets } from '#lib/collector/lag/share-offsets.ts';
import { iso } from '#lib/collector/missing-parts.ts';
import type { SampledSnapshot } from '#lib/collector/read-snapshot.ts';
import { topicOfPartition, topicRow } from '#lib/collector/reuse-names.ts';
import { groupLag } from '#lib/collector/roll-up.ts';
import type { GroupEntry, GroupOffsets } from '#lib/collector/snapshot.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { CallOptions, Failure, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { readGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import type { MissingPart } from '#lib/model/listing.ts';

/** The picture as the group stands in it now: its offsets, and ends that are at least as new. */
export type LiveOffsets = {
  snapshot: SampledSnapshot;
  offsets: GroupOffsets | null;
  isLive: boolean;
  missing: MissingPart[];
};

/**
 * Committed offsets asked now, or as the collector knew them when the coordinator does not answer; with a picture whose ends
 * are at least as new. Against older ends a group that falls behind would read as caught up.
 */
export async function liveOffsets(
  client: KafkaClient,
  known: SampledSnapshot,
  group: GroupEntry,
  options: CallOptions,
): Promise<LiveOffsets> {
  if (group.type === 'share') return liveShareOffsets(client, known, group, options);
  const { offsets, failures } = await readGroupOffsets(client, [group], known.metadata.value, options);
  const [read] = offsets;
  if (read) {
    const { snapshot, missing } = await withLiveEnds(client, known, read.rows, options);
    const value = groupLag(read.rows, read.committed, snapshot.ends.value, read.topics);
    return { snapshot, offsets: value, missing, isLive: true };
  }
  return asLastSeen(known, group, failures);
}

const asLastSeen = (
  known: SampledSnapshot,
  group: GroupEntry,
  failures: readonly Failure[],
): LiveOffsets => ({
  snapshot: known,
  offsets: known.groupOffsets.value?.get(group.groupId) ?? null,
  isLive: false,
  missing: failures.map(({ broker, error }) => ({
    part: `offsets on broker ${broker}`,
    sentence: `Committed offsets are as last seen. ${toProblem(error).what}`,
    since: iso(known.groupOffsets.at),
  })),
});

async function liveShareOffsets(
  client: KafkaClient,
  known: SampledSnapshot,
  group: GroupEntry,
  options: CallOptions,
): Promise<LiveOffsets> {
  const metadata = known.metadata.value;
  const { read, failures } = await readShareOffsets(client, [group], options);
  const own = read.get(group.groupId);
  if (!own) return asLastSeen(known, group, failures);
  const { rows } = asGroupOffsets(own, metadata, null);
  const { snapshot, missing } = await withLiveEnds(client, known, rows, options);
  return { snapshot, offsets: asGroupOffsets(own, metadata, snapshot.ends.value), missing, isLive: true };
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
  const oldEnds = (part: string, error: unknown): MissingPart => ({
    part,
    sentence: `End offsets are as last seen. ${toProblem(error).what}`,
    since: iso(known.ends.at),
  });
  try {
    const live = await readMetadata(client, { ...options, topics: topics.map((t) => all.names[t]!) });
    const { columns, failures } = await readOffsets(client, live, 'end', options);
    const every = Int32Array.from(live.partition, (_, row) => row);
    const { value: held } = await stableEnds(client, live, every, columns, options);
    const count = all.partition.length;
    const ends = known.ends.value ?? {
      offsets: new BigInt64Array(count).fill(-1n),
      errors: new Int16Array(count),
    };
    const stable = known.stable.value ?? { ...ends, offsets: new BigInt64Array(count).fill(-1n) };
    const offsets = ends.offsets.slice();
    const stableOffsets = stable.offsets.slice();
    for (let t = 0; t < live.names.length; t++) {
      const row = topicRow(all, live.names[t]!);
      if (row < 0 || all.topicIds[row] !== live.topicIds[t]) continue;
      const size = all.partitionStart[row + 1]! - all.partitionStart[row]!;
      const from = live.partitionStart[t]!;
      for (let p = 0; p < Math.min(size, live.partitionStart[t + 1]! - from); p++) {
        if (columns.offsets[from + p]! < 0n) continue;
        offsets[all.partitionStart[row]! + p] = columns.offsets[from + p]!;
        stableOffsets[all.partitionStart[row]! + p] = held.offsets[from + p]!;
      }
    }
    return {
      snapshot: {
        ...known,
        ends: { ...known.ends, value: { ...ends, offsets }, problem: null },
        stable: { ...known.stable, value: { ...stable, offsets: stableOffsets } },
      },
      missing: failures.map(({ broker, error }) => oldEnds(`end offsets on broker ${broker}`, error)),
    };
  } catch (error) {
    return { snapshot: known, missing: [oldEnds('end offsets', error)] };
  }
}
