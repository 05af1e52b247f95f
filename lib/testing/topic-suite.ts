import { afterAll, beforeAll } from 'vitest';
import type { z } from 'zod';
import { readOperation } from '#lib/gateways/database/audit-search.ts';
import { deleteTopics } from '#lib/gateways/kafka/delete-topics.ts';
import { readMetadata } from '#lib/gateways/kafka/read-metadata.ts';
import type { Role } from '#lib/model/principal.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { Command } from '#lib/operations/define-command.ts';
import type { Plan } from '#lib/operations/define-plan.ts';
import type { Query } from '#lib/operations/define-query.ts';
import { runCommand, runPlan } from '#lib/operations/run-command.ts';
import { runQuery } from '#lib/operations/run-query.ts';
import { createTopic } from '#lib/services/topic/create-topic.ts';
import { platformHandle } from '#platform/handle.ts';
import { testKafkaClient } from './kafka-client.ts';
import { contextAs } from './principals.ts';
import { openTestServices, type TestServices } from './services.ts';

/** Where the suites' cluster stands in their own database. */
export const clusterId = 'test';

/** Carries a verb out and gives what it answered, with how the audit says it ended. */
export async function act<I extends z.ZodType, R>(command: Command<I, R>, input: z.input<I>) {
  const result = await runCommand(command, contextAs('operator'), input);
  if (!result.ok) throw new Error(`${command.name}: ${JSON.stringify(result.problem)}`);
  const entry = await readOperation(result.operationId);
  return { value: result.value, audit: entry };
}

export async function plan<I extends z.ZodType, R>(verb: Plan<I, R>, input: z.input<I>): Promise<R> {
  const result = await runPlan(verb, contextAs('operator'), input);
  if (!result.ok) throw new Error(`${verb.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

export async function ask<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: z.input<I>) {
  const result = await runQuery(query, contextAs('viewer'), input);
  if (!result.ok) throw new Error(`${query.name}: ${JSON.stringify(result.problem)}`);
  return result.value;
}

export async function refused<I extends z.ZodType, R>(
  verb: Command<I, R> | Plan<I, R>,
  input: z.input<I>,
  role: Role = 'operator',
): Promise<Problem> {
  const context = contextAs(role);
  const result =
    verb.kind === 'plan' ? await runPlan(verb, context, input) : await runCommand(verb, context, input);
  if (result.ok) throw new Error(`${verb.name} was not refused`);
  return result.problem;
}

/** Topics of one suite on the test platform, with a database of its own; both are gone when it ends. */
export function topicSuite(name: string) {
  const prefix = `svc.${name}.${process.pid}`;
  const platform = platformHandle();
  const client = testKafkaClient();
  const made = new Set<string>();
  let services: TestServices;

  beforeAll(async () => {
    services = await openTestServices({ id: clusterId });
  });

  afterAll(async () => {
    const { names } = await readMetadata(client);
    const left = names.filter((topic) => made.has(topic)).map((topic) => ({ topic }));
    if (left.length > 0) await deleteTopics(client, left);
    await client.close();
    await services.close();
  });

  /** The full name of a topic of this suite; it is deleted at the end. */
  const named = (short: string): string => {
    const topic = `${prefix}.${short}`;
    made.add(topic);
    return topic;
  };

  return {
    platform,
    client,
    named,
    /** Makes a topic of three partitions by the verb itself. */
    async create(short: string, configs: Record<string, string> = {}): Promise<string> {
      const topic = named(short);
      await act(createTopic, { clusterId, topic, partitions: 3, replicationFactor: 3, configs });
      return topic;
    },
    /** Writes `count` records to each of the three partitions. */
    async write(topic: string, count: number): Promise<void> {
      for (let i = 0; i < count * 3; i++)
        await client.produce({
          topic,
          key: null,
          value: Buffer.from(`v${i}`),
          headers: [],
          partition: i % 3,
        });
    },
    /** What Kafka's own tool says of a topic. */
    async describedBy(topic: string): Promise<string> {
      const tool = 'org.apache.kafka.tools.TopicCommand';
      return (await platform.cli(tool, ['--describe', '--topic', topic])).stdout;
    },
    exists: async (topic: string): Promise<boolean> => (await readMetadata(client)).names.includes(topic),
  };
}
