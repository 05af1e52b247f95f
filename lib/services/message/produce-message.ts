import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import { partitionOfKey } from '#lib/model/key-partition.ts';
import { type ProducedMessage, ProduceMessageInput, type ProducePlan } from '#lib/model/message-draft.ts';
import { momentOf } from '#lib/model/message-place.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { bytesOfDraft } from './draft-bytes.ts';
import { assertEncoded, type EncodedField, encodeDraft } from './encode-draft.ts';

const target = (input: ProduceMessageInput) => ({
  type: 'topic' as const,
  id: input.topic,
  clusterId: input.clusterId,
});

/** What would be sent for a draft: how large it is and, by a schema, what is wrong with it and where. */
export const planProduceMessage = definePlan({
  name: 'message.produce.plan',
  permission: 'message:produce',
  input: ProduceMessageInput,
  target,
  run: async (context, input): Promise<ProducePlan> => {
    const [{ key, value }, metadata] = await Promise.all([
      encodeDraft(input, context.signal),
      readTopic(await kafkaOf(input.clusterId), input.topic, { signal: context.signal }),
    ]);
    const partition =
      input.partition !== ''
        ? Number(input.partition)
        : key.bytes
          ? partitionOfKey(key.bytes, metadata.partition.length)
          : null;
    return { key: plannedField(key), value: plannedField(value), partition };
  },
});

const plannedField = ({ bytes, ...field }: EncodedField) => ({ ...field, sizeBytes: bytes?.length ?? 0 });

/** Writes one record. When no acknowledgement came it ends as unknown, and is not sent again (F9). */
export const produceMessage = defineCommand({
  name: 'message.produce',
  permission: 'message:produce',
  input: ProduceMessageInput,
  target,
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
    const encoded = await encodeDraft(input, context.signal);
    assertEncoded(encoded);
    const result = await client.produce(
      {
        topic: input.topic,
        key: encoded.key.bytes,
        value: encoded.value.bytes,
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
