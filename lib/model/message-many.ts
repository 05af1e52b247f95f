import { z } from 'zod';
import { ClusterId, TopicName } from './ids.ts';
import {
  DraftHeader,
  draftBytes,
  draftEncodings,
  draftProblem,
  maxDraftBytes,
  maxDraftHeaders,
  SchemaChoice,
} from './message-draft.ts';
import { momentOf } from './message-place.ts';

/** What is written at once, and in how large parts it travels: a form sends at most 1 MB. */
export const maxManyRecords = 10_000;
export const maxManyBytes = 8_000_000;
export const maxPartRecords = 1_000;
export const maxPartBytes = 600_000;

const Encoding = z.enum(draftEncodings);

/** One record of many. A key or value of null is none. */
const ManyRecord = z.strictObject({
  /** Where it stands in what was given, from 1. */
  line: z.number().int().min(1).max(10_000_000),
  key: z
    .string()
    .max(maxDraftBytes * 2)
    .nullable()
    .default(null),
  /** Where it differs from what holds for all. */
  keyEncoding: Encoding.optional(),
  value: z
    .string()
    .max(maxDraftBytes * 2)
    .nullable()
    .default(null),
  valueEncoding: Encoding.optional(),
  headers: z.array(DraftHeader).max(maxDraftHeaders, `At most ${maxDraftHeaders} headers.`).default([]),
  partition: z.number().int().min(0).max(1_000_000).nullable().default(null),
  timestamp: z.string().max(40).default(''),
});
export type ManyRecord = z.input<typeof ManyRecord>;

/** A part of the records. All parts of one batch carry its id, so that the audit shows what belongs together. */
export const ProduceManyInput = z.strictObject({
  clusterId: ClusterId,
  topic: TopicName,
  keyEncoding: Encoding.default('text'),
  keySchema: SchemaChoice.nullable().default(null),
  valueEncoding: Encoding.default('json'),
  valueSchema: SchemaChoice.nullable().default(null),
  records: z.array(ManyRecord).min(1, 'There is no record.').max(maxPartRecords),
  batch: z.strictObject({
    id: z.uuid(),
    part: z.number().int().min(1).max(maxManyRecords),
    of: z.number().int().min(1).max(maxManyRecords),
  }),
});
export type ProduceManyInput = z.output<typeof ProduceManyInput>;

export const manyEncodingOf = (
  record: Pick<z.output<typeof ManyRecord>, 'key' | 'value' | 'keyEncoding' | 'valueEncoding'>,
  side: 'key' | 'value',
  input: Pick<ProduceManyInput, 'keyEncoding' | 'valueEncoding'>,
) => (record[side] === null ? 'none' : (record[`${side}Encoding`] ?? input[`${side}Encoding`]));

/** What is wrong with a record before its schema is asked; at most one sentence. */
export function manyProblem(
  record: z.output<typeof ManyRecord>,
  input: Pick<ProduceManyInput, 'keyEncoding' | 'valueEncoding'>,
  partitionCount: number,
): string | null {
  for (const side of ['key', 'value'] as const) {
    const problem = draftProblem(record[side] ?? '', manyEncodingOf(record, side, input));
    if (problem) return `${side}: ${problem}`;
  }
  for (const header of record.headers) {
    const problem = draftProblem(header.value, header.encoding);
    if (problem) return `header ${header.name}: ${problem}`;
  }
  if (record.timestamp !== '' && momentOf(record.timestamp) === null)
    return 'timestamp: Write it as 2026-11-21T03:12:40.250Z, or as epoch milliseconds.';
  if (record.partition !== null && record.partition >= partitionCount)
    return `partition: the topic has partitions 0 to ${partitionCount - 1}.`;
  const bytes = (['key', 'value'] as const).reduce(
    (sum, side) => sum + draftBytes(record[side] ?? '', manyEncodingOf(record, side, input)),
    0,
  );
  return bytes > maxDraftBytes
    ? `The record has ${bytes.toLocaleString('en-US')} bytes. From here at most ${maxDraftBytes.toLocaleString('en-US')} can be written.`
    : null;
}

/** What writing a part would do. Nothing was written. */
export type ProduceManyPlan = {
  records: number;
  /** Keys, values and headers as they would be sent. */
  bytes: number;
  partitions: { partition: number; records: number }[];
  wrong: number;
  /** The first of them, by line. */
  errors: { line: number; message: string }[];
  sample: { line: number; partition: number; key: string | null; value: string | null; sizeBytes: number }[];
  /** Ids of the schemas that were used, as text. */
  keySchema: string | null;
  valueSchema: string | null;
  digest: string;
};

/** What writing a part did. */
export type ProducedMany = {
  acknowledged: number;
  /** Each run of records that was acknowledged together. */
  places: { partition: number; offset: string | null; records: number }[];
  /** Where it stopped before the end: what is known of the rest. */
  stopped: {
    code: string;
    what: string;
    next: string;
    /** No answer came for these: they may be there. */
    unknown: number;
    refused: number;
    unsent: number;
    /** Lines of those that were not acknowledged, the first 100. */
    lines: number[];
  } | null;
};

/** Records in parts that each travel in one request, in their order. */
export function partsOf(records: readonly ManyRecord[]): ManyRecord[][] {
  const encoder = new TextEncoder();
  const parts: ManyRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = encoder.encode(JSON.stringify(record)).length + 1;
    const part = parts.at(-1);
    if (!part || part.length >= maxPartRecords || bytes + size > maxPartBytes) {
      parts.push([record]);
      bytes = size;
    } else {
      part.push(record);
      bytes += size;
    }
  }
  return parts;
}

/** The plans of all parts as one. */
export function sumOfPlans(plans: readonly ProduceManyPlan[]): Omit<ProduceManyPlan, 'digest'> {
  const counts = new Map<number, number>();
  for (const { partitions } of plans)
    for (const { partition, records } of partitions)
      counts.set(partition, (counts.get(partition) ?? 0) + records);
  const sum = (of: (plan: ProduceManyPlan) => number) => plans.reduce((total, plan) => total + of(plan), 0);
  return {
    records: sum((plan) => plan.records),
    bytes: sum((plan) => plan.bytes),
    partitions: [...counts]
      .map(([partition, records]) => ({ partition, records }))
      .sort((a, b) => a.partition - b.partition),
    wrong: sum((plan) => plan.wrong),
    errors: plans.flatMap((plan) => plan.errors),
    sample: plans[0]?.sample ?? [],
    keySchema: plans.find((plan) => plan.keySchema !== null)?.keySchema ?? null,
    valueSchema: plans.find((plan) => plan.valueSchema !== null)?.valueSchema ?? null,
  };
}
