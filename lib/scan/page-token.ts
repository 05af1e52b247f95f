import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import type { TopicShape } from '#lib/model/log-source.ts';
import { Isolation } from '#lib/model/message.ts';
import { ReadRange } from '#lib/model/message-range.ts';

/**
 * Everything a page needs to be continued, so that the server keeps nothing and the address can be shared. Positions are in
 * the order of the partitions read: forwards the next offset, backwards the offset below which nothing was shown yet,
 * null where the partition has not answered so far and is to be planned anew.
 */
export interface PageState {
  topicId: string;
  partitionCount: number;
  range: ReadRange;
  isolation: Isolation;
  /** Null is all of the topic. */
  partitions: number[] | null;
  positions: (bigint | null)[];
  /** Of the conditions it was made for; the empty string where there are none. */
  filterHash: string;
}

const Payload = z.strictObject({
  v: z.literal(2),
  t: z.string().max(64),
  n: z.number().int().min(1).max(1_000_000),
  r: ReadRange,
  i: Isolation,
  p: z.array(z.number().int().min(0)).max(10_000).nullable(),
  o: z
    .string()
    .max(200_000)
    .regex(/^([0-9a-z]{0,13})(\.[0-9a-z]{0,13})*$/),
  f: z.string().max(64).optional(),
});

export function encodePageToken(state: PageState): string {
  const payload: z.infer<typeof Payload> = {
    v: 2,
    t: state.topicId,
    n: state.partitionCount,
    r: state.range,
    i: state.isolation,
    p: state.partitions,
    o: state.positions.map((position) => position?.toString(36) ?? '').join('.'),
    ...(state.filterHash ? { f: state.filterHash } : {}),
  };
  return Buffer.from(JSON.stringify(payload)).toString('base64url');
}

/**
 * @throws AppError `message.token` for a text that is no token, `topic.recreated` and `message.partitions-changed`
 * when the topic is no longer the one the token was made for, `message.filter-changed` for other conditions.
 */
export function decodePageToken(
  token: string,
  topicName: string,
  topic: TopicShape,
  filterHash = '',
): PageState {
  const payload = parse(token);
  const selected = payload?.p?.length ?? payload?.n;
  const positions = payload?.o.split('.').map((text) => (text === '' ? null : fromBase36(text))) ?? [];
  if (!payload || positions.length !== selected) throw new AppError('message.token');
  if (payload.t !== topic.topicId) throw new AppError('topic.recreated', { topic: topicName });
  if (payload.n !== topic.partitions.length) {
    throw new AppError('message.partitions-changed', {
      topic: topicName,
      before: payload.n,
      now: topic.partitions.length,
    });
  }
  if ((payload.f ?? '') !== filterHash) throw new AppError('message.filter-changed');
  return {
    topicId: payload.t,
    partitionCount: payload.n,
    range: payload.r,
    isolation: payload.i,
    partitions: payload.p,
    positions,
    filterHash,
  };
}

function parse(token: string): z.infer<typeof Payload> | undefined {
  try {
    return Payload.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

const MAX_OFFSET = (1n << 63n) - 1n;

function fromBase36(text: string): bigint {
  let value = 0n;
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value > MAX_OFFSET ? MAX_OFFSET : value;
}
