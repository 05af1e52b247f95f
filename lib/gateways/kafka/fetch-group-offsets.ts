import type { MetadataColumns } from '#lib/model/columns.ts';
import type { CallOptions, Failure, KafkaClient } from './client.ts';
import type { ListedGroup } from './list-groups.ts';
import { asAppError } from './list-offsets.ts';
import { partitionRow, rowsByName } from './read-metadata.ts';
import { itemError } from './translate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';
import { Pacer } from './wire/pacer.ts';

/** OffsetFetch 3–9; 8 asks for many groups at once (KIP-709), 10 would name topics by id only. */
const offsetFetchApi = rawApi(9, 'OffsetFetch', { min: 3, max: 9, flexible: 6 });

const groupsPerRequest = 100;

/** Committed offsets of one group: rows of the metadata's partitions (-1: the topic is gone), ascending. */
export type CommittedColumns = {
  groupId: string;
  topics: number;
  rows: Int32Array;
  committed: BigInt64Array;
};

/**
 * Committed offsets of all `groups`, from their coordinators, about a hundred groups a request. Share groups keep no
 * committed offsets and are left out, and so is a group whose coordinator answers with an error for it.
 */
export async function readGroupOffsets(
  client: KafkaClient,
  groups: readonly Pick<ListedGroup, 'groupId' | 'type' | 'coordinator'>[],
  metadata: MetadataColumns,
  options: CallOptions = {},
): Promise<{ offsets: CommittedColumns[]; failures: Failure[] }> {
  const failures: Failure[] = [];
  const byCoordinator = Map.groupBy(
    groups.filter((group) => group.type !== 'share'),
    (group) => group.coordinator,
  );
  const rows = rowsByName(metadata.names);
  const lists = await Promise.all(
    [...byCoordinator].map(async ([broker, own]) => {
      const found: CommittedColumns[] = [];
      try {
        for await (const answer of answersOf(client, broker, own, options)) {
          await decodeGroups(answer, (group) => {
            if (group.errorCode === 0) found.push(columnsOf(group, rows, metadata));
          });
        }
      } catch (error) {
        options.signal?.throwIfAborted();
        failures.push({ broker, error: asAppError(error) });
      }
      return found;
    }),
  );
  return { offsets: lists.flat(), failures };
}

export type CommittedOffset = {
  topic: string;
  partition: number;
  /** -1 where nothing was committed. */
  offset: bigint;
  metadata: string;
  errorCode: number;
};

/**
 * Committed offsets of one group, asked of its coordinator now.
 * @throws AppError what Kafka says of the group.
 */
export async function fetchGroupOffsets(
  client: KafkaClient,
  groupId: string,
  options: CallOptions = {},
): Promise<CommittedOffset[]> {
  const broker = (await client.resolve('group', [groupId], options)).get(groupId) ?? -1;
  if (broker < 0) throw itemError(15, null, { group: groupId });
  const offsets: CommittedOffset[] = [];
  try {
    for await (const answer of answersOf(client, broker, [{ groupId }], options)) {
      await decodeGroups(answer, (group) => {
        if (group.errorCode !== 0) {
          const operation = `read group ${groupId}`;
          throw itemError(group.errorCode, null, { group: groupId, cluster: client.name, operation });
        }
        for (const topic of group.topics) offsets.push(...committedOf(topic));
      });
    }
  } catch (error) {
    // It may be another broker by now.
    client.forgetCoordinator('group', groupId);
    throw error;
  }
  return offsets;
}

const committedOf = (topic: TopicOffsets): CommittedOffset[] =>
  topic.partitions.map((partition, i) => ({
    topic: topic.name,
    partition,
    offset: topic.offsets[i] as bigint,
    metadata: topic.texts[i] ?? '',
    errorCode: topic.errors[i] as number,
  }));

type GroupAnswer = { bytes: Buffer; version: number; groupId: string };

