import { z } from 'zod';
import { ClusterId, RowId, TopicName } from './ids.ts';
import { DraftHeader, draftEncodings, maxDraftHeaders, SchemaChoice } from './message-draft.ts';
import { unknownPlaceholders } from './placeholders.ts';

/** Templates one topic may have. */
export const maxTemplates = 100;
/** The text of one field of a template. */
const maxText = 200_000;

const Text = z
  .string()
  .max(maxText, `At most ${maxText.toLocaleString('en-US')} characters.`)
  // PostgreSQL takes no text with it.
  .refine(
    (text) => !text.includes('\u0000'),
    'NUL cannot be kept. Write the bytes as hexadecimal or base64.',
  );

/** A record to produce, as the form holds it, with placeholders where something is new each time. */
export const TemplateDraft = z
  .strictObject({
    key: Text.default(''),
    keyEncoding: z.enum(draftEncodings).default('none'),
    keySchema: SchemaChoice.nullable().default(null),
    value: Text.default(''),
    valueEncoding: z.enum(draftEncodings).default('json'),
    valueSchema: SchemaChoice.nullable().default(null),
    headers: z.array(DraftHeader).max(maxDraftHeaders, `At most ${maxDraftHeaders} headers.`).default([]),
    partition: z
      .string()
      .regex(/^(\d{1,9})?$/)
      .default(''),
  })
  .superRefine((draft, context) => {
    const say = (path: (string | number)[], text: string) => {
      const [unknown] = unknownPlaceholders(text);
      if (unknown !== undefined)
        context.addIssue({
          code: 'custom',
          path,
          message: `{{${unknown}}} stands for nothing. There are {{now}}, {{now-ms}}, {{uuid}} and {{counter}}.`,
        });
    };
    say(['key'], draft.key);
    say(['value'], draft.value);
    draft.headers.forEach((header, index) => {
      say(['headers', index, 'value'], header.value);
    });
  });
export type TemplateDraft = z.output<typeof TemplateDraft>;

export const SaveTemplateInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  /** The template that is saved over; a new one without. */
  id: RowId.optional(),
  name: z
    .string()
    .trim()
    .min(1, 'A name is missing.')
    .max(80, 'A name has at most 80 characters.')
    .refine((text) => !text.includes('\u0000'), 'A name has no NUL.'),
  draft: TemplateDraft,
});
export type SaveTemplateInput = z.output<typeof SaveTemplateInput>;

export const MessageTemplate = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  updatedAt: z.string(),
  draft: TemplateDraft,
});
export type MessageTemplate = z.infer<typeof MessageTemplate>;
