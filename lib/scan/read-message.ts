import { AppError } from '#lib/errors/app-error.ts';
import type { FetchAnswer, LogSource } from '#lib/model/log-source.ts';
import type { Isolation, MessageDetail } from '#lib/model/message.ts';
import { type Decoding, DecodingRunner, plainDecoding } from './decoding.ts';
import { errorReason, isMoved, OFFSET_OUT_OF_RANGE } from './kafka-error.ts';
import type { ScanPool } from './pool.ts';
import { MAX_INFLATED_BYTES } from './record-batch.ts';
import type { FieldName } from './tasks.ts';
import { brokerReason } from './unanswered.ts';

/** Coordinates of one record. `topicId` as in the link, when it names one: another topic of that name is not it. */
export interface MessagePlace {
  partition: number;
  offset: bigint;
  topicId?: string | undefined;
}

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  callTimeoutMs?: number | undefined;
  /** How the reader decodes; without it bytes are read by what they are alone. */
  decoding?: Decoding | undefined;
}

const FETCH_BYTES = 64 * 1024;
const CALL_TIMEOUT_MS = 4_000;
const TRIES = 3;

/**
 * One record with all that is known of it, whatever became of its transaction.
 * @throws AppError `message.expired`, `message.not-yet`, `message.absent`, `message.unreadable`, `message.unavailable`,
 * `message.partition-unknown` or `topic.recreated`.
 */
export async function readMessage(
  source: LogSource,
  pool: ScanPool,
  place: MessagePlace,
  options: ReadOptions = {},
): Promise<MessageDetail> {
  const { answer, open } = await fetchAt(source, place, options);
  const runner = new DecodingRunner(options.decoding ?? plainDecoding(source.topicName));
  const value = await runner.run(
    pool,
    answer.records,
    {
      kind: 'detail',
      plan: runner.plan,
      columns: [],
      partition: place.partition,
      offset: place.offset,
      aborted: answer.aborted,
      lastStableOffset: open ? place.offset : -1n,
      maxInflatedBytes: MAX_INFLATED_BYTES,
    },
    (last) => ({ ...last, isFinal: true }),
    { signal: options.signal },
  );
  if (value.kind === 'found') return value.detail;
  if (value.kind === 'unreadable')
    throw new AppError('message.unreadable', facts(place, { reason: value.reason }));
  throw new AppError('message.absent', facts(place));
}

/**
 * The whole of one field as stored, for a download; null when the record has that field as null.
 * @throws AppError as `readMessage` does; `message.absent` also for a header that does not exist.
 */
export async function readMessageField(
  source: LogSource,
  pool: ScanPool,
  place: MessagePlace,
  field: FieldName,
  options: ReadOptions = {},
): Promise<Uint8Array | null> {
  const { answer } = await fetchAt(source, place, options);
  const { value } = await pool.run(
    answer.records,
    { kind: 'field', offset: place.offset, field, maxInflatedBytes: MAX_INFLATED_BYTES },
    { signal: options.signal },
  );
  if (value === undefined) throw new AppError('message.absent', facts(place));
  return value;
}

/** Fetches the batch at the place. `open`: its transaction has not ended, so that only read_uncommitted shows it. */
export async function fetchAt(
  source: LogSource,
  place: MessagePlace,
  options: ReadOptions,
): Promise<{ answer: FetchAnswer; open: boolean }> {
  const committed = await fetchOnce(source, place, 'read_committed', options);
  if (committed.records.length > 0) return { answer: committed, open: false };
  const answer = await fetchOnce(source, place, 'read_uncommitted', options);
  if (answer.records.length > 0) return { answer, open: true };
  if (place.offset >= answer.highWatermark) {
    throw new AppError('message.not-yet', facts(place, { end: String(answer.highWatermark) }));
  }
  throw new AppError('message.absent', facts(place));
}

async function fetchOnce(
  source: LogSource,
  place: MessagePlace,
  isolation: Isolation,
  options: ReadOptions,
): Promise<FetchAnswer> {
  const call = { signal: options.signal, timeoutMs: options.callTimeoutMs ?? CALL_TIMEOUT_MS };
  let reason = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const leader = await leaderOf(source, place, { ...call, refresh: attempt > 0 });
    if (leader < 0) {
      reason = errorReason(5);
      continue;
    }
    try {
      const ask = { partition: place.partition, offset: place.offset, maxBytes: FETCH_BYTES };
      const [answer] = await source.fetch(leader, [ask], { ...call, maxBytes: FETCH_BYTES, isolation });
      if (answer?.errorCode === 0) return answer;
      if (answer?.errorCode === OFFSET_OUT_OF_RANGE) throw await outOfRange(source, leader, place, call);
      reason = errorReason(answer?.errorCode ?? -1);
      if (answer && !isMoved(answer.errorCode)) break;
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('message.')) throw error;
      options.signal?.throwIfAborted();
      reason = brokerReason(leader, error);
    }
  }
  throw new AppError('message.unavailable', { topic: source.topicName, partition: place.partition, reason });
}

async function leaderOf(
  source: LogSource,
  place: MessagePlace,
  options: { signal?: AbortSignal | undefined; timeoutMs: number; refresh: boolean },
): Promise<number> {
  const topic = await source.topic(options);
  if (place.topicId !== undefined && place.topicId !== topic.topicId) {
    throw new AppError('topic.recreated', { topic: source.topicName });
  }
  const found = topic.partitions.find(({ partition }) => partition === place.partition);
  if (!found) {
    throw new AppError('message.partition-unknown', { topic: source.topicName, partition: place.partition });
  }
  return found.leader;
}

async function outOfRange(
  source: LogSource,
  leader: number,
  place: MessagePlace,
  call: { signal?: AbortSignal | undefined; timeoutMs: number },
): Promise<AppError> {
  const [start] = await source.listOffsets(leader, [place.partition], 'start', 'read_uncommitted', call);
  if (start && place.offset < start.offset) {
    return new AppError('message.expired', facts(place, { start: String(start.offset) }));
  }
  const [end] = await source.listOffsets(leader, [place.partition], 'end', 'read_uncommitted', call);
  return new AppError('message.not-yet', facts(place, { end: String(end?.offset ?? 0n) }));
}

function facts(place: MessagePlace, more: Record<string, string> = {}): Record<string, string | number> {
  return { partition: place.partition, offset: String(place.offset), ...more };
}
