import { AppError } from '#lib/errors/app-error.ts';
import { readOffsetBackup } from '#lib/gateways/database/offset-backups.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { partitionRow, readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { maxResetPartitions, type ResetTarget, type ResetTopic } from '#lib/model/offset-reset.ts';
import { type LiveGroup, lookAtGroup } from './live-group.ts';
import { byPlace, type Standing, type Wanted } from './plan-moves.ts';
import { readPositions } from './read-positions.ts';

/** What a target names by itself: positions of a file, of another group, or kept ones. Others follow from each partition. */
type Named = {
  /** Null offset: no committed offset. A topic id that is not the present one means another topic. */
  positions: { topic: string; partition: number; offset: bigint | null; topicId?: string }[];
  /** Why a partition that is not among them is left. */
  otherwise: string;
  /** The kind of the group when they were kept. */
  type?: LiveGroup['type'];
  field: 'file' | 'group' | 'saved';
};

type Asked = {
  clusterId: string;
  groupId: string;
  topics: readonly ResetTopic[] | null;
  target: ResetTarget;
};

/**
 * Every partition that a reset is about, as it stands now, with where it is wanted. Topics are read by the names that the
 * answer carries; starts and ends are the log's own now.
 * @param timeMs the moment of a time or `ago` target
 * @throws AppError `input.invalid` with the field, `topic.not-found`, `reset.not-found`
 */
export async function standingsOf(
  client: KafkaClient,
  group: LiveGroup,
  asked: Asked,
  timeMs: number | null,
  options: CallOptions,
): Promise<{ metadata: MetadataColumns; standings: Standing[]; keptType: LiveGroup['type'] | undefined }> {
  const named = await namedBy(client, asked, options);
  const wantedTopics = topicsOf(group, asked.topics, named);
  const metadata = await readMetadata(client, { ...options, topics: [...wantedTopics.keys()] });
  const places = placesOf(metadata, wantedTopics, asked);
  if (places.length > maxResetPartitions)
    throw new AppError(
      'input.invalid',
      {},
      { fields: { topics: `${places.length} partitions are too many for one reset. Choose topics.` } },
    );
  const [starts, ends, found] = await Promise.all([
    readOffsets(client, metadata, 'start', options),
    readOffsets(client, metadata, 'end', options),
    timeMs === null ? null : readOffsets(client, metadata, { timestampMs: timeMs }, options),
  ]);
  const byName = named && new Map(named.positions.map((one) => [`${one.topic}/${one.partition}`, one]));
  return {
    metadata,
    keptType: named?.type,
    standings: places.map(({ topic, partition, topicRow, row }): Standing => {
      const committed = group.committed.get(topic)?.get(partition) ?? -1n;
      const start = row < 0 ? -1n : starts.columns.offsets[row]!;
      const end = row < 0 ? -1n : ends.columns.offsets[row]!;
      const keep = (why: string): Standing => ({
        ...{ topic, partition, committed, start, end },
        wanted: { kind: 'keep', why },
      });
      if (row < 0)
        return keep(topicRow < 0 ? 'The topic does not exist any more.' : 'There is no such partition.');
      const own = byName?.get(`${topic}/${partition}`);
      if (named && !own) return keep(named.otherwise);
      if (own?.topicId && own.topicId !== metadata.topicIds[topicRow])
        return keep('The topic was deleted and made anew since, so that kept positions mean other records.');
      // A silent leader has no record of that time either: taken for "nothing is as late" it would skip the whole partition.
      if (found && found.columns.errors[row] !== 0)
        return keep('Its leader did not say which record is the first at that time. Plan again.');
      const wanted: Wanted = own
        ? own.offset === null
          ? { kind: 'none' }
          : { kind: 'offset', offset: own.offset }
        : targetOf(asked.target, { committed, start, end, found: found?.columns.offsets[row] ?? -1n });
      return { topic, partition, committed, start, end, wanted };
    }),
  };
}

function targetOf(
  target: ResetTarget,
  { committed, start, end, found }: { committed: bigint; start: bigint; end: bigint; found: bigint },
): Wanted {
  switch (target.kind) {
    case 'start':
      return { kind: 'offset', offset: start };
    case 'offset':
      return { kind: 'offset', offset: BigInt(target.offset) };
    case 'time':
    case 'ago':
      // Nothing is as late: Kafka's own tool takes the end.
      return { kind: 'offset', offset: found < 0n ? end : found };
    case 'shift':
      return committed < 0n
        ? { kind: 'keep', why: 'Nothing is committed here to shift from.' }
        : { kind: 'offset', offset: committed + BigInt(target.by) };
    default:
      return { kind: 'offset', offset: end };
  }
}

