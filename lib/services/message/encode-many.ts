import { createHash } from 'node:crypto';
import { partitionOfKey } from '#lib/model/key-partition.ts';
import { errorSentence, type SchemaChoice } from '#lib/model/message-draft.ts';
import { manyEncodingOf, manyProblem, type ProduceManyInput } from '#lib/model/message-many.ts';
import { momentOf } from '#lib/model/message-place.ts';
import { bytesOfDraft } from './draft-bytes.ts';
import { type ChosenSchema, chosenSchema, encodeBySchema } from './produce-schema.ts';

export type EncodedRecord = {
  line: number;
  partition: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: { name: string; value: Buffer }[];
  timestampMs: number | undefined;
  sizeBytes: number;
};

export type EncodedMany = {
  records: EncodedRecord[];
  errors: { line: number; message: string }[];
  keySchema: ChosenSchema | null;
  valueSchema: ChosenSchema | null;
  /** Of all that would be sent and where; the same bytes give the same. */
  digest: string;
};

/**
 * All records of a part as bytes, each with its partition. Records without a key and a partition take turns, by their line, so that the
 * plan and the act agree.
 * @throws AppError `registry.…` when a schema cannot be had or used
 */
export async function encodeMany(
  input: ProduceManyInput,
  topic: { id: string; partitionCount: number },
  signal: AbortSignal,
): Promise<EncodedMany> {
  const problems = new Map<number, string>();
  input.records.forEach((record, index) => {
    const problem = manyProblem(record, input, topic.partitionCount);
    if (problem) problems.set(index, problem);
  });
  const key = await encodeSide(input, 'key', problems, signal);
  const value = await encodeSide(input, 'value', problems, signal);
  const records: EncodedRecord[] = [];
  const hash = createHash('sha256').update(`${topic.id}\n${topic.partitionCount}\n`);
  input.records.forEach((record, index) => {
    if (problems.has(index)) return;
    const one: EncodedRecord = {
      line: record.line,
      key: key.bytes[index] ?? null,
      value: value.bytes[index] ?? null,
      headers: record.headers.map((header) => ({
        name: header.name,
        value: bytesOfDraft(header.value, header.encoding) ?? Buffer.alloc(0),
      })),
      timestampMs: record.timestamp === '' ? undefined : (momentOf(record.timestamp) ?? undefined),
      partition: 0,
      sizeBytes: 0,
    };
    one.partition =
      record.partition ??
      (one.key ? partitionOfKey(one.key, topic.partitionCount) : record.line % topic.partitionCount);
    one.sizeBytes =
      (one.key?.length ?? 0) +
      (one.value?.length ?? 0) +
      one.headers.reduce((sum, header) => sum + Buffer.byteLength(header.name) + header.value.length, 0);
    records.push(one);
    hash.update(JSON.stringify([one.partition, one.timestampMs ?? null, one.key?.length, one.value?.length]));
    for (const bytes of [one.key, one.value]) if (bytes) hash.update(bytes);
    for (const { name, value: bytes } of one.headers)
      hash.update(`${name.length}:${name}${bytes.length}:`).update(bytes);
  });
  const errors = [...problems]
    .map(([index, message]) => ({ line: input.records[index]?.line ?? 0, message }))
    .sort((a, b) => a.line - b.line);
  return {
    records,
    errors,
    keySchema: key.chosen,
    valueSchema: value.chosen,
    digest: hash.digest('base64url').slice(0, 22),
  };
}

async function encodeSide(
  input: ProduceManyInput,
  side: 'key' | 'value',
  problems: Map<number, string>,
  signal: AbortSignal,
): Promise<{ bytes: (Buffer | null)[]; chosen: ChosenSchema | null }> {
  const bytes: (Buffer | null)[] = input.records.map(() => null);
  const bySchema: number[] = [];
  input.records.forEach((record, index) => {
    const encoding = manyEncodingOf(record, side, input);
    if (problems.has(index)) return;
    if (encoding === 'schema') bySchema.push(index);
    else bytes[index] = bytesOfDraft(record[side] ?? '', encoding);
  });
  if (bySchema.length === 0) return { bytes, chosen: null };
  const choice: SchemaChoice | null = input[`${side}Schema`];
  if (!choice) {
    for (const index of bySchema) problems.set(index, `${side}: choose a subject.`);
    return { bytes, chosen: null };
  }
  const chosen = await chosenSchema(input.clusterId, choice, signal);
  const texts = bySchema.map((index) => input.records[index]?.[side] ?? '');
  const encoded = await encodeBySchema(chosen, choice.message, texts, signal);
  bySchema.forEach((index, at) => {
    const one = encoded[at];
    if (one && 'bytes' in one) bytes[index] = Buffer.from(one.bytes);
    else if (one?.errors[0]) problems.set(index, errorSentence(side, one.errors[0]));
    else problems.set(index, `${side}: cannot be written by the schema.`);
  });
  return { bytes, chosen };
}