async function* answersOf(
  client: KafkaClient,
  broker: number,
  groups: readonly { groupId: string }[],
  options: CallOptions,
): AsyncGenerator<GroupAnswer> {
  const newest = (await client.versions(broker, options)).get(offsetFetchApi.key)?.[1] ?? 0;
  const size = newest >= 8 ? groupsPerRequest : 1;
  for (let from = 0; from < groups.length; from += size) {
    const ids = groups.slice(from, from + size).map(({ groupId }) => groupId);
    const { value, version } = await client.call(
      offsetFetchApi,
      body((chosen) => encodeOffsetFetch(chosen, ids)),
      { broker },
      options,
    );
    yield { bytes: value, version, groupId: ids[0] as string };
  }
}

/** Asks for every partition of the groups (topics null). Before version 8 only the first group fits. */
export function encodeOffsetFetch(version: number, groupIds: readonly string[]): Buffer {
  const flexible = version >= 6;
  const writer = new FlatWriter(32 + groupIds.length * 48);
  if (version >= 8) {
    writer.count(groupIds.length, true);
    for (const groupId of groupIds) {
      writer.string(groupId, true);
      if (version >= 9) writer.string(null, true).int32(-1);
      writer.count(-1, true).tags(true);
    }
  } else {
    writer.string(groupIds[0] ?? '', flexible).count(-1, flexible);
  }
  if (version >= 7) writer.bool(false);
  return writer.tags(flexible).done();
}

type TopicOffsets = {
  name: string;
  partitions: number[];
  offsets: bigint[];
  texts: (string | null)[];
  errors: number[];
};
type DecodedGroup = { groupId: string; errorCode: number; topics: TopicOffsets[] };

export async function decodeGroups(
  { bytes, version, groupId }: GroupAnswer,
  visit: (group: DecodedGroup) => void,
): Promise<void> {
  const reader = new FlatReader(bytes);
  const pacer = new Pacer();
  reader.skip(4);
  if (version < 8) {
    const topics = topicsOf(reader, version);
    visit({ groupId, topics, errorCode: reader.int16() });
    return;
  }
  for (let groups = reader.count(true, 5); groups > 0; groups -= 1) {
    const id = reader.string(true) ?? '';
    const topics = topicsOf(reader, version);
    const errorCode = reader.int16();
    reader.tags(true);
    visit({ groupId: id, topics, errorCode });
    if (pacer.due()) await pacer.turn();
  }
}

function topicsOf(reader: FlatReader, version: number): TopicOffsets[] {
  const flexible = version >= 6;
  const topics: TopicOffsets[] = [];
  for (let left = reader.count(flexible, 4); left > 0; left -= 1) {
    const topic: TopicOffsets = {
      name: reader.string(flexible) ?? '',
      partitions: [],
      offsets: [],
      texts: [],
      errors: [],
    };
    for (let rest = reader.count(flexible, 15); rest > 0; rest -= 1) {
      topic.partitions.push(reader.int32());
      topic.offsets.push(reader.int64());
      if (version >= 5) reader.skip(4);
      topic.texts.push(reader.string(flexible));
      topic.errors.push(reader.int16());
      reader.tags(flexible);
    }
    reader.tags(flexible);
    topics.push(topic);
  }
  return topics;
}

function columnsOf(
  group: DecodedGroup,
  rows: Map<string, number>,
  metadata: MetadataColumns,
): CommittedColumns {
  const pairs: { row: number; offset: bigint }[] = [];
  for (const topic of group.topics) {
    const t = rows.get(topic.name);
    for (let i = 0; i < topic.partitions.length; i += 1) {
      if (topic.errors[i] !== 0) continue;
      const row = t === undefined ? -1 : partitionRow(metadata, t, topic.partitions[i] as number);
      pairs.push({ row, offset: topic.offsets[i] as bigint });
    }
  }
  pairs.sort((a, b) => a.row - b.row);
  return {
    groupId: group.groupId,
    topics: group.topics.length,
    rows: Int32Array.from(pairs, (pair) => pair.row),
    committed: BigInt64Array.from(pairs, (pair) => pair.offset),
  };
}
