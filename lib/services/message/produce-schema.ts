import { AppError } from '#lib/errors/app-error.ts';
import type { SchemaChoice } from '#lib/model/message-draft.ts';
import type { RegistrySchema } from '#lib/model/registry-schema.ts';
import { ScanWorkerError } from '#lib/scan/pool.ts';
import { scanPool } from '#lib/scan/shared-pool.ts';
import type { EncodeAnswer, Encoded, EncodeTask, SchemaDescription } from '#lib/serde/encode/encode-task.ts';
import { registryOf } from '../registry/registry-of.ts';

/** Texts of one task: a worker is not held longer than its turn. */
const batchTexts = 250;

export type ChosenSchema = { subject: string; version: number; schema: RegistrySchema };

/**
 * The schema that was chosen, with its references.
 * @throws AppError `registry.…`
 */
export async function chosenSchema(
  clusterId: string,
  choice: SchemaChoice,
  signal: AbortSignal,
): Promise<ChosenSchema> {
  const registry = await registryOf(clusterId);
  if (!registry) throw new AppError('registry.not-set', {});
  return registry.version(choice.subject, choice.version ?? 'latest', signal);
}

/**
 * Texts as bytes by a schema, each with the wire prefix, or with what is wrong in it.
 * @throws AppError `registry.schema-refused` when the schema itself cannot be used
 */
export async function encodeBySchema(
  chosen: ChosenSchema,
  message: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Encoded[]> {
  const all: Encoded[] = [];
  for (let at = 0; at < texts.length; at += batchTexts) {
    const answer = await ask(
      chosen,
      {
        kind: 'encode',
        schema: plain(chosen.schema),
        message: message === '' ? null : message,
        texts: texts.slice(at, at + batchTexts),
      },
      signal,
    );
    all.push(...(answer as { encoded: Encoded[] }).encoded);
  }
  return all;
}

/**
 * What can be written by a schema, and a record that it accepts.
 * @throws AppError `registry.schema-refused`
 */
export async function describeSchema(
  chosen: ChosenSchema,
  message: string,
  example: 'plain' | 'edge',
  signal: AbortSignal,
): Promise<SchemaDescription> {
  const task = {
    kind: 'describe-schema',
    schema: plain(chosen.schema),
    message: message === '' ? null : message,
    example,
  } as const;
  return (await ask(chosen, task, signal)) as SchemaDescription;
}

async function ask(
  chosen: ChosenSchema,
  task: EncodeTask,
  signal: AbortSignal,
): Promise<Exclude<EncodeAnswer<EncodeTask>, { problem: string }>> {
  const what = `Version ${chosen.version} of ${chosen.subject}`;
  let answer: EncodeAnswer<EncodeTask>;
  try {
    answer = (await scanPool().run(new Uint8Array(0), task, { signal })).value;
  } catch (cause) {
    if (!(cause instanceof ScanWorkerError) || cause.reason === 'closed') throw cause;
    const reason = lossWords[cause.reason];
    throw new AppError('registry.schema-refused', { what, reason }, { cause });
  }
  if (!('problem' in answer)) return answer;
  const reason = answer.problem.replace(/\.$/, '').replace(/^The /, 'the ');
  throw new AppError('registry.schema-refused', { what, reason });
}

const lossWords: Record<Exclude<ScanWorkerError['reason'], 'closed'>, string> = {
  timeout: 'it took too long',
  memory: 'it took too much memory',
  crashed: 'the worker that used it ended',
};

const plain = ({ id, type, text, references }: RegistrySchema) => ({ id, type, text, references });
