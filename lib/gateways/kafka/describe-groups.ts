import {
  describeGroupsV0,
  describeGroupsV1,
  describeGroupsV2,
  describeGroupsV3,
  describeGroupsV4,
  describeGroupsV5,
} from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import type { GroupMember, Subtopology } from '#lib/model/group.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import {
  consumerGroupDescribeApi,
  decodeConsumerGroups,
  decodeShareGroups,
  encodeGroupIds,
  shareGroupDescribeApi,
} from './group-codecs.ts';
import { type GroupType, groupTypeOf, listAllGroups } from './list-groups.ts';
import { asAppError } from './list-offsets.ts';
import { memberAssignment, workerAssignment } from './member-assignment.ts';
import { decodeStreamsGroups, streamsGroupDescribeApi } from './streams-group-codec.ts';
import { itemError } from './translate.ts';
import { body, libraryApi } from './wire/api.ts';

const describeGroupsApi = libraryApi(
  'DescribeGroups',
  describeGroupsV5.api,
  describeGroupsV4.api,
  describeGroupsV3.api,
  describeGroupsV2.api,
  describeGroupsV1.api,
  describeGroupsV0.api,
);

export type DescribedGroup = {
  groupId: string;
  type: GroupType;
  /** Kafka's own word. */
  state: string;
  /** `consumer`, `connect`, …; empty for kinds that have none. */
  protocolType: string;
  /** How partitions are shared out: `range`, `uniform`, …; null when there is none. */
  assignor: string | null;
  /** Not of classic groups. */
  epoch: number | null;
  assignmentEpoch: number | null;
  members: GroupMember[];
  /** Streams groups only. */
  subtopologies: Subtopology[] | null;
  /** Why this group could not be described; the rest is empty then. */
  error: AppError | null;
};

export type AskedGroup = { groupId: string; type?: GroupType; coordinator?: number };

/**
 * Describes groups with the API of their kind (KIP-848, KIP-932, KIP-1071): the classic one would call the others
 * dead without an error. Kinds that are not given are looked up first. Groups fail one by one.
 */
export async function describeGroups(
  client: KafkaClient,
  groups: readonly AskedGroup[],
  options: CallOptions = {},
): Promise<DescribedGroup[]> {
  const asked = await withKinds(client, groups, options);
  const coordinators = await client.resolve(
    'group',
    asked.filter((group) => group.coordinator === undefined).map((group) => group.groupId),
    options,
  );
  const parts = Map.groupBy(asked, (group) => {
    const broker = group.coordinator ?? coordinators.get(group.groupId) ?? -1;
    return `${broker}:${group.type}`;
  });
  const lists = await Promise.all(
    [...parts].map(async ([key, own]) => {
      const broker = Number(key.slice(0, key.indexOf(':')));
      const type = own[0]?.type ?? 'classic';
      const ids = own.map((group) => group.groupId);
      const failed = (error: (groupId: string) => AppError) =>
        ids.map((id) => emptyGroup(id, type, error(id)));
      if (broker < 0) return failed((id) => new AppError('kafka.no-coordinator', { key: id }));
      try {
        const described = await describeOn(client, broker, type, ids, options);
        for (const group of described) if (group.error) client.forgetCoordinator('group', group.groupId);
        return described;
      } catch (error) {
        options.signal?.throwIfAborted();
        for (const id of ids) client.forgetCoordinator('group', id);
        const reason = asAppError(error);
        return failed(() => reason);
      }
    }),
  );
  return lists.flat();
}

async function withKinds(client: KafkaClient, groups: readonly AskedGroup[], options: CallOptions) {
  if (groups.every((group) => group.type && group.type !== 'unknown')) return groups;
  const { groups: listed } = await listAllGroups(client, options);
  const byId = new Map(listed.map((group) => [group.groupId, group]));
  return groups.map((group) => ({
    ...group,
    type: byId.get(group.groupId)?.type ?? group.type ?? 'classic',
    ...(byId.has(group.groupId) ? { coordinator: byId.get(group.groupId)?.coordinator ?? -1 } : {}),
  }));
}

async function describeOn(
  client: KafkaClient,
  broker: number,
  type: GroupType,
  ids: string[],
  options: CallOptions,
): Promise<DescribedGroup[]> {
  const facts = (groupId: string) => ({
    group: groupId,
    cluster: client.name,
    subject: `group ${groupId}`,
    operation: `describe group ${groupId}`,
  });
  const route = { broker };
  if (type === 'consumer' || type === 'share' || type === 'streams') {
    const [api, decode] =
      type === 'consumer'
        ? ([consumerGroupDescribeApi, decodeConsumerGroups] as const)
        : type === 'share'
          ? ([shareGroupDescribeApi, decodeShareGroups] as const)
          : ([streamsGroupDescribeApi, decodeStreamsGroups] as const);
    const { value, version } = await client.call(
      api,
      body(() => encodeGroupIds(ids)),
      route,
      options,
    );
    return decode(value, version).map(({ errorCode, errorMessage, ...group }) =>
      errorCode === 0
        ? { ...group, error: null }
        : emptyGroup(group.groupId, type, itemError(errorCode, errorMessage, facts(group.groupId))),
    );
  }
  const { value } = await client.call(describeGroupsApi, [ids, false], route, options);
  return value.groups.map((group) => {
    if (group.errorCode !== 0) {
      return emptyGroup(group.groupId, 'classic', itemError(group.errorCode, null, facts(group.groupId)));
    }
    return {
      ...emptyGroup(group.groupId, groupTypeOf('classic'), null),
      state: group.groupState,
      protocolType: group.protocolType,
      assignor: group.protocolData === '' ? null : group.protocolData,
      members: group.members.map((member) => ({
        memberId: member.memberId,
        instanceId: member.groupInstanceId ?? null,
        clientId: member.clientId,
        host: member.clientHost,
        rack: null,
        epoch: null,
        // Connect workers and schema registries put bytes of their own there.
        assigned: group.protocolType === 'consumer' ? memberAssignment(member.memberAssignment) : [],
        target: null,
        tasks: null,
        connectors:
          group.protocolType === 'connect'
            ? workerAssignment(member.memberAssignment, member.memberMetadata)
            : null,
      })),
    };
  });
}

const emptyGroup = (groupId: string, type: GroupType, error: AppError | null): DescribedGroup => ({
  groupId,
  type,
  state: '',
  protocolType: '',
  assignor: null,
  epoch: null,
  assignmentEpoch: null,
  members: [],
  subtopologies: null,
  error,
});
