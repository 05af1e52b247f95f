import { z } from 'zod';
import { ClusterId, RowId, TopicName } from './ids.ts';
import { ListMessagesInput } from './message-request.ts';

/** Parameters of an address that make a search; which topic it is of, and which page, do not belong to it. */
const names = Object.keys(ListMessagesInput.shape).filter(
  (name) => !['clusterId', 'topic', 'page', 'pageSize'].includes(name),
);

const Parameter = z.string().max(60_000);

/** A search as its address writes it, checked by what a reading accepts. */
export const SearchParameters = z
  .strictObject(Object.fromEntries(names.map((name) => [name, Parameter.optional()])))
  .transform((search) => {
    const kept = Object.entries(search).filter(([, text]) => text !== undefined && text !== '');
    return Object.fromEntries(kept) as Record<string, string>;
  })
  .superRefine((search, context) => {
    const parsed = ListMessagesInput.safeParse({ clusterId: 'any', topic: 'any', ...search });
    for (const { path, message } of parsed.error?.issues ?? [])
      context.addIssue({ code: 'custom', path, message });
  });

export const SaveSearchInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  /** The own search that is saved over; a new one without. */
  id: RowId.optional(),
  name: z
    .string()
    .trim()
    .min(1, 'A name is missing.')
    .max(80, 'A name has at most 80 characters.')
    // PostgreSQL takes no text with it.
    .refine((text) => !text.includes('\u0000'), 'A name has no NUL.'),
  isShared: z.boolean().default(false),
  search: SearchParameters,
});
export type SaveSearchInput = z.output<typeof SaveSearchInput>;

export const SavedSearch = z.object({
  id: z.string(),
  name: z.string(),
  search: z.record(z.string(), z.string()),
  isShared: z.boolean(),
  /** Whether the reader made it. */
  isOwn: z.boolean(),
  owner: z.string(),
  updatedAt: z.string(),
});
export type SavedSearch = z.infer<typeof SavedSearch>;

/** Searches one person may keep of one topic. */
export const maxSavedSearches = 100;
