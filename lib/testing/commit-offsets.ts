import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { body, rawApi } from '#lib/gateways/kafka/wire/api.ts';
import { FlatReader } from '#lib/gateways/kafka/wire/flat-reader.ts';
import { FlatWriter } from '#lib/gateways/kafka/wire/flat-writer.ts';

/** OffsetCommit 7, the last that is not flexible. */
const offsetCommitApi = rawApi(8, 'OffsetCommit', { min: 7, max: 7, flexible: 8 });

/**
 * Makes a group without members, with offsets on some partitions of one topic: generation -1 and no member id, as a
 * consumer that assigns its partitions itself commits.
 */
export async function commitOffsets(
  client: KafkaClient,
  groupId: string,
  topic: string,
  offsets: readonly bigint[],
): Promise<void> {
  const request = () => {
    const writer = new FlatWriter(512).string(groupId, false).int32(-1).string('', false).string(null, false);
    writer.count(1, false).string(topic, false).count(offsets.length, false);
    offsets.forEach((offset, partition) => {
      writer.int32(partition).int64(offset).int32(-1).string(null, false);
    });
    return writer.done();
  };
  const answer = await client.call(offsetCommitApi, body(request), { group: groupId });
  const reader = new FlatReader(answer.value);
  reader.int32();
  for (let topics = reader.count(false, 1); topics > 0; topics--) {
    reader.string(false);
    for (let partitions = reader.count(false, 1); partitions > 0; partitions--) {
      reader.int32();
      const error = reader.int16();
      if (error !== 0) throw new Error(`OffsetCommit of ${groupId} ended with error ${error}.`);
    }
  }
}
