import {
  listGroupsV0,
  listGroupsV1,
  listGroupsV2,
  listGroupsV3,
  listGroupsV4,
  listGroupsV5,
} from '@platformatic/kafka';
import type { CallOptions, Failure, KafkaClient } from './client.ts';
import { asAppError } from './list-offsets.ts';
import { itemError } from './translate.ts';
import { libraryApi } from './wire/api.ts';

const listGroupsApi = libraryApi(
  'ListGroups',
  listGroupsV5.api,
  listGroupsV4.api,
  listGroupsV3.api,
  listGroupsV2.api,
  listGroupsV1.api,
  listGroupsV0.api,
);

export type GroupType = 'classic' | 'consumer' | 'share' | 'streams' | 'unknown';

export type ListedGroup = {
  groupId: string;
  /** `consumer`, `connect`, `sr`, …; empty for groups that only commit. */
  protocolType: string;
  /** Kafka's own word; empty before version 4 (Kafka 2.6). */
  groupState: string;
  type: GroupType;
  /** The broker that listed it is its coordinator. */
  coordinator: number;
};

/** Every group, from every broker that is alive. Groups of a broker that does not answer are missing, and it is named. */
export async function listAllGroups(
  client: KafkaClient,
  options: CallOptions = {},
): Promise<{ groups: ListedGroup[]; failures: Failure[] }> {
  const brokers = await client.brokers(options);
  const failures: Failure[] = [];
  const lists = await Promise.all(
    brokers.map(async ({ id: broker }) => {
      try {
        const { value, version } = await client.call(listGroupsApi, [[], []], { broker }, options);
        if (value.errorCode !== 0) throw itemError(value.errorCode, null, { operation: 'list groups' });
        return value.groups.map((group) => ({
          groupId: group.groupId,
          protocolType: group.protocolType,
          groupState: group.groupState ?? '',
          type: version >= 5 ? groupTypeOf(group.groupType) : 'classic',
          coordinator: broker,
        }));
      } catch (error) {
        options.signal?.throwIfAborted();
        failures.push({ broker, error: asAppError(error) });
        return [];
      }
    }),
  );
  return { groups: lists.flat(), failures };
}

export function groupTypeOf(text: string | undefined): GroupType {
  const lower = text?.toLowerCase();
  return lower === 'classic' || lower === 'consumer' || lower === 'share' || lower === 'streams'
    ? lower
    : 'unknown';
}
