import { MessageDetail } from '#lib/model/message.ts';
import { MessagePlaceInput } from '#lib/model/message-request.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { readMessage as readRecord } from '#lib/scan/read-message.ts';
import { scanPool } from '#lib/scan/shared-pool.ts';
import { decodingOf } from './decoding.ts';
import { messageSource } from './message-source.ts';

/** One record with its headers, its transaction and the batch it was written in. */
export const readMessage = defineQuery({
  name: 'message.read',
  summary: 'One message by partition and offset, with headers, transaction and batch.',
  path: '/clusters/[clusterId]/topics/[topic]/messages/[partition]/[offset]',
  permission: 'message:read',
  input: MessagePlaceInput,
  output: MessageDetail,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  audited: (input, message) => ({
    partition: input.partition,
    offset: input.offset,
    records: 1,
    sizeBytes: message.sizeBytes,
  }),
  run: async (context, input) => {
    const [source, decoding] = await Promise.all([
      messageSource(input.clusterId, input.topic),
      decodingOf(context, input.clusterId, input.topic, input),
    ]);
    return readRecord(source, scanPool(), placeOf(input), { signal: context.signal, decoding });
  },
});

/** The place of an input as the reader wants it. */
export const placeOf = (input: MessagePlaceInput) => ({
  partition: input.partition,
  offset: BigInt(input.offset),
  topicId: input.topicId || undefined,
});
