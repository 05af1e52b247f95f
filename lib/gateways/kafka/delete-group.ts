import type { CallOptions, KafkaClient } from './client.ts';
import { groupItemError } from './commit-offsets.ts';
import { mutate } from './mutate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

const deleteGroupsApi = rawApi(42, 'DeleteGroups', { min: 1, max: 2, flexible: 2 });

/**
 * Deletes a group of any kind with all of its offsets.
 * @throws AppError `group.active` while it has members, `group.not-found`, `cluster.read-only`, `outcome.unknown`
 */
export async function deleteGroup(
  client: KafkaClient,
  groupId: string,
  options: CallOptions = {},
): Promise<void> {
  const { value, version } = await mutate(client, false, () =>
    client.call(
      deleteGroupsApi,
      body((chosen) => encodeDeleteGroup(chosen, groupId)),
      { group: groupId },
      options,
    ),
  );
  const reader = new FlatReader(value);
  reader.skip(4);
  if (reader.count(version >= 2, 3) < 1) return;
  reader.skipString(version >= 2);
  const failure = groupItemError(client, groupId, 'its offsets', null, reader.int16());
  if (!failure) return;
  client.forgetCoordinator('group', groupId);
  throw failure;
}

export function encodeDeleteGroup(version: number, groupId: string): Buffer {
  const flexible = version >= 2;
  return new FlatWriter(64).count(1, flexible).string(groupId, flexible).tags(flexible).done();
}
