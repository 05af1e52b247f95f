import type { GroupMember, StreamsTasks, Subtopology } from '#lib/model/group.ts';
import { groupHead, type RawGroup } from './group-codecs.ts';
import type { Assigned } from './member-assignment.ts';
import { rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';

/** KIP-1071. */
export const streamsGroupDescribeApi = rawApi(89, 'StreamsGroupDescribe', { min: 0, max: 0, flexible: 0 });

/** A task is shown as what it is, and as the partitions of the topics that its subtopology reads. */
export function decodeStreamsGroups(bytes: Buffer): RawGroup[] {
  const reader = new FlatReader(bytes);
  reader.skip(4);
  const groups: RawGroup[] = [];
  for (let left = reader.count(true, 19); left > 0; left -= 1) {
    const head = groupHead(reader);
    const subtopologies = topologyOf(reader);
    const members: GroupMember[] = [];
    for (let rest = reader.count(true, 20); rest > 0; rest -= 1)
      members.push(memberOf(reader, subtopologies ?? []));
    reader.skip(4);
    reader.tags(true);
    groups.push({
      ...head,
      type: 'streams',
      protocolType: 'streams',
      assignor: null,
      members,
      subtopologies,
    });
  }
  return groups;
}

/** Null while the group has not told its topology. */
function topologyOf(reader: FlatReader): Subtopology[] | null {
  if (reader.int8() < 0) return null;
  reader.skip(4);
  const subtopologies: Subtopology[] = [];
  for (let left = reader.count(true, 6); left > 0; left -= 1) {
    const id = reader.string(true) ?? '';
    const sourceTopics = strings(reader);
    strings(reader);
    const changelogTopics = topicInfos(reader);
    subtopologies.push({ id, sourceTopics, changelogTopics, repartitionTopics: topicInfos(reader) });
    reader.tags(true);
  }
  reader.tags(true);
  return subtopologies;
}

function memberOf(reader: FlatReader, subtopologies: readonly Subtopology[]): GroupMember {
  const memberId = reader.string(true) ?? '';
  const epoch = reader.int32();
  const instanceId = reader.string(true);
  const rack = reader.string(true);
  const clientId = reader.string(true) ?? '';
  const host = reader.string(true) ?? '';
  reader.skip(4);
  reader.skipString(true);
  if (reader.int8() >= 0) {
    reader.skipString(true);
    reader.skip(2);
    reader.tags(true);
  }
  for (let left = reader.count(true, 3); left > 0; left -= 1) keyValue(reader);
  for (let lists = 2; lists > 0; lists -= 1) {
    for (let left = reader.count(true, 14); left > 0; left -= 1) {
      reader.skipString(true);
      reader.skip(12);
      reader.tags(true);
    }
  }
  const tasks = tasksOf(reader);
  const assigned = readBy(tasks, subtopologies);
  const target = readBy(tasksOf(reader), subtopologies);
  reader.skip(1);
  reader.tags(true);
  const isMoving = JSON.stringify(assigned) !== JSON.stringify(target);
  return {
    memberId,
    instanceId,
    clientId,
    host,
    rack,
    epoch,
    assigned,
    target: isMoving ? target : null,
    tasks,
    connectors: null,
  };
}

function tasksOf(reader: FlatReader): StreamsTasks {
  const tasks: StreamsTasks = { active: [], standby: [], warmUp: [] };
  for (const kind of [tasks.active, tasks.standby, tasks.warmUp]) {
    for (let left = reader.count(true, 3); left > 0; left -= 1) {
      const subtopology = reader.string(true) ?? '';
      const partitions: number[] = [];
      for (let rest = reader.count(true, 4); rest > 0; rest -= 1) partitions.push(reader.int32());
      reader.tags(true);
      kind.push({ subtopology, partitions: partitions.sort((a, b) => a - b) });
    }
  }
  reader.tags(true);
  return tasks;
}

/** What active tasks read of the topics; standby and warm-up tasks read nothing there. */
function readBy({ active }: StreamsTasks, subtopologies: readonly Subtopology[]): Assigned[] {
  const partitionsOf = new Map<string, Set<number>>();
  for (const { subtopology, partitions } of active) {
    const part = subtopologies.find(({ id }) => id === subtopology);
    for (const topic of part ? [...part.sourceTopics, ...part.repartitionTopics] : []) {
      const known = partitionsOf.get(topic) ?? new Set();
      for (const partition of partitions) known.add(partition);
      partitionsOf.set(topic, known);
    }
  }
  return [...partitionsOf]
    .map(([topic, partitions]) => ({ topic, partitions: [...partitions].sort((a, b) => a - b) }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

function strings(reader: FlatReader): string[] {
  const list: string[] = [];
  for (let left = reader.count(true, 1); left > 0; left -= 1) list.push(reader.string(true) ?? '');
  return list;
}

function topicInfos(reader: FlatReader): string[] {
  const names: string[] = [];
  for (let left = reader.count(true, 9); left > 0; left -= 1) {
    names.push(reader.string(true) ?? '');
    reader.skip(6);
    for (let rest = reader.count(true, 3); rest > 0; rest -= 1) keyValue(reader);
    reader.tags(true);
  }
  return names;
}

function keyValue(reader: FlatReader): void {
  reader.skipString(true);
  reader.skipString(true);
  reader.tags(true);
}
