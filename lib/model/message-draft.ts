import { z } from 'zod';
import { ClusterId, TopicName } from './ids.ts';
import { checkJson } from './json-text.ts';
import { momentOf } from './message-place.ts';

/** How the text of a field stands for bytes. `schema` is JSON that a schema turns into bytes; `none` is null: no key, or a tombstone. */
export const draftEncodings = ['text', 'json', 'base64', 'hex', 'schema', 'none'] as const;
export type DraftEncoding = (typeof draftEncodings)[number];
const HeaderEncoding = z.enum(['text', 'base64', 'hex']);
export type HeaderEncoding = z.infer<typeof HeaderEncoding>;

/** What fits into one request with all around it; a form sends at most 1 MB. */
export const maxDraftBytes = 900_000;
export const maxDraftHeaders = 100;

/** What is wrong with a part of a JSON text: its path such as `lines[2].amount`, and where it stands (characters, `to` excluded). */
export const FieldError = z.object({
  path: z.string(),
  message: z.string(),
  from: z.number().int(),
  to: z.number().int(),
});
export type FieldError = z.infer<typeof FieldError>;

/** `value.amount: a whole number is needed, this is text.` */
export const errorSentence = (
  side: string,
  { path, message }: Pick<FieldError, 'path' | 'message'>,
): string => `${side}${path === '' || path.startsWith('[') ? path : `.${path}`}: ${message}.`;

/** The schema a field is written by. */
export const SchemaChoice = z.strictObject({
  subject: z.string().min(1, 'Choose a subject.').max(1_000),
  /** Null is the latest. */
  version: z.number().int().min(1).max(1_000_000_000).nullable().default(null),
  /** The message type of a Protobuf schema; empty: the first of the file. */
  message: z.string().max(1_000).default(''),
});
export type SchemaChoice = z.output<typeof SchemaChoice>;

/** Why the text does not stand for bytes, in one sentence; null when it does. */
export function draftProblem(text: string, encoding: DraftEncoding): string | null {
  if (encoding === 'json' || encoding === 'schema') {
    const check = checkJson(text, 10_000);
    if (check.ok) return null;
    if (text.trim() === '' && encoding === 'schema') return 'Write the value as JSON, or take the example.';
    if (text.trim() === '')
      return 'JSON cannot be empty. Choose Text for an empty value, or Null for a tombstone.';
    return `Not JSON: error at character ${(check.position + 1).toLocaleString('en-US')}${lineOf(text, check.position)}.`;
  }
  if (encoding === 'base64') {
    const plain = text.replace(/\s+/g, '');
    const wrong = plain.search(/[^A-Za-z0-9+/=_-]/);
    if (wrong >= 0) return `Not base64: ${JSON.stringify(plain[wrong])} does not belong to it.`;
    const body = plain.replace(/={1,2}$/, '');
    if (body.includes('=') || body.length % 4 === 1)
      return 'Not base64: it is cut short, or = stands within it.';
    return null;
  }
  if (encoding === 'hex') {
    const plain = text.replace(/^0x/i, '').replace(/[\s:]+/g, '');
    const wrong = plain.search(/[^0-9a-fA-F]/);
    if (wrong >= 0) return `Not hexadecimal: ${JSON.stringify(plain[wrong])} is no digit from 0 to f.`;
    return plain.length % 2 === 1 ? 'Not hexadecimal: two digits make a byte, and one is over.' : null;
  }
  return null;
}

const lineOf = (text: string, position: number): string => {
  const before = text.slice(0, position).split('\n');
  return before.length === 1 ? '' : `, line ${before.length}`;
};

/** How many bytes the text stands for, or as many as it may be when it is not right yet. */
export function draftBytes(text: string, encoding: DraftEncoding): number {
  if (encoding === 'none') return 0;
  if (encoding === 'hex') return Math.ceil(text.replace(/^0x/i, '').replace(/[\s:]+/g, '').length / 2);
  if (encoding === 'base64') return Math.floor((text.replace(/[\s=]+/g, '').length * 3) / 4);
  return new TextEncoder().encode(text).length;
}

export const DraftHeader = z.strictObject({
  name: z.string().min(1, 'A header needs a name.').max(1_000, 'At most 1,000 characters.'),
  value: z.string().max(100_000, 'At most 100,000 characters.'),
  encoding: HeaderEncoding.default('text'),
});
export type DraftHeader = z.input<typeof DraftHeader>;

