import type { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { itemError } from './translate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** KIP-932; version 1 adds the lag (KIP-1226). */
const describeShareOffsetsApi = rawApi(90, 'DescribeShareGroupOffsets', { min: 0, max: 1, flexible: 0 });

export type ShareOffset = {
  topic: string;
  partition: number;
  /** Where the group's delivery begins: records before it are done with. -1 before it has begun. */
  startOffset: bigint;
  /** Records not done with, as the broker counts them; null where it does not. */
  lag: bigint | null;
  errorCode: number;
};

export type ShareOffsets = { groupId: string; offsets: ShareOffset[]; error: AppError | null };

/** Start offsets of share groups from one coordinator. Groups fail one by one. */
export async function describeShareOffsets(
  client: KafkaClient,
  broker: number,
  groupIds: readonly string[],
  options: CallOptions = {},
): Promise<ShareOffsets[]> {
  const { value, version } = await client.call(
    describeShareOffsetsApi,
    body(() => {
      const writer = new FlatWriter(16 + groupIds.length * 48).count(groupIds.length, true);
      for (const groupId of groupIds) writer.string(groupId, true).count(-1, true).tags(true);
      return writer.tags(true).done();
    }),
    { broker },
    options,
  );
  return decodeShareOffsets(value, version).map(({ errorCode, message, ...group }) => ({
    ...group,
    error:
      errorCode === 0
        ? null
        : itemError(errorCode, message, {
            group: group.groupId,
            cluster: client.name,
            operation: `read offsets of share group ${group.groupId}`,
          }),
  }));
}

export function decodeShareOffsets(
  bytes: Buffer,
  version: number,
): { groupId: string; offsets: ShareOffset[]; errorCode: number; message: string | null }[] {
  const reader = new FlatReader(bytes);
  const groups: ReturnType<typeof decodeShareOffsets> = [];
  reader.skip(4);
  for (let left = reader.count(true, 4); left > 0; left -= 1) {
    const groupId = reader.string(true) ?? '';
    const offsets: ShareOffset[] = [];
    for (let topics = reader.count(true, 18); topics > 0; topics -= 1) {
      const topic = reader.string(true) ?? '';
      reader.skip(16);
      for (let rest = reader.count(true, 19); rest > 0; rest -= 1) {
        const partition = reader.int32();
        const startOffset = reader.int64();
        reader.skip(4);
        const lag = version >= 1 ? reader.int64() : -1n;
        const errorCode = reader.int16();
        reader.skipString(true);
        reader.tags(true);
        offsets.push({ topic, partition, startOffset, lag: lag < 0n ? null : lag, errorCode });
      }
      reader.tags(true);
    }
    const errorCode = reader.int16();
    const message = reader.string(true);
    reader.tags(true);
    groups.push({ groupId, offsets, errorCode, message });
  }
  return groups;
}