async function namedBy(client: KafkaClient, asked: Asked, options: CallOptions): Promise<Named | null> {
  const { target } = asked;
  if (target.kind === 'file') {
    const read = readPositions(target.text, asked.groupId);
    if (!read.ok) throw new AppError('input.invalid', {}, { fields: { 'target.text': read.problem } });
    const positions = read.positions.map((one) => ({ ...one, offset: BigInt(one.offset) }));
    return { positions, otherwise: 'The file does not name it.', field: 'file' };
  }
  if (target.kind === 'group') {
    const other = await lookAtGroup(client, target.groupId, options);
    const positions = [...other.committed].flatMap(([topic, own]) =>
      [...own].map(([partition, offset]) => ({ topic, partition, offset })),
    );
    if (positions.length === 0) {
      const fields = { 'target.groupId': `Group ${target.groupId} has no committed offsets.` };
      throw new AppError('input.invalid', {}, { fields });
    }
    return { positions, otherwise: `${target.groupId} has committed nothing here.`, field: 'group' };
  }
  if (target.kind === 'saved') {
    const backup = await readOffsetBackup(asked.clusterId, asked.groupId, target.resetId);
    if (!backup) throw new AppError('reset.not-found');
    const positions = backup.positions.flatMap(({ topic, topicId, partitions, before }) =>
      partitions.map((partition, i) => ({
        ...{ topic, topicId, partition },
        offset: before[i] == null ? null : BigInt(before[i]),
      })),
    );
    return { positions, otherwise: 'That change did not touch it.', type: backup.type, field: 'saved' };
  }
  return null;
}

/** Topics of a reset, each with its partitions; null is all that the topic has. */
function topicsOf(
  group: LiveGroup,
  asked: readonly ResetTopic[] | null,
  named: Named | null,
): Map<string, ReadonlySet<number> | null> {
  const topics = new Map<string, Set<number> | null>();
  if (asked) {
    for (const { topic, partitions } of asked) {
      const known = topics.get(topic);
      if (known === null || partitions === null) topics.set(topic, null);
      else topics.set(topic, new Set([...(known ?? []), ...partitions]));
    }
    return topics;
  }
  const add = (topic: string, partition: number) =>
    topics.set(topic, (topics.get(topic) ?? new Set()).add(partition));
  const isAbout = (topic: string) =>
    named?.field !== 'group' || group.committed.size === 0 || group.committed.has(topic);
  for (const { topic, partition } of named?.positions ?? []) if (isAbout(topic)) add(topic, partition);
  if (!named || named.field === 'group')
    for (const [topic, own] of group.committed) for (const partition of own.keys()) add(topic, partition);
  if (topics.size > 0) return topics;
  const what = `Group ${group.groupId} has committed nothing yet. Choose topics.`;
  throw new AppError('input.invalid', {}, { fields: { topics: what } });
}

type Place = { topic: string; partition: number; topicRow: number; row: number };

/** @throws AppError `topic.not-found` for a topic that was asked for by name */
function placesOf(
  metadata: MetadataColumns,
  topics: ReadonlyMap<string, ReadonlySet<number> | null>,
  asked: Asked,
): Place[] {
  const rows = new Map(metadata.names.map((name, row) => [name, row]));
  const places: Place[] = [];
  for (const [topic, partitions] of topics) {
    const t = rows.get(topic) ?? -1;
    const isThere = t >= 0 && metadata.partitionStart[t + 1]! > metadata.partitionStart[t]!;
    if (!isThere && asked.topics) throw new AppError('topic.not-found', { topic, cluster: asked.clusterId });
    if (partitions)
      for (const partition of partitions)
        places.push({
          ...{ topic, partition, topicRow: isThere ? t : -1 },
          row: isThere ? partitionRow(metadata, t, partition) : -1,
        });
    else
      for (let row = metadata.partitionStart[t]!; row < metadata.partitionStart[t + 1]!; row++)
        places.push({ topic, partition: metadata.partition[row]!, topicRow: t, row });
  }
  return places.sort(byPlace);
}
