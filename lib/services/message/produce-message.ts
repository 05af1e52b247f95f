import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import { type ProducedMessage, ProduceMessageInput } from '#lib/model/message-draft.ts';
import { momentOf } from '#lib/model/message-place.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { bytesOfDraft } from './draft-bytes.ts';

/** Writes one record. When no acknowledgement came it ends as unknown, and is not sent again (F9). */
export const produceMessage = defineCommand({
  name: 'message.produce',
  permission: 'message:produce',
  input: ProduceMessageInput,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  secrets: ['key', 'value', 'headers'],
  changesCluster: true,
  noted: ({ partition, offset }: ProducedMessage) => ({ partition, offset }),
  run: async (context, input): Promise<ProducedMessage> => {
    const client = await kafkaOf(input.clusterId);
    const partition = input.partition === '' ? undefined : Number(input.partition);
    if (partition !== undefined) {
      const count = (await readTopic(client, input.topic, { signal: context.signal })).partition.length;
      if (partition >= count)
        throw new AppError(
          'input.invalid',
          {},
          { fields: { partition: `${input.topic} has partitions 0 to ${count - 1}.` } },
        );
    }
    const result = await client.produce(
      {
        topic: input.topic,
        key: bytesOfDraft(input.key, input.keyEncoding),
        value: bytesOfDraft(input.value, input.valueEncoding),
        headers: input.headers.map((header) => ({
          name: header.name,
          value: bytesOfDraft(header.value, header.encoding) ?? Buffer.alloc(0),
        })),
        partition,
        timestampMs: input.timestamp === '' ? undefined : (momentOf(input.timestamp) ?? undefined),
      },
      { signal: context.signal },
    );
    return {
      partition: result.partition,
      offset: result.offset < 0n ? null : String(result.offset),
      timestamp: new Date(result.timestampMs).toISOString(),
    };
  },
});