/** One record to write, as the form holds it. */
export const ProduceMessageInput = z
  .strictObject({
    clusterId: ClusterId,
    topic: TopicName,
    key: z
      .string()
      .max(maxDraftBytes * 2)
      .default(''),
    keyEncoding: z.enum(draftEncodings).default('none'),
    keySchema: SchemaChoice.nullable().default(null),
    value: z
      .string()
      .max(maxDraftBytes * 2)
      .default(''),
    valueEncoding: z.enum(draftEncodings).default('text'),
    valueSchema: SchemaChoice.nullable().default(null),
    /** In this order; a name may come more than once. */
    headers: z.array(DraftHeader).max(maxDraftHeaders, `At most ${maxDraftHeaders} headers.`).default([]),
    /** Empty: chosen by the key, as Kafka's own client does. */
    partition: z
      .string()
      .regex(/^(\d{1,9})?$/, 'A partition is a whole number from 0.')
      .default(''),
    /** ISO 8601 with zone, or epoch milliseconds; empty: now. */
    timestamp: z
      .string()
      .max(40)
      .refine(
        (text) => text === '' || momentOf(text) !== null,
        'Write it as 2026-11-21T03:12:40.250Z, or as epoch milliseconds.',
      )
      .default(''),
  })
  .superRefine((draft, context) => {
    const say = (path: (string | number)[], message: string | null) => {
      if (message) context.addIssue({ code: 'custom', path, message });
    };
    if (draft.keyEncoding === 'schema' && !draft.keySchema) say(['keySchema'], 'Choose a subject.');
    if (draft.valueEncoding === 'schema' && !draft.valueSchema) say(['valueSchema'], 'Choose a subject.');
    say(['key'], draftProblem(draft.key, draft.keyEncoding));
    say(['value'], draftProblem(draft.value, draft.valueEncoding));
    let bytes = draftBytes(draft.key, draft.keyEncoding) + draftBytes(draft.value, draft.valueEncoding);
    draft.headers.forEach((header, index) => {
      say(['headers', index, 'value'], draftProblem(header.value, header.encoding));
      bytes += draftBytes(header.value, header.encoding) + draftBytes(header.name, 'text');
    });
    if (bytes > maxDraftBytes)
      say(
        ['value'],
        `The record has ${bytes.toLocaleString('en-US')} bytes. From here at most ${maxDraftBytes.toLocaleString('en-US')} can be written.`,
      );
  });
export type ProduceMessageInput = z.output<typeof ProduceMessageInput>;

/** Where a produced record is now. */
export type ProducedMessage = {
  partition: number;
  /** Null when the broker did not say. */
  offset: string | null;
  /** ISO 8601. */
  timestamp: string;
};

/** One field of a record as it would be sent. */
export type PlannedField = {
  sizeBytes: number;
  /** What is wrong, at its place; the first of `wrong`. */
  errors: FieldError[];
  wrong: number;
  /** The schema it is written by. */
  schema: { id: string; subject: string; version: number } | null;
};

/** What writing one record would do. Nothing was written. */
export type ProducePlan = { key: PlannedField; value: PlannedField; partition: number | null };

/** What may be chosen to write a field of a topic by. */
export const ProduceSubjects = z.object({
  /** Null: there is a registry and it answered. Else why there is nothing to choose, in words. */
  reason: z.string().nullable(),
  subjects: z.array(z.string()),
  /** The subject that the topic's name stands for, where the registry has it. */
  key: z.string().nullable(),
  value: z.string().nullable(),
});
export type ProduceSubjects = z.infer<typeof ProduceSubjects>;

/** A schema to write by, with a record that it accepts. */
export const ProduceExample = z.object({
  id: z.string(),
  type: z.enum(['AVRO', 'PROTOBUF', 'JSON']),
  subject: z.string(),
  version: z.number().int(),
  versions: z.array(z.number().int()),
  /** The message types of a Protobuf schema, in the order of its file. */
  messages: z.array(z.string()),
  message: z.string().nullable(),
  /** JSON, laid out. */
  example: z.string(),
});
export type ProduceExample = z.infer<typeof ProduceExample>;
