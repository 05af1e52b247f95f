import { z } from 'zod';
import { parseFieldPath, splitFieldPaths } from './field-path.ts';
import { MissingPart } from './listing.ts';
import { MessagePage } from './message.ts';
import { ListMessagesInput } from './message-request.ts';

export const exportFormats = ['ndjson', 'csv'] as const;
export const ExportFormat = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Caps of one export, whichever is reached first. */
export const maxExportRecords = 100_000;
export const maxExportBytes = 256 * 1024 * 1024;

/** What an export can hold of each record besides field paths. */
export const exportFields = [
  'partition',
  'offset',
  'timestamp',
  'timestampMs',
  'timestampType',
  'key',
  'keyBase64',
  'keySerde',
  'keySize',
  'value',
  'valueBase64',
  'valueSerde',
  'valueSize',
  'schemaId',
  'headers',
] as const;
export type ExportField = (typeof exportFields)[number];
const isExportField = (text: string): text is ExportField => exportFields.includes(text as ExportField);

/** What is exported when nothing is chosen: all that is needed to know a record, and to write it again byte by byte. */
export const defaultExportFields: readonly ExportField[] = exportFields.filter(
  (name) => name !== 'timestampMs',
);

const maxExportFields = 40;

const Fields = z
  .string()
  .max(8_000)
  .optional()
  .transform((text, context) => {
    const fields = splitFieldPaths(text ?? '');
    const wrong = fields.find((field) => !isExportField(field) && parseFieldPath(field) === null);
    if (wrong !== undefined)
      context.addIssue(
        `${wrong} cannot be exported. Choose of ${exportFields.join(', ')}, or write such as value.status.`,
      );
    if (new Set(fields).size < fields.length) context.addIssue('A column stands there twice.');
    if (fields.length > maxExportFields) context.addIssue(`At most ${maxExportFields} columns.`);
    return fields;
  });

/** An export as its address asks for it: the parameters of a page of messages, and what is to be written of each record. */
export const ExportMessagesInput = ListMessagesInput.omit({ pageSize: true }).extend({
  format: ExportFormat.default('ndjson'),
  /** Columns in their order: names of `exportFields` and field paths, separated by commas. */
  fields: Fields,
  /** Most records. */
  limit: z.coerce.number().int().min(1).max(maxExportRecords).default(maxExportRecords),
  /**
   * Bytes as base64 beside what is written of a key or value: where that does not give them back exactly, always, or never.
   */
  bytes: z.enum(['lossy', 'all', 'none']).default('lossy'),
  /** Id of its manifest, chosen by who asks; one is made without. */
  id: z.uuid().optional(),
});
export type ExportMessagesInput = z.output<typeof ExportMessagesInput>;

/**
 * `complete`: all that was asked for. `limit`: the cap of records or bytes was reached; `budget`: that of reading; both go on with
 * `nextToken`. `partial`: some partitions could not be read. `cancelled`: its reader left, or lost the right to read. `failed`: it broke.
 */
export const exportStates = [
  'running',
  'complete',
  'limit',
  'budget',
  'partial',
  'cancelled',
  'failed',
] as const;
export const ExportState = z.enum(exportStates);
export type ExportState = z.infer<typeof ExportState>;

/** What an export holds, to be kept with its file. */
export const ExportManifest = z.object({
  id: z.string(),
  state: ExportState,
  /** One sentence: how it ended. */
  sentence: z.string(),
  fileName: z.string(),
  format: ExportFormat,
  clusterId: z.string(),
  topic: z.string(),
  topicId: z.string().nullable(),
  /** What was asked for, as its address said it. */
  asked: z.record(z.string(), z.string()),
  fields: z.array(z.string()),
  records: z.number().int(),
  bytes: z.number().int(),
  /** Of the file as it was sent; null while it runs and when it broke off. */
  sha256: z.string().nullable(),
  /** First and last offset per partition of what is in the file. */
  offsets: z.array(
    z.object({ partition: z.number().int(), from: z.string(), to: z.string(), records: z.number().int() }),
  ),
  /** When the ends of the log were looked up: later records are not in it. */
  asOf: z.string().nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  exportedBy: z.string(),
  /** Policies that hid something of what was read. */
  maskedBy: z.array(z.string()),
  /** Cells of CSV that were changed so that no spreadsheet takes them for a formula. */
  guardedCells: z.number().int(),
  /** Records of the plan that the expression failed on, and that could not be decoded for it. */
  failed: z.number().int(),
  undecoded: z.number().int(),
  abortedRecords: z.number().int(),
  missing: z.array(MissingPart),
  unreadable: MessagePage.shape.unreadable,
  expired: MessagePage.shape.expired,
  /** Goes on where it ended, as `page`; null when nothing is left. */
  nextToken: z.string().nullable(),
});
export type ExportManifest = z.infer<typeof ExportManifest>;
