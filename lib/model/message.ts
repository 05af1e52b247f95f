import { z } from 'zod';
import { MissingPart } from './listing.ts';

/** Which records of transactions are shown: those of committed ones, or all that the log holds. */
export const isolations = ['read_committed', 'read_uncommitted'] as const;
export const Isolation = z.enum(isolations);
export type Isolation = z.infer<typeof Isolation>;

/** A 64-bit number on its way to the browser. */
export const Int64Text = z.string().regex(/^-?\d{1,19}$/);

/**
 * A key, value or header value as shown. `text` is safe to draw as text: what cannot be seen or would reorder the line is
 * written out. It gives the bytes back exactly only when `base64` is null; otherwise `base64` is those same bytes.
 */
export const MessageField = z.object({
  /** Name of the serde that was chosen, such as `json`. */
  serde: z.string(),
  /** One sentence: why this serde, or why no better one. */
  reason: z.string(),
  text: z.string(),
  base64: z.string().nullable(),
  sizeBytes: z.number().int(),
  /** How many of the bytes are shown; less than `sizeBytes` when the field was cut. */
  shownBytes: z.number().int(),
  /** How `text` is to be drawn. JSON is the value as stored where that is JSON, else made of the decoded value, numbers exact. */
  format: z.enum(['json', 'text', 'hex']),
  /** The schema it was decoded by: the id (a number or a GUID) and what the registry says of it. Also set when it could not be had. */
  schema: z
    .object({
      id: z.string(),
      type: z.enum(['AVRO', 'PROTOBUF', 'JSON']).nullable(),
      subject: z.string().nullable(),
      version: z.number().int().nullable(),
      /** Full name of the record or message type. */
      name: z.string().nullable(),
    })
    .nullable(),
  /** The field's own compression, where the value inside was compressed. */
  compression: z.enum(['gzip', 'zstd']).nullable(),
  /** Names of the policies that hide some or all of it. */
  maskedBy: z.array(z.string()),
  /** What raw values of an opened record mean, such as the moment a number stands for. Path '' is the field itself. */
  notes: z.array(z.object({ path: z.string(), type: z.string(), text: z.string() })).optional(),
});
export type MessageField = z.infer<typeof MessageField>;

/** `none`: the format is too old to carry a timestamp. */
export const timestampTypes = ['create', 'append', 'none'] as const;

export const MessageRow = z.object({
  partition: z.number().int(),
  offset: Int64Text,
  /** ISO 8601; null when the record has none or it lies outside the years a date can have. */
  timestamp: z.string().nullable(),
  /** Exactly what the record carries, in epoch milliseconds; -1 is "none". */
  timestampMs: Int64Text,
  timestampType: z.enum(timestampTypes),
  /** Null is a null key. */
  key: MessageField.nullable(),
  /** Null is a null value: a tombstone on a compacted topic. */
  value: MessageField.nullable(),
  headerCount: z.number().int(),
  /** Key, value and headers, uncompressed. */
  sizeBytes: z.number().int(),
  /** The field paths asked for as columns, as text in their order; null where the record has none such. */
  columns: z.array(z.string().nullable()),
});
export type MessageRow = z.infer<typeof MessageRow>;

export const MessageHeader = z.object({
  /** Names are text in the protocol, and yet may be any bytes: then `name` is written out and this holds them. */
  name: z.string(),
  nameBase64: z.string().nullable(),
  value: MessageField.nullable(),
});
export type MessageHeader = z.infer<typeof MessageHeader>;

/** `open`: its transaction had neither been committed nor aborted when it was read. */
export const transactionStates = ['none', 'committed', 'aborted', 'open'] as const;

export const MessageDetail = MessageRow.extend({
  /** In their order, repeated names kept. Fewer than `headerCount` when there are very many. */
  headers: z.array(MessageHeader),
  transaction: z.enum(transactionStates),
  /** Facts of the batch the record was written in. */
  batch: z.object({
    magic: z.number().int(),
    baseOffset: Int64Text,
    lastOffset: Int64Text,
    /** Null for the formats before Kafka 0.11, which do not say. */
    records: z.number().int().nullable(),
    /** As stored, compressed. */
    sizeBytes: z.number().int(),
    codec: z.string(),
    /** `wrong`: the bytes are not those that were written. */
    crc: z.enum(['ok', 'wrong', 'unchecked']),
    /** Null where the producer was not idempotent. */
    producerId: Int64Text.nullable(),
    producerEpoch: z.number().int().nullable(),
    baseSequence: z.number().int().nullable(),
    leaderEpoch: z.number().int().nullable(),
  }),
});
export type MessageDetail = z.infer<typeof MessageDetail>;

/**
 * How reading ended. `complete`: the page is full or there is no more. `budget`: the limit of bytes or time was reached, the
 * token goes on. `partial`: some partitions could not be read, `missing` names them.
 */
export const readOutcomes = ['complete', 'budget', 'cancelled', 'partial'] as const;
export const ReadOutcome = z.enum(readOutcomes);
export type ReadOutcome = z.infer<typeof ReadOutcome>;

export const MessagePage = z.object({
  rows: z.array(MessageRow),
  outcome: ReadOutcome,
  /** Passed back to read on; null when everything was read. */
  nextToken: z.string().nullable(),
  isolation: Isolation,
  direction: z.enum(['backward', 'forward']),
  topicId: z.string(),
  /** Why it ended early, in words, where the outcome alone does not say it (a filter that was stopped). */
  reason: z.string().nullable(),
  /** Texts that matched, and field paths (`value.status`) the expression reads, to be marked where they are drawn. */
  marks: z.array(z.string()),
  paths: z.array(z.string()),
  /** Partitions or brokers that did not answer. */
  missing: z.array(MissingPart),
  /** Offsets that hold something which cannot be read, with the reason. */
  unreadable: z.array(
    z.object({ partition: z.number().int(), fromOffset: Int64Text, toOffset: Int64Text, reason: z.string() }),
  ),
  /** Offsets that retention deleted under the reader. */
  expired: z.array(z.object({ partition: z.number().int(), offsets: Int64Text })),
  read: z.object({
    /** Bytes as they came from the brokers. */
    bytes: z.number().int(),
    /** Records looked at, hidden ones included. */
    records: z.number().int(),
    matched: z.number().int(),
    /** Records on which the expression failed, and records it needed decoded that could not be. */
    failed: z.number().int(),
    undecoded: z.number().int(),
    /** Records that were decoded, of `records`: the others were decided on their bytes. */
    decoded: z.number().int(),
    /** Records of aborted transactions that were left out. */
    abortedRecords: z.number().int(),
    /** Of the batches that hold what is shown: the bytes are not those that were written. */
    wrongCrcBatches: z.number().int(),
    elapsedMs: z.number(),
  }),
  /** When the end of the log was looked up, ISO 8601. */
  asOf: z.string(),
});
export type MessagePage = z.infer<typeof MessagePage>;
