import { z } from 'zod';
import { ClusterId, PartitionId, TopicName } from './ids.ts';
import { Isolation, type Seek } from './message.ts';
import { MessageOffset, momentOf } from './message-place.ts';
import { parsePartitions } from './partition-set.ts';

export const seekKinds = ['newest', 'start', 'offset', 'time'] as const;

export const messagesPerPage = 50;

/** A page of messages as its address asks for it. */
export const ListMessagesInput = z
  .strictObject({
    clusterId: ClusterId,
    topic: TopicName,
    seek: z.enum(seekKinds).default('newest'),
    /** With `offset` the offset in every partition, with `time` a moment in ISO 8601. */
    at: z.string().max(40).optional(),
    /** Such as `0-3,7`; all when absent. */
    partitions: z
      .string()
      .max(60_000)
      .optional()
      .transform((text, context) => {
        if (text === undefined || text === '') return null;
        const partitions = parsePartitions(text);
        if (!partitions) context.addIssue('Write partitions as numbers and ranges, such as 0-3, 7.');
        return partitions ?? z.NEVER;
      }),
    isolation: Isolation.default('read_committed'),
    /** Token of a page, as `nextToken` gave it. It carries all of the above. */
    page: z.string().max(300_000).optional(),
    pageSize: z.coerce.number().int().min(1).max(200).default(messagesPerPage),
  })
  .superRefine(({ seek, at, page }, context) => {
    if (page) return;
    if (seek === 'offset') {
      const parsed = MessageOffset.safeParse(at ?? '');
      if (!parsed.success)
        context.addIssue({
          code: 'custom',
          path: ['at'],
          message: parsed.error.issues[0]?.message ?? 'An offset is missing.',
        });
    }
    if (seek === 'time' && momentOf(at ?? '') === null)
      context.addIssue({
        code: 'custom',
        path: ['at'],
        message: 'Give a moment between 1970 and 9999 as 2026-11-21T03:12:40Z, with its zone.',
      });
  });
export type ListMessagesInput = z.output<typeof ListMessagesInput>;

/** Where reading begins, of an input that was parsed. */
export function seekOf({ seek, at }: Pick<ListMessagesInput, 'seek' | 'at'>): Seek {
  if (seek === 'offset') return { kind: seek, offset: at ?? '0' };
  if (seek === 'time') return { kind: seek, timestampMs: momentOf(at ?? '') ?? 0 };
  return { kind: seek };
}

/** One record. `topicId` as in its link: another topic of the same name is not it. */
export const MessagePlaceInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  partition: PartitionId,
  offset: MessageOffset,
  topicId: z.string().max(64).optional(),
});
export type MessagePlaceInput = z.output<typeof MessagePlaceInput>;

export const messageFields = ['key', 'value', 'header'] as const;

/** One field of one record, whole, as stored. */
export const DownloadMessageInput = MessagePlaceInput.extend({
  field: z.enum(messageFields).default('value'),
  /** Which header, from 0, when the field is `header`. */
  header: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
