import { z } from 'zod';
import { MAX_COLUMNS, MAX_PATH_CHARS, parseFieldPath, splitFieldPaths } from './field-path.ts';
import { ClusterId, PartitionId, TopicName } from './ids.ts';
import { Isolation } from './message.ts';
import { MessageFilter } from './message-filter.ts';
import { maxSearchBudgetMb, searchBudgetMb } from './message-limits.ts';
import { MessageOffset } from './message-place.ts';
import { parsePlace, ReadOrder } from './message-range.ts';
import { parsePartitions } from './partition-set.ts';

export const messagesPerPage = 50;

/** A bound as `parsePlace` reads it; empty is none. */
const PlaceParameter = z
  .string()
  .max(300)
  .optional()
  .superRefine((text, context) => {
    if (!text || parsePlace(text)) return;
    context.addIssue({
      code: 'custom',
      message: text.startsWith('offset:')
        ? offsetProblem(text.slice(7))
        : 'Write offset:120, a moment as 2026-11-21T03:12:40Z with its zone, -15m, or group:NAME.',
    });
  })
  .transform((text) => (text ? text : undefined));

const offsetProblem = (text: string): string =>
  MessageOffset.safeParse(text).error?.issues[0]?.message ?? 'An offset is a whole number from 0.';

/** Field paths as an address writes them. */
const FieldPaths = z
  .string()
  .max(MAX_COLUMNS * MAX_PATH_CHARS)
  .optional()
  .transform((text, context) => {
    const paths = splitFieldPaths(text ?? '');
    const wrong = paths.find((path) => parseFieldPath(path) === null);
    if (wrong !== undefined)
      context.addIssue(`${wrong} is no field. Write such as value.status, key.id or headers.trace.`);
    if (paths.length > MAX_COLUMNS) context.addIssue(`At most ${MAX_COLUMNS} columns.`);
    return paths;
  });

/** Name of a serde; empty is the topic's own choice, or what is found by the bytes. */
const SerdeName = z.string().max(300).optional();

/** What is read of a topic and how it is decoded and filtered: the same for a page, a search, a tail and an export. */
export const ReadMessagesInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  order: ReadOrder.default('newest'),
  from: PlaceParameter,
  to: PlaceParameter,
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
  ...MessageFilter.shape,
  keySerde: SerdeName,
  valueSerde: SerdeName,
  /** Field paths that the rows carry as columns. */
  columns: FieldPaths,
});
export type ReadMessagesInput = z.output<typeof ReadMessagesInput>;

/** A search as its address asks for it. */
export const SearchMessagesInput = ReadMessagesInput.extend({
  /** Token of a page, as `nextToken` gave it. It carries order, range, partitions and isolation. */
  page: z.string().max(300_000).optional(),
  /** Megabytes that may be fetched. */
  budget: z.coerce.number().int().min(1).max(maxSearchBudgetMb).default(searchBudgetMb),
});
export type SearchMessagesInput = z.output<typeof SearchMessagesInput>;

/** A page of messages as its address asks for it. */
export const ListMessagesInput = SearchMessagesInput.extend({
  pageSize: z.coerce.number().int().min(1).max(200).default(messagesPerPage),
});
export type ListMessagesInput = z.output<typeof ListMessagesInput>;

/** The conditions of an input that was parsed; those that say nothing are left out. */
export function filterOf(input: ReadMessagesInput): MessageFilter {
  const filter: Record<string, unknown> = {};
  for (const name of Object.keys(MessageFilter.shape) as (keyof MessageFilter)[]) {
    const condition = input[name];
    if (condition !== undefined && condition !== '') filter[name] = condition;
  }
  if (filter.show === 'matched') delete filter.show;
  return filter;
}

/** One record. `topicId` as in its link: another topic of the same name is not it. */
export const MessagePlaceInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  partition: PartitionId,
  offset: MessageOffset,
  topicId: z.string().max(64).optional(),
  keySerde: SerdeName,
  valueSerde: SerdeName,
});
export type MessagePlaceInput = z.output<typeof MessagePlaceInput>;

export const messageFields = ['key', 'value', 'header'] as const;

/** One field of one record, whole, as stored. */
export const DownloadMessageInput = MessagePlaceInput.extend({
  field: z.enum(messageFields).default('value'),
  /** Which header, from 0, when the field is `header`. */
  header: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
