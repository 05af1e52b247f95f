import { z } from 'zod';

/** Id of a cluster in Millrace: a slug, part of addresses. */
export const ClusterId = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'Use lower-case letters, digits and hyphens, at most 63.');

/** A topic that exists may have any of the names brokers have ever accepted. */
export const TopicName = z
  .string()
  .min(1, 'A topic name is missing.')
  .max(249, 'A topic name has at most 249 characters.');

/** The name of a topic to be made, as brokers accept it today. */
export const NewTopicName = TopicName.regex(
  /^[A-Za-z0-9._-]+$/,
  'Use letters, digits, dots, hyphens and underscores only.',
).refine((name) => name !== '.' && name !== '..', 'This name is reserved.');

/** The id of a row of our own: a user, a session, a token, an invitation. PostgreSQL takes no NUL in a text. */
export const RowId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'This is not an id of Millrace.');

export const GroupId = z.string().max(32_767);
export const BrokerId = z.coerce.number().int().min(0).max(2_147_483_647);
export const PartitionId = z.coerce.number().int().min(0).max(2_147_483_647);

/** A 64-bit offset as decimal text, so that no digit is lost on the way. */
export const Offset = z.string().regex(/^\d{1,19}$/, 'An offset is a whole number from 0.');

/** Text that a search parameter carries for a switch. */
export const Flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', ''])])
  .transform((value) => value === true || value === 'true' || value === '1');
