import type { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, Failure, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { describeShareOffsets, type ShareOffset } from '#lib/gateways/kafka/describe-share-offsets.ts';
import { asAppError } from '#lib/gateways/kafka/list-offsets.ts';
import type { MetadataColumns, OffsetColumns } from '#lib/model/columns.ts';
import { topicRow } from '../reuse-names.ts';
import { groupLag } from '../roll-up.ts';
import type { GroupEntry, GroupOffsets } from '../snapshot.ts';

const groupsPerRequest = 100;

/** What brokers tell of the positions of share groups, group by group. */
export async function readShareOffsets(
  client: KafkaClient,
  groups: readonly GroupEntry[],
  options: CallOptions,
): Promise<{ read: Map<string, ShareOffset[]>; failures: Failure[] }> {
  const read = new Map<string, ShareOffset[]>();
  const failures: { broker: number; error: AppError }[] = [];
  const byCoordinator = Map.groupBy(
    groups.filter((group) => group.type === 'share'),
    (group) => group.coordinator,
  );
  await Promise.all(
    [...byCoordinator].map(async ([broker, own]) => {
      try {
        for (let from = 0; from < own.length; from += groupsPerRequest) {
          const ids = own.slice(from, from + groupsPerRequest).map(({ groupId }) => groupId);
          for (const group of await describeShareOffsets(client, broker, ids, options))
            if (!group.error) read.set(group.groupId, group.offsets);
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        failures.push({ broker, error: asAppError(error) });
      }
    }),
  );
  return { read, failures };
}

/**
 * Positions of share groups (KIP-932) as positions of others: the start offset stands for the committed one. Brokers that
 * count the records not done with (KIP-1226) tell how many after it are done already.
 */
export async function shareOffsets(
  client: KafkaClient,
  groups: readonly GroupEntry[],
  metadata: MetadataColumns,
  ends: OffsetColumns | null,
  options: CallOptions,
): Promise<{ offsets: Map<string, GroupOffsets>; failures: Failure[] }> {
  const { read, failures } = await readShareOffsets(client, groups, options);
  const offsets = new Map([...read].map(([groupId, own]) => [groupId, asGroupOffsets(own, metadata, ends)]));
  return { offsets, failures };
}

/** What is done with is told against `ends`, so they must be those that lag is then taken from. */
export function asGroupOffsets(
  read: readonly ShareOffset[],
  metadata: MetadataColumns,
  ends: OffsetColumns | null,
): GroupOffsets {
  const found = read
    .filter(({ errorCode, startOffset }) => errorCode === 0 && startOffset >= 0n)
    .map((entry) => ({ ...entry, row: rowOf(metadata, entry.topic, entry.partition) }))
    .sort((a, b) => a.row - b.row);
  const rows = Int32Array.from(found, ({ row }) => row);
  const committed = BigInt64Array.from(found, ({ startOffset }) => startOffset);
  const topics = new Set(found.map(({ topic }) => topic)).size;
  const sum = groupLag(rows, committed, ends, topics);
  const doneAhead = BigInt64Array.from(found, ({ lag }, i) => {
    const behind = sum.lag[i]!;
    return lag === null || behind < 0n || lag > behind ? -1n : behind - lag;
  });
  return { ...sum, doneAhead };
}

function rowOf(metadata: MetadataColumns, topic: string, partition: number): number {
  const t = topicRow(metadata, topic);
  const row = t < 0 ? -1 : metadata.partitionStart[t]! + partition;
  return t >= 0 && row < metadata.partitionStart[t + 1]! ? row : -1;
}
