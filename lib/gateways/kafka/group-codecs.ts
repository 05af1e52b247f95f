import type { GroupMember } from '#lib/model/group.ts';
import type { DescribedGroup } from './describe-groups.ts';
import type { Assigned } from './member-assignment.ts';
import { rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** KIP-848; version 1 adds the kind of each member. */
export const consumerGroupDescribeApi = rawApi(69, 'ConsumerGroupDescribe', { min: 0, max: 1, flexible: 0 });
/** KIP-932, final with Kafka 4.1. */
export const shareGroupDescribeApi = rawApi(77, 'ShareGroupDescribe', { min: 1, max: 1, flexible: 0 });

export type RawGroup = Omit<DescribedGroup, 'error'> & { errorCode: number; errorMessage: string | null };

/** The request is the same for consumer, share and streams groups. */
export function encodeGroupIds(groupIds: readonly string[]): Buffer {
  const writer = new FlatWriter(16 + groupIds.length * 48).count(groupIds.length, true);
  for (const groupId of groupIds) writer.string(groupId, true);
  return writer.bool(false).tags(true).done();
}

export const decodeConsumerGroups = (bytes: Buffer, version: number): RawGroup[] =>
  groupsOf(bytes, 'consumer', (reader) => consumerMember(reader, version));

export const decodeShareGroups = (bytes: Buffer): RawGroup[] => groupsOf(bytes, 'share', shareMember);

function groupsOf(
  bytes: Buffer,
  type: 'consumer' | 'share',
  member: (reader: FlatReader) => GroupMember,
): RawGroup[] {
  const reader = new FlatReader(bytes);
  reader.skip(4);
  const groups: RawGroup[] = [];
  for (let left = reader.count(true, 18); left > 0; left -= 1) {
    const head = groupHead(reader);
    const assignor = reader.string(true);
    const members: GroupMember[] = [];
    for (let rest = reader.count(true, 12); rest > 0; rest -= 1) members.push(member(reader));
    reader.skip(4);
    reader.tags(true);
    groups.push({
      ...head,
      type,
      protocolType: type,
      assignor: assignor === '' ? null : assignor,
      members,
      subtopologies: null,
    });
  }
  return groups;
}

/** The fields that all the newer kinds begin with. */
export function groupHead(reader: FlatReader) {
  return {
    errorCode: reader.int16(),
    errorMessage: reader.string(true),
    groupId: reader.string(true) ?? '',
    state: reader.string(true) ?? '',
    epoch: reader.int32(),
    assignmentEpoch: reader.int32(),
  };
}

function consumerMember(reader: FlatReader, version: number): GroupMember {
  const memberId = reader.string(true) ?? '';
  const instanceId = reader.string(true);
  const rack = reader.string(true);
  const epoch = reader.int32();
  const clientId = reader.string(true) ?? '';
  const host = reader.string(true) ?? '';
  for (let left = reader.count(true, 1); left > 0; left -= 1) reader.skipString(true);
  reader.skipString(true);
  const assigned = assignment(reader);
  const target = assignment(reader);
  if (version >= 1) reader.skip(1);
  reader.tags(true);
  const isMoving = JSON.stringify(assigned) !== JSON.stringify(target);
  return {
    ...{ memberId, instanceId, clientId, host, rack, epoch, assigned, target: isMoving ? target : null },
    tasks: null,
    connectors: null,
  };
}

function shareMember(reader: FlatReader): GroupMember {
  const memberId = reader.string(true) ?? '';
  const rack = reader.string(true);
  const epoch = reader.int32();
  const clientId = reader.string(true) ?? '';
  const host = reader.string(true) ?? '';
  for (let left = reader.count(true, 1); left > 0; left -= 1) reader.skipString(true);
  const assigned = assignment(reader);
  reader.tags(true);
  return {
    ...{ memberId, instanceId: null, clientId, host, rack, epoch, assigned, target: null },
    tasks: null,
    connectors: null,
  };
}

function assignment(reader: FlatReader): Assigned[] {
  const assigned: Assigned[] = [];
  for (let left = reader.count(true, 19); left > 0; left -= 1) {
    reader.skip(16);
    const topic = reader.string(true) ?? '';
    const partitions: number[] = [];
    for (let rest = reader.count(true, 4); rest > 0; rest -= 1) partitions.push(reader.int32());
    reader.tags(true);
    assigned.push({ topic, partitions: partitions.sort((a, b) => a - b) });
  }
  reader.tags(true);
  return assigned.sort((a, b) => (a.topic < b.topic ? -1 : 1));
}
