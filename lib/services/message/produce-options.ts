import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { ClusterId, TopicName } from '#lib/model/ids.ts';
import { formatJson } from '#lib/model/json-text.ts';
import { ProduceExample, ProduceSubjects } from '#lib/model/message-draft.ts';
import { defineQuery } from '#lib/operations/define-query.ts';
import { registryOf } from '../registry/registry-of.ts';
import { describeSchema } from './produce-schema.ts';

const Place = z.strictObject({ clusterId: ClusterId, topic: TopicName });
const target = (input: z.output<typeof Place>) => ({
  type: 'topic' as const,
  id: input.topic,
  clusterId: input.clusterId,
});
/** More names than anybody chooses from; the topic's own come first, so they are never cut. */
const mostSubjects = 5_000;

/** The subjects a record may be written by. Without a registry the answer says so: producing goes on without schemas. */
export const listProduceSubjects = defineQuery({
  name: 'message.subjects',
  summary: 'Subjects of the schema registry by which a record of a topic may be written.',
  path: '/clusters/[clusterId]/topics/[topic]/produce/subjects',
  permission: 'message:produce',
  input: Place,
  output: ProduceSubjects,
  target,
  run: async (context, { clusterId, topic }) => {
    const none = { subjects: [], key: null, value: null };
    const registry = await registryOf(clusterId);
    if (!registry) return { reason: 'This cluster has no schema registry.', ...none };
    try {
      const all = await registry.subjects(context.signal);
      const own = ['value', 'key'].map((side) => `${topic}-${side}`);
      const [value, key] = own.map((name) => (all.includes(name) ? name : null));
      const others = all.filter((name) => !own.includes(name)).sort();
      const subjects = [...own.filter((name) => all.includes(name)), ...others].slice(0, mostSubjects);
      return { reason: null, subjects, key: key ?? null, value: value ?? null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { reason: toProblem(error).what, ...none };
    }
  },
});

/** A schema to write by, the message types in it, and a record that it accepts. */
export const readProduceExample = defineQuery({
  name: 'message.example',
  summary: 'A record that a schema accepts, made from the schema.',
  path: '/clusters/[clusterId]/topics/[topic]/produce/example',
  permission: 'message:produce',
  input: Place.extend({
    subject: z.string().min(1).max(1_000),
    /** The latest when absent. */
    version: z.coerce.number().int().min(1).max(1_000_000_000).optional(),
    /** Message type of a Protobuf schema; the first of the file when absent. */
    message: z.string().max(1_000).default(''),
    /** `edge`: the largest, the smallest and the empty. */
    example: z.enum(['plain', 'edge']).default('plain'),
  }),
  output: ProduceExample,
  target,
  run: async (context, input) => {
    const registry = await registryOf(input.clusterId);
    if (!registry) throw new AppError('registry.not-set', {});
    const [chosen, versions] = await Promise.all([
      registry.version(input.subject, input.version ?? 'latest', context.signal),
      registry.versions(input.subject, context.signal),
    ]);
    const described = await describeSchema(chosen, input.message, input.example, context.signal);
    const { id, type } = chosen.schema;
    return {
      id,
      type,
      subject: chosen.subject,
      version: chosen.version,
      versions: versions.slice(-1_000),
      messages: described.messages,
      message: described.message,
      example: formatJson(described.example) ?? described.example,
    };
  },
});
