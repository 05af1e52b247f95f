import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { type DescribedGroup, describeGroups } from '#lib/gateways/kafka/describe-groups.ts';
import { readOffsets } from '#lib/gateways/kafka/list-offsets.ts';
import { peekRecords } from '#lib/gateways/kafka/peek-records.ts';
import { readRetention } from '#lib/gateways/kafka/read-retention.ts';
import { log } from '#lib/log.ts';
import type { MetadataColumns, OffsetColumns } from '#lib/model/columns.ts';
import type { TopicRetention } from '#lib/model/topic-retention.ts';
import { topicOfPartition } from '../reuse-names.ts';
import type { GroupEntry, GroupOffsets } from '../snapshot.ts';
import type { LagBook } from './lag-book.ts';
import type { MemberWatch } from './member-watch.ts';

/** Partition rows where some group has records unread, ascending. */
export function rowsBehind(groups: ReadonlyMap<string, GroupOffsets>): Int32Array {
  const rows = new Set<number>();
  for (const { rows: own, lag } of groups.values())
    for (let i = 0; i < own.length; i++) if (own[i]! >= 0 && lag[i]! > 0n) rows.add(own[i]!);
  return Int32Array.from(rows).sort();
}

/**
 * Ends for readers of committed records, of those of these partitions where an open transaction holds records back; -1
 * elsewhere. It must be asked after `ends` were: a stable end that is older than the end would hold back what it does not.
 */
export async function stableEnds(
  client: KafkaClient,
  metadata: MetadataColumns,
  rows: Int32Array,
  ends: OffsetColumns | null,
  options: CallOptions,
): Promise<{ value: OffsetColumns }> {
  // A broker that is silent is told with the ends already.
  const { columns } = await readOffsets(client, metadata, 'end', {
    ...options,
    isolation: 'read_committed',
    rows,
  });
  for (const row of rows)
    if (columns.offsets[row]! >= (ends?.offsets[row] ?? -1n)) columns.offsets[row] = -1n;
  return { value: columns };
}

/** What deletes records of the topics of these partitions; topics in `known` are not asked again. */
export async function retentionOf(
  client: KafkaClient,
  metadata: MetadataColumns,
  rows: Int32Array,
  known: ReadonlyMap<string, TopicRetention | null> | null,
  options: CallOptions,
): Promise<Map<string, TopicRetention | null>> {
  const topics = new Set<string>();
  let end = -1;
  for (const row of rows) {
    if (row < end) continue;
    const topic = topicOfPartition(metadata, row);
    end = metadata.partitionStart[topic + 1]!;
    if (!known?.has(metadata.names[topic]!)) topics.add(metadata.names[topic]!);
  }
  if (topics.size === 0) return new Map(known);
  return new Map([...(known ?? []), ...(await readRetention(client, [...topics], options))]);
}

/** Looks into the log behind positions about which the tables say too little. What cannot be read is asked again later. */
export async function lookBehind(
  client: KafkaClient,
  book: LagBook,
  metadata: MetadataColumns,
  options: CallOptions,
): Promise<void> {
  const wanted = book.placesToLook(metadata);
  if (wanted.length === 0) return;
  try {
    const { found } = await peekRecords(
      client,
      metadata,
      wanted.map(({ row, offset }) => ({
        row,
        topic: topicOfPartition(metadata, row),
        offset: BigInt(offset),
      })),
      options,
    );
    const byPlace = new Map(found.map((peeked) => [`${peeked.row} ${peeked.offset}`, peeked]));
    for (const { groupId, row, offset, committed } of wanted) {
      const peeked = byPlace.get(`${row} ${offset}`);
      if (!peeked) continue;
      const { next, until, timeMs } = peeked;
      book.learn(groupId, row, { committed, next: Number(next), timeMs, until: Number(until) });
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'server.stopping') throw error;
    log.warn('lag.not-looked', { cluster: client.name, error });
  }
}

/** Describes groups that have members, and tells the watch what was seen. Groups that do not answer stay as they were. */
export async function watchMembers(
  client: KafkaClient,
  watch: MemberWatch,
  groups: readonly GroupEntry[],
  isWhole: boolean,
  options: CallOptions,
): Promise<void> {
  const asked = watch.next(groups);
  let described: DescribedGroup[] = [];
  try {
    described = asked.length === 0 ? [] : await describeGroups(client, asked, options);
  } catch (error) {
    if (error instanceof AppError && error.code === 'server.stopping') throw error;
    log.warn('lag.members-not-described', { cluster: client.name, error });
  }
  watch.observe(groups, described, Date.now(), isWhole);
}
