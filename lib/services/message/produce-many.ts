import { z } from 'zod';
import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import { readTopic } from '#lib/gateways/kafka/read-metadata.ts';
import { type ProducedMany, ProduceManyInput, type ProduceManyPlan } from '#lib/model/message-many.ts';
import { defineCommand } from '#lib/operations/define-command.ts';
import { definePlan } from '#lib/operations/define-plan.ts';
import { assertUnmoved } from '#lib/operations/digest.ts';
import { type EncodedRecord, encodeMany } from './encode-many.ts';

const target = (input: ProduceManyInput) => ({
  type: 'topic' as const,
  id: input.topic,
  clusterId: input.clusterId,
});
const mostErrors = 50;
const sampleRecords = 3;
const sampleBytes = 48;
/** One request to a partition. All its records are written, or none. */
const requestRecords = 500;
const requestBytes = 500_000;

/** What writing a part of many records would do: everything is encoded and checked, nothing is written. */
export const planProduceMany = definePlan({
  name: 'message.produce-many.plan',
  permission: 'message:produce',
  input: ProduceManyInput,
  target,
  run: async (context, input): Promise<ProduceManyPlan> => {
    const topic = await topicOf(await kafkaOf(input.clusterId), input.topic, context.signal);
    const { records, errors, keySchema, valueSchema, digest } = await encodeMany(
      input,
      topic,
      context.signal,
    );
    const counts = new Map<number, number>();
    for (const { partition } of records) counts.set(partition, (counts.get(partition) ?? 0) + 1);
    return {
      records: records.length,
      bytes: records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      partitions: [...counts]
        .map(([partition, count]) => ({ partition, records: count }))
        .sort((a, b) => a.partition - b.partition),
      wrong: errors.length,
      errors: errors.slice(0, mostErrors),
      sample: records.slice(0, sampleRecords).map(({ line, partition, key, value, sizeBytes }) => ({
        line,
        partition,
        key: key?.subarray(0, sampleBytes).toString('hex') ?? null,
        value: value?.subarray(0, sampleBytes).toString('hex') ?? null,
        sizeBytes,
      })),
      keySchema: keySchema?.schema.id ?? null,
      valueSchema: valueSchema?.schema.id ?? null,
      digest,
    };
  },
});

/**
 * Writes a part of many records, as its plan saw it. Requests go out one after the other and it stops at the first that is not
 * acknowledged: the answer counts what is there, what may be there (F9) and what was not sent. When nothing at all was written it fails
 * as any command does.
 */
export const produceMany = defineCommand({
  name: 'message.produce-many',
  permission: 'message:produce',
  input: ProduceManyInput.extend({ digest: z.string().max(64) }),
  target,
  secrets: ['records'],
  changesCluster: true,
  noted: ({ acknowledged, stopped, places }: ProducedMany) => ({
    acknowledged,
    unknown: stopped?.unknown ?? 0,
    notWritten: (stopped?.refused ?? 0) + (stopped?.unsent ?? 0),
    partitions: [...new Set(places.map(({ partition }) => partition))].sort((a, b) => a - b),
  }),
  ended: ({ stopped }) =>
    stopped && { outcome: stopped.unknown > 0 ? 'unknown' : 'failed', errorCode: stopped.code },
  run: async (context, input): Promise<ProducedMany> => {
    const client = await kafkaOf(input.clusterId);
    const topic = await topicOf(client, input.topic, context.signal);
    const { records, errors, digest } = await encodeMany(input, topic, context.signal);
    const [wrong] = errors;
    if (wrong)
      throw new AppError(
        'input.invalid',
        {},
        { fields: { records: `Line ${wrong.line}: ${wrong.message}` } },
      );
    assertUnmoved(input.digest, digest, 'The topic or a schema');
    return write(client, input.topic, records, context.signal);
  },
});

async function write(
  client: KafkaClient,
  topic: string,
  records: EncodedRecord[],
  signal: AbortSignal,
): Promise<ProducedMany> {
  const places: ProducedMany['places'] = [];
  let acknowledged = 0;
  const requests = requestsOf(records);
  for (const [index, request] of requests.entries()) {
    const partition = request[0]?.partition ?? 0;
    try {
      const { offset } = await client.produceBatch({ topic, partition, records: request }, { signal });
      places.push({ partition, offset: offset < 0n ? null : String(offset), records: request.length });
      acknowledged += request.length;
    } catch (error) {
      const problem = toProblem(error);
      const isUnknown = problem.code === 'outcome.unknown';
      if (acknowledged === 0 && (!isUnknown || requests.length === 1)) throw error;
      const rest = requests.slice(index + 1).flat();
      return {
        acknowledged,
        places,
        stopped: {
          code: problem.code,
          what: problem.what,
          next: problem.next,
          unknown: isUnknown ? request.length : 0,
          refused: isUnknown ? 0 : request.length,
          unsent: rest.length,
          lines: [...request, ...rest]
            .map(({ line }) => line)
            .sort((a, b) => a - b)
            .slice(0, 100),
        },
      };
    }
  }
  return { acknowledged, places, stopped: null };
}

/** Records by partition, in their order, in requests that a broker takes. */
function requestsOf(records: EncodedRecord[]): EncodedRecord[][] {
  const requests: EncodedRecord[][] = [];
  const open = new Map<number, { records: EncodedRecord[]; bytes: number }>();
  for (const record of records) {
    let request = open.get(record.partition);
    if (
      !request ||
      request.records.length >= requestRecords ||
      request.bytes + record.sizeBytes > requestBytes
    ) {
      request = { records: [], bytes: 0 };
      open.set(record.partition, request);
      requests.push(request.records);
    }
    request.records.push(record);
    request.bytes += record.sizeBytes;
  }
  return requests;
}

async function topicOf(
  client: KafkaClient,
  topic: string,
  signal: AbortSignal,
): Promise<{ id: string; partitionCount: number }> {
  const metadata = await readTopic(client, topic, { signal });
  return { id: metadata.topicIds[0] ?? '', partitionCount: metadata.partition.length };
}
