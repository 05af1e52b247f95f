import { AppError } from '#lib/errors/app-error.ts';
import {
  type DraftEncoding,
  errorSentence,
  type PlannedField,
  type ProduceMessageInput,
  type SchemaChoice,
} from '#lib/model/message-draft.ts';
import { bytesOfDraft } from './draft-bytes.ts';
import { chosenSchema, encodeBySchema } from './produce-schema.ts';

/** A field as it would be sent. `bytes` are null for null, and mean nothing where something is wrong. */
export type EncodedField = Omit<PlannedField, 'sizeBytes'> & { bytes: Buffer | null };

/**
 * Key and value of a draft as bytes, or with what is wrong in them.
 * @throws AppError `registry.…` when a schema cannot be had or used
 */
export async function encodeDraft(
  input: ProduceMessageInput,
  signal: AbortSignal,
): Promise<{ key: EncodedField; value: EncodedField }> {
  const [key, value] = await Promise.all([
    encodeField(input.clusterId, input.key, input.keyEncoding, input.keySchema, signal),
    encodeField(input.clusterId, input.value, input.valueEncoding, input.valueSchema, signal),
  ]);
  return { key, value };
}

async function encodeField(
  clusterId: string,
  text: string,
  encoding: DraftEncoding,
  choice: SchemaChoice | null,
  signal: AbortSignal,
): Promise<EncodedField> {
  if (encoding !== 'schema' || !choice)
    return { bytes: bytesOfDraft(text, encoding), errors: [], wrong: 0, schema: null };
  const chosen = await chosenSchema(clusterId, choice, signal);
  const [encoded] = await encodeBySchema(chosen, choice.message, [text], signal);
  const schema = { id: chosen.schema.id, subject: chosen.subject, version: chosen.version };
  return encoded && 'bytes' in encoded
    ? { bytes: Buffer.from(encoded.bytes), errors: [], wrong: 0, schema }
    : { bytes: null, errors: encoded?.errors ?? [], wrong: encoded?.count ?? 1, schema };
}

/** @throws AppError `input.invalid` naming the first thing that is wrong with each field */
export function assertEncoded(encoded: { key: EncodedField; value: EncodedField }): void {
  const fields: Record<string, string> = {};
  for (const side of ['key', 'value'] as const) {
    const [error] = encoded[side].errors;
    if (error) fields[side] = errorSentence(side, error);
  }
  if (Object.keys(fields).length > 0) throw new AppError('input.invalid', {}, { fields });
}
