import { kafkaOf } from '#lib/collector/connections.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { fetchGroupOffsets } from '#lib/gateways/kafka/fetch-group-offsets.ts';
import { type Place, parsePlace, type ReadRange } from '#lib/model/message-range.ts';
import type { ReadMessagesInput } from '#lib/model/message-request.ts';
import { formatPartitions } from '#lib/model/partition-set.ts';
import type { Context } from '#lib/operations/context.ts';

type Bounded = Pick<ReadMessagesInput, 'clusterId' | 'topic' | 'order' | 'from' | 'to' | 'partitions'>;

/**
 * The range an address asks for, with `-15m` made a time and a group made the offsets it has committed now.
 * @throws AppError `input.invalid` with the field, for a group that has committed nothing of the topic; what Kafka says of the group.
 */
export async function rangeOf(context: Pick<Context, 'signal'>, input: Bounded): Promise<ReadRange> {
  const [from, to] = await Promise.all(
    (['from', 'to'] as const).map((bound) => placeOf(context, input, bound)),
  );
  return { order: input.order, from: from ?? null, to: to ?? null };
}

async function placeOf(
  context: Pick<Context, 'signal'>,
  input: Bounded,
  bound: 'from' | 'to',
): Promise<Place | null> {
  const place = parsePlace(input[bound] ?? '');
  switch (place?.kind) {
    case 'ago':
      return { kind: 'time', timestampMs: Math.max(0, Date.now() - place.ms) };
    case 'group':
      return { kind: 'positions', positions: await committedOf(context, input, place.groupId, bound) };
    default:
      return place ?? null;
  }
}

async function committedOf(
  context: Pick<Context, 'signal'>,
  { clusterId, topic }: Bounded,
  groupId: string,
  bound: 'from' | 'to',
): Promise<[number, string][]> {
  const client = await kafkaOf(clusterId);
  const offsets = await fetchGroupOffsets(client, groupId, { signal: context.signal });
  const committed = offsets.filter((one) => one.topic === topic && one.errorCode === 0 && one.offset >= 0n);
  if (committed.length === 0) {
    const fields = { [bound]: `Group ${groupId} has committed no offset of ${topic}.` };
    throw new AppError('input.invalid', {}, { fields });
  }
  return committed.map(({ partition, offset }) => [partition, String(offset)]);
}

/** What of a range the audit keeps. */
export function auditedRange(input: Bounded & { page?: string | undefined }): Record<string, unknown> {
  if (input.page) return { page: 'a following one' };
  return {
    order: input.order,
    ...(input.from ? { from: input.from } : {}),
    ...(input.to ? { to: input.to } : {}),
    partitions: input.partitions ? formatPartitions(input.partitions) : 'all',
  };
}
