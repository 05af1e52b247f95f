import type { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, KafkaClient } from './client.ts';
import { changeTimeoutMs, mutate } from './mutate.ts';
import { itemError } from './translate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** KIP-460. The client library has no codec for it. */
const electLeadersApi = rawApi(43, 'ElectLeaders', { min: 1, max: 2, flexible: 2 });

export type TopicPartition = { topic: string; partition: number };

export type Election = TopicPartition & {
  /** False when the preferred replica led already. */
  isChanged: boolean;
  error: AppError | null;
};

const electionNotNeeded = 84;

/**
 * Moves leadership back to the preferred replica of each partition: the first in its list of replicas.
 * @throws AppError when the whole request is refused.
 */
export async function electPreferredLeaders(
  client: KafkaClient,
  partitions: readonly TopicPartition[],
  options: CallOptions = {},
): Promise<Election[]> {
  const { value, version } = await mutate(client, false, () =>
    client.call(
      electLeadersApi,
      body((chosen) => encode(chosen, partitions)),
      'controller',
      options,
    ),
  );
  return decode(value, version);
}

function encode(version: number, partitions: readonly TopicPartition[]): Buffer {
  const flexible = version >= 2;
  const topics = Map.groupBy(partitions, ({ topic }) => topic);
  const writer = new FlatWriter(64).int8(0).count(topics.size, flexible);
  for (const [topic, own] of topics) {
    writer.string(topic, flexible).count(own.length, flexible);
    for (const { partition } of own) writer.int32(partition);
    writer.tags(flexible);
  }
  return writer.int32(changeTimeoutMs).tags(flexible).done();
}

function decode(bytes: Buffer, version: number): Election[] {
  const flexible = version >= 2;
  const reader = new FlatReader(bytes);
  reader.skip(4);
  const code = reader.int16();
  if (code !== 0) throw itemError(code, null, { operation: 'elect leaders' });
  const elections: Election[] = [];
  for (let topics = reader.count(flexible, 4); topics > 0; topics -= 1) {
    const topic = reader.string(flexible) ?? '';
    for (let left = reader.count(flexible, 7); left > 0; left -= 1) {
      const partition = reader.int32();
      const errorCode = reader.int16();
      const message = reader.string(flexible);
      reader.tags(flexible);
      elections.push({
        topic,
        partition,
        isChanged: errorCode === 0,
        error:
          errorCode === 0 || errorCode === electionNotNeeded
            ? null
            : itemError(errorCode, message, {
                topic,
                subject: `${topic} partition ${partition}`,
                operation: `elect the leader of ${topic}`,
              }),
      });
    }
    reader.tags(flexible);
  }
  return elections;
}
