import { iso, numberOrNull } from '#lib/collector/missing-parts.ts';
import type { SampledSnapshot } from '#lib/collector/read-snapshot.ts';
import { isExplained, isInSync, partitionSize } from '#lib/collector/roll-up.ts';
import type { State } from '#lib/model/state.ts';
import type { PartitionRow, TopicDetail } from '#lib/model/topic.ts';
import type { LiveTopic } from './live-topic.ts';

/** The partitions of a topic as it is now, with sizes and rates of the newest picture. */
export function viewPartitions(
  snapshot: SampledSnapshot,
  row: number,
  live: LiveTopic,
  minIsr: number | null,
): PartitionRow[] {
  const metadata = live.metadata;
  const all = snapshot.metadata.value;
  const rows: PartitionRow[] = [];
  for (let p = 0; p < metadata.partition.length; p++) {
    const known = all.partitionStart[row]! + p;
    const isKnown = known < all.partitionStart[row + 1]!;
    const replicas = [...metadata.replicas.subarray(metadata.replicaStart[p], metadata.replicaStart[p + 1])];
    const outOfSync = replicas.filter((broker) => !isInSync(metadata, p, broker));
    const { state, words } = partitionState(snapshot, live, p, minIsr);
    const start = live.starts.offsets[p]!;
    const end = live.ends.offsets[p]!;
    rows.push({
      partition: metadata.partition[p]!,
      state,
      stateWords: words,
      leader: metadata.leader[p]! >= 0 ? metadata.leader[p]! : null,
      preferredLeader: replicas[0] ?? -1,
      replicas: replicas.map((broker, index) => ({
        broker,
        isInSync: !outOfSync.includes(broker),
        ...placeOf(snapshot, isKnown ? all.replicaStart[known]! + index : -1, broker),
      })),
      outOfSync,
      since:
        outOfSync.length > 0
          ? iso(earliest(outOfSync.map((broker) => snapshot.brokersDown.get(broker)?.since ?? null)))
          : null,
      startOffset: start >= 0n ? start.toString() : null,
      endOffset: end >= 0n ? end.toString() : null,
      records: start >= 0n && end >= 0n ? (end - start).toString() : null,
      sizeBytes: isKnown && snapshot.sizes.value ? partitionSize(all, snapshot.sizes.value, known) : null,
      recordsPerSecond: isKnown ? partitionRate(snapshot, known) : null,
    });
  }
  return rows;
}

function partitionState(
  snapshot: SampledSnapshot,
  live: LiveTopic,
  p: number,
  minIsr: number | null,
): { state: State; words: string } {
  const metadata = live.metadata;
  const replicas = metadata.replicaStart[p + 1]! - metadata.replicaStart[p]!;
  const inSync = metadata.isrStart[p + 1]! - metadata.isrStart[p]!;
  if (metadata.leader[p]! < 0) return { state: 'critical', words: 'Offline' };
  if (minIsr !== null && inSync < Math.min(minIsr, replicas))
    return { state: 'critical', words: 'Refuses writes' };
  if (inSync < replicas) {
    const isExplainedByBroker = isExplained(metadata, p, (broker) => snapshot.brokersDown.has(broker));
    return { state: isExplainedByBroker ? 'explained' : 'warning', words: 'Under-replicated' };
  }
  return { state: 'ok', words: 'In sync' };
}

function placeOf(
  snapshot: SampledSnapshot,
  replicaRow: number,
  broker: number,
): { sizeBytes: number | null; logDir: string | null } {
  const sizes = snapshot.sizes.value;
  if (!sizes || replicaRow < 0 || snapshot.metadata.value.replicas[replicaRow] !== broker)
    return { sizeBytes: null, logDir: null };
  const dir = sizes.logDirs[sizes.logDirIndex[replicaRow]!];
  return { sizeBytes: numberOrNull(sizes.sizeBytes[replicaRow]!), logDir: dir?.path ?? null };
}

/** Records per second of one partition between the two newest readings of offsets. */
function partitionRate(snapshot: SampledSnapshot, p: number): number | null {
  const { earlier, ends } = snapshot;
  if (
    !earlier ||
    !ends.value ||
    ends.at === null ||
    ends.at <= earlier.endsAt ||
    earlier.metadata.names !== snapshot.metadata.value.names
  )
    return null;
  const now = ends.value.offsets[p]!;
  const before = earlier.ends.offsets[p]!;
  if (now < 0n || before < 0n) return null;
  return now > before ? Number(now - before) / ((ends.at - earlier.endsAt) / 1000) : 0;
}

const earliest = (times: (number | null)[]): number | null =>
  times.reduce((least, time) => (time !== null && (least === null || time < least) ? time : least), null);

/** The brokers that hold the topic, and those that do not, for the drawing of replicas by broker. */
export function brokersOfTopic(snapshot: SampledSnapshot, row: number): TopicDetail['brokers'] {
  const all = snapshot.metadata.value;
  const ids = new Set(all.brokers.map((broker) => broker.id));
  for (let p = all.partitionStart[row]!; p < all.partitionStart[row + 1]!; p++) {
    for (let r = all.replicaStart[p]!; r < all.replicaStart[p + 1]!; r++) ids.add(all.replicas[r]!);
  }
  const racks = new Map(all.brokers.map((broker) => [broker.id, broker.rack]));
  return [...ids]
    .map((id) => {
      const down = snapshot.brokersDown.get(id);
      return {
        id,
        rack: down ? down.rack : (racks.get(id) ?? null),
        state: down ? ('critical' as const) : ('ok' as const),
        stateWords: down ? 'Not answering' : 'Up',
      };
    })
    .sort((a, b) => (a.rack ?? '').localeCompare(b.rack ?? '') || a.id - b.id);
}
