import type { SampledSnapshot } from '#lib/collector/read-snapshot.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import type { MetadataColumns, OffsetColumns } from '#lib/model/columns.ts';
import type { MissingPart } from '#lib/model/listing.ts';

/** How long a page waits for what it reads live before it shows what the collector knew. */
const patienceMs = 400;

/** A topic as it is now: metadata of one row, and offsets aligned with it. */
export type LiveTopic = {
  metadata: MetadataColumns;
  starts: OffsetColumns;
  ends: OffsetColumns;
  at: number;
  missing: MissingPart[];
};

/**
 * Reads one topic from the cluster. A broker that does not answer in time costs its own partitions only: they
 * are shown as the collector last knew them, and named as missing.
 */
export async function readLiveTopic(
  client: KafkaClient,
  snapshot: SampledSnapshot,
  row: number,
  signal: AbortSignal,
): Promise<LiveTopic> {
  const options = { signal, timeoutMs: patienceMs };
  const known = rowOf(snapshot, row);
  let metadata: MetadataColumns;
  try {
    metadata = await readTopic(client, snapshot.metadata.value.names[row]!, options);
  } catch (error) {
    const problem = toProblem(error);
    const sentence = `The topic is shown as it was last seen. ${problem.what}`;
    return { ...known, missing: [{ part: 'live state', sentence, since: new Date(known.at).toISOString() }] };
  }
  const [starts, ends] = await Promise.all([
    readOffsets(client, metadata, 'start', options),
    readOffsets(client, metadata, 'end', options),
  ]);
  fillFrom(starts.columns, known.starts);
  fillFrom(ends.columns, known.ends);
  const silent = new Map(
    [...starts.failures, ...ends.failures].map(({ broker, error }) => [broker, toProblem(error).what]),
  );
  return {
    metadata,
    starts: starts.columns,
    ends: ends.columns,
    at: Date.now(),
    missing: [...silent].map(([broker, what]) => ({
      part: `broker ${broker}`,
      sentence: `Offsets of the partitions that broker ${broker} leads are as last seen. ${what}`,
      since: snapshot.ends.at === null ? null : new Date(snapshot.ends.at).toISOString(),
    })),
  };
}

/** The collector's rows of one topic, as if it were a cluster of its own. */
function rowOf(snapshot: SampledSnapshot, row: number): Omit<LiveTopic, 'missing'> {
  const all = snapshot.metadata.value;
  const from = all.partitionStart[row]!;
  const to = all.partitionStart[row + 1]!;
  const replicasFrom = all.replicaStart[from]!;
  const isrFrom = all.isrStart[from]!;
  const offsetsOf = (part: { value: OffsetColumns | null }): OffsetColumns =>
    part.value
      ? { offsets: part.value.offsets.slice(from, to), errors: part.value.errors.slice(from, to) }
      : { offsets: new BigInt64Array(to - from).fill(-1n), errors: new Int16Array(to - from) };
  return {
    metadata: {
      ...all,
      names: [all.names[row]!],
      topicIds: [all.topicIds[row]!],
      isInternal: all.isInternal.slice(row, row + 1),
      topicError: all.topicError.slice(row, row + 1),
      partitionStart: Int32Array.from([0, to - from]),
      partition: all.partition.slice(from, to),
      partitionError: all.partitionError.slice(from, to),
      leader: all.leader.slice(from, to),
      replicaStart: all.replicaStart.slice(from, to + 1).map((at) => at - replicasFrom),
      replicas: all.replicas.slice(replicasFrom, all.replicaStart[to]),
      isrStart: all.isrStart.slice(from, to + 1).map((at) => at - isrFrom),
      isr: all.isr.slice(isrFrom, all.isrStart[to]),
    },
    starts: offsetsOf(snapshot.starts),
    ends: offsetsOf(snapshot.ends),
    at: snapshot.metadata.at ?? snapshot.sampledAt,
  };
}

function fillFrom(columns: OffsetColumns, known: OffsetColumns): void {
  for (let p = 0; p < columns.offsets.length; p++) {
    if (columns.offsets[p]! < 0n && p < known.offsets.length) columns.offsets[p] = known.offsets[p]!;
  }
}
