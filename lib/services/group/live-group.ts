import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from '#lib/gateways/kafka/client.ts';
import { describeGroups } from '#lib/gateways/kafka/describe-groups.ts';
import { describeShareOffsets } from '#lib/gateways/kafka/describe-share-offsets.ts';
import { fetchGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import type { ResetBlocker, ResetOffsetsPlan } from '#lib/model/offset-reset.ts';

/** A group as its coordinator says it is at this moment. */
export type LiveGroup = {
  groupId: string;
  type: ResetOffsetsPlan['type'];
  /** Kafka's own word; empty when there is no such group. */
  groupState: string;
  protocolType: string;
  members: ResetBlocker[];
  /** Whether Kafka would refuse to move its offsets. */
  isActive: boolean;
  /** Topic → partition → committed offset. */
  committed: Map<string, Map<number, bigint>>;
  /** Topics that a member reads now, as far as their assignments tell. */
  assignedTopics: Set<string>;
};

const without = new Set(['', 'Empty', 'Dead', 'Unknown']);

/**
 * Asks for a group's kind, members and committed offsets now.
 * @throws AppError what Kafka says of the group; a group that does not exist is no error, its state is empty
 */
export async function lookAtGroup(
  client: KafkaClient,
  groupId: string,
  options: CallOptions = {},
): Promise<LiveGroup> {
  const [described] = await describeGroups(client, [{ groupId }], options);
  if (described?.error && described.error.code !== 'group.not-found') throw described.error;
  const type = described?.type ?? 'classic';
  const members = described?.members ?? [];
  const state = described?.error ? '' : (described?.state ?? '');
  const committed = new Map<string, Map<number, bigint>>();
  for (const { topic, partition, offset, errorCode } of await offsetsOf(client, groupId, type, options)) {
    if (errorCode !== 0 || offset < 0n) continue;
    const own = committed.get(topic) ?? new Map<number, bigint>();
    committed.set(topic, own.set(partition, offset));
  }
  return {
    groupId,
    type,
    groupState: state === 'Dead' ? '' : state,
    protocolType: described?.protocolType ?? '',
    members: members.map(({ memberId, clientId, host, instanceId }) => ({
      memberId,
      clientId,
      host: host.replace(/^\//, ''),
      instanceId,
    })),
    isActive: members.length > 0 || !without.has(state),
    committed,
    assignedTopics: new Set(members.flatMap(({ assigned }) => assigned.map(({ topic }) => topic))),
  };
}

/** Whether there is such a group: one that Kafka knows, or that has offsets. */
export const groupExists = (group: LiveGroup): boolean => group.groupState !== '' || group.committed.size > 0;

/** A group that Kafka does not know, as one of the kind it will be made of; Kafka tells the kind of groups only that there are. */
export const madeAs = (group: LiveGroup, type: LiveGroup['type']): LiveGroup =>
  groupExists(group) ? group : { ...group, type };

/**
 * @throws AppError `group.active`, with the members by name
 */
export function assertInactive(group: LiveGroup): void {
  if (group.isActive)
    throw new AppError('group.active', { group: group.groupId, members: namesOf(group.members) });
}

const namedAtMost = 5;

/** Members as a sentence: `Members: planner-1 on 10.0.0.4, planner-2 on 10.0.0.5, and 4 more.` */
export function namesOf(members: readonly ResetBlocker[]): string {
  if (members.length === 0) return '';
  const named = members
    .slice(0, namedAtMost)
    .map(({ clientId, host, instanceId }) => `${instanceId ?? clientId} on ${host}`);
  const more = members.length > namedAtMost ? `, and ${members.length - namedAtMost} more` : '';
  return `${members.length === 1 ? 'Member' : 'Members'}: ${named.join(', ')}${more}.`;
}

/** Why nothing can be changed now, as a sentence; null when it can. */
export function blockedBy(group: LiveGroup): string | null {
  if (!group.isActive) return null;
  const count = group.members.length;
  if (count === 0)
    return `Kafka changes offsets of groups without members only, and ${group.groupId} is ${group.groupState}.`;
  return `Kafka changes offsets of groups without members only. ${count === 1 ? 'One member' : `${count} members`} must stop first.`;
}

/** What a group has committed; of a share group, where its delivery begins. */
async function offsetsOf(
  client: KafkaClient,
  groupId: string,
  type: LiveGroup['type'],
  options: CallOptions,
): Promise<{ topic: string; partition: number; offset: bigint; errorCode: number }[]> {
  if (type !== 'share') return fetchGroupOffsets(client, groupId, options);
  const broker = (await client.resolve('group', [groupId], options)).get(groupId) ?? -1;
  if (broker < 0) throw new AppError('kafka.no-coordinator', { key: groupId });
  const [answer] = await describeShareOffsets(client, broker, [groupId], options);
  if (answer?.error && answer.error.code !== 'group.not-found') throw answer.error;
  return (answer?.offsets ?? []).map(({ startOffset, ...place }) => ({ ...place, offset: startOffset }));
}
