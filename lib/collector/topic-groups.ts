import { topicOfPartition } from './reuse-names.ts';
import type { Snapshot } from './snapshot.ts';

/** Which groups read each topic, aligned with topic rows. */
export type TopicGroups = {
  count: Int32Array;
  worstLag: BigInt64Array;
  worstGroup: (string | null)[];
};

const made = new WeakMap<object, TopicGroups>();

/** Groups per topic, made once for each reading of committed offsets; null before the first. */
export function topicGroups(snapshot: Snapshot): TopicGroups | null {
  const offsets = snapshot.groupOffsets.value;
  const metadata = snapshot.metadata.value;
  if (!offsets || !metadata) return null;
  const known = made.get(offsets);
  if (known && known.count.length === metadata.names.length) return known;
  const size = metadata.names.length;
  const result: TopicGroups = {
    count: new Int32Array(size),
    worstLag: new BigInt64Array(size).fill(-1n),
    worstGroup: new Array<string | null>(size).fill(null),
  };
  for (const [groupId, group] of offsets)
    addGroup(result, groupId, group, (row) => topicOfPartition(metadata, row));
  made.set(offsets, result);
  return result;
}

function addGroup(
  result: TopicGroups,
  groupId: string,
  group: { rows: Int32Array; lag: BigInt64Array },
  topicOf: (row: number) => number,
): void {
  const lagOf = new Map<number, bigint>();
  for (let i = 0; i < group.rows.length; i++) {
    if (group.rows[i]! < 0) continue;
    const topic = topicOf(group.rows[i]!);
    const lag = group.lag[i]! < 0n ? 0n : group.lag[i]!;
    lagOf.set(topic, (lagOf.get(topic) ?? 0n) + lag);
  }
  for (const [topic, lag] of lagOf) {
    result.count[topic] = result.count[topic]! + 1;
    if (lag > result.worstLag[topic]!) {
      result.worstLag[topic] = lag;
      result.worstGroup[topic] = groupId;
    }
  }
}
