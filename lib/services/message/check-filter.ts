import { z } from 'zod';
import { FilterCheck } from '#lib/model/filter-check.ts';
import { ClusterId, PartitionId, TopicName } from '#lib/model/ids.ts';
import { MessageOffset } from '#lib/model/message-place.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { takeToken } from '#lib/operations/rate.ts';
import { filterSuspension } from '#lib/scan/filter-suspension.ts';
import { searchPool } from '#lib/scan/shared-pool.ts';
import { checkExpression, tryFilter } from '#lib/scan/try-filter.ts';
import { decodingOf } from './decoding.ts';
import { messageSource } from './message-source.ts';

/** Longer ones are refused with a sentence by the check itself. */
const MAX_CHARS = 20_000;

const CheckFilterInput = z
  .strictObject({
    clusterId: ClusterId,
    topic: TopicName,
    where: z.string().max(MAX_CHARS),
    keySerde: z.string().max(60).optional(),
    valueSerde: z.string().max(60).optional(),
    /** With `offset`: the record to try the expression on. */
    partition: PartitionId.optional(),
    offset: MessageOffset.optional(),
  })
  .refine(({ partition, offset }) => (partition === undefined) === (offset === undefined), {
    path: ['offset'],
    message: 'A record is named by its partition and its offset.',
  });

/** Whether an expression is valid, where it is wrong, what it reads, and what it says of one record. */
export const checkFilter = defineQuery({
  name: 'message.check-filter',
  summary:
    'Checks a filter expression: its problem with the place, the fields it reads, and the verdict on one message.',
  path: '/clusters/[clusterId]/topics/[topic]/messages/check-filter',
  permission: 'message:read',
  input: CheckFilterInput,
  output: FilterCheck,
  target: (input) => ({ type: 'topic', id: input.topic, clusterId: input.clusterId }),
  // What was tried shows values of a record; what was only checked shows nothing.
  audited: ({ partition, offset, where }, { trial }) =>
    trial ? { partition, offset, where, records: 1 } : null,
  run: async (context, { clusterId, topic, where, partition, offset, ...choices }) => {
    const { userId } = context.principal;
    filterSuspension().check(userId);
    const decoding = await decodingOf(context, clusterId, topic, choices);
    const options = { decoding, signal: context.signal };
    const check = await checkExpression(searchPool(), where, options);
    if (check.problem || partition === undefined || offset === undefined) return { ...check, trial: null };
    // An editor checks what is written at each pause; only what is run on a record is a test.
    takeToken(`${context.principal.via}:${userId}`, 'test');
    const source = await messageSource(clusterId, topic);
    const place = { partition, offset: BigInt(offset) };
    const onFilterStopped = () => filterSuspension().record(userId);
    const trial = await tryFilter(source, searchPool(), place, where, { ...options, onFilterStopped });
    return { ...check, trial };
  },
});
