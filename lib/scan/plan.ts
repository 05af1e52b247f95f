import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, LogSource, OffsetAnswer, OffsetAt, TopicShape } from '#lib/model/log-source.ts';
import type { Isolation } from '#lib/model/message.ts';
import type { Place, ReadRange } from '#lib/model/message-range.ts';
import { walkBatches } from './batch-header.ts';
import type { Direction } from './candidates.ts';
import { errorReason, isMoved } from './kafka-error.ts';
import { decodePageToken } from './page-token.ts';
import type { PartitionRange } from './partition-reader.ts';
import { smaller } from './read-ahead.ts';
import { brokerReason } from './unanswered.ts';

/** What to read: a range, or on from where another page of it ended. */
export type ReadRequest =
  | { token: string }
  | { range: ReadRange; partitions: number[] | null; isolation: Isolation };

export interface Plan {
  topic: TopicShape;
  range: ReadRange;
  direction: Direction;
  isolation: Isolation;
  /** As asked for; null is all. */
  selected: number[] | null;
  /** Bounds that each record is held against, epoch milliseconds, `[fromMs, toMs)`. */
  time: TimeBounds;
  /** In the order of the positions of a token. */
  parts: PlannedPart[];
}

export interface TimeBounds {
  fromMs?: bigint;
  toMs?: bigint;
}

/** `expired` counts the offsets between the place asked for and the log's present start. */
export type PlannedPart =
  | { partition: number; range: PartitionRange; expired: bigint }
  | { partition: number; leader: number; position: bigint | null; failure: string };

/**
 * Freezes `[start, end)` per partition: what is asked for within the log start, and the high watermark or the last stable
 * offset by isolation. A broker that does not answer costs its own partitions only.
 * @param filterHash of the conditions of this request; a token made for others is refused.
 * @throws AppError for a token that no longer fits, or a partition that does not exist.
 */
export async function planRead(
  source: LogSource,
  request: ReadRequest,
  options: CallOptions,
  filterHash = '',
): Promise<Plan> {
  const topic = await source.topic({ ...options, refresh: true });
  const asked =
    'token' in request
      ? decodePageToken(request.token, source.topicName, topic, filterHash)
      : { ...request, positions: [] as (bigint | null)[] };
  const leaders = new Map(topic.partitions.map(({ partition, leader }) => [partition, leader]));
  const partitions = asked.partitions ?? [...leaders.keys()];
  for (const partition of partitions) {
    if (!leaders.has(partition)) {
      throw new AppError('message.partition-unknown', { topic: source.topicName, partition });
    }
  }
  const lookup = new Lookup(source, leaders, asked.isolation, options);
  const { order, from, to } = asked.range;
  const timed = (place: Place | null) =>
    place?.kind === 'time' ? lookup.offsets(partitions, { timestampMs: place.timestampMs }) : undefined;
  const answers = await Promise.all([
    lookup.offsets(partitions, 'start'),
    lookup.offsets(partitions, 'end'),
    timed(from),
    timed(to),
  ]);
  const toTimes = answers[3];
  if (toTimes) await passMarkers(source, toTimes, leaders, asked.isolation, options);
  const [fromOf, toOf] = [boundOf(from), boundOf(to)];
  const parts = partitions.map((partition, i): PlannedPart => {
    const leader = leaders.get(partition) ?? -1;
    const position = asked.positions[i] ?? null;
    const own = answers.map((answer) => (answer ? (answer.get(partition) ?? LEFT_OUT) : undefined));
    const failure = own.map(failureOf).find((reason) => reason !== undefined);
    if (failure !== undefined) return { partition, leader, position, failure };
    const [start, end, fromTime, toTime] = own.map((answer) =>
      typeof answer === 'object' ? answer.offset : -1n,
    ) as [bigint, bigint, bigint, bigint];
    const log = { partition, leader, start, end };
    return place(log, order === 'newest', {
      from: fromOf(partition, fromTime, end),
      to: toOf(partition, toTime, end),
      position,
    });
  });
  return {
    topic,
    range: asked.range,
    direction: order === 'newest' ? 'backward' : 'forward',
    isolation: asked.isolation,
    selected: asked.partitions,
    time: {
      ...(from?.kind === 'time' ? { fromMs: BigInt(from.timestampMs) } : {}),
      ...(to?.kind === 'time' ? { toMs: BigInt(to.timestampMs) } : {}),
    },
    parts,
  };
}

const LEFT_OUT = 'the broker left it out of its answer';

const MARKER_BYTES = 64 * 1024;

/**
 * A lookup by time also finds the markers of transactions, and those carry the time of the broker: on a topic whose records tell of
 * earlier times, the end asked for would seem to come with the first of them. Where one was found, reading goes on to the end of the log.
 */
async function passMarkers(
  source: LogSource,
  times: Map<number, OffsetAnswer | string>,
  leaders: ReadonlyMap<number, number>,
  isolation: Isolation,
  options: CallOptions,
): Promise<void> {
  const found = [...times.values()].filter((answer) => typeof answer === 'object');
  const sure = found.filter(({ errorCode, offset }) => errorCode === 0 && offset >= 0n);
  const byLeader = Map.groupBy(sure, ({ partition }) => leaders.get(partition) ?? -1);
  await Promise.all(
    [...byLeader].map(async ([leader, group]) => {
      if (leader < 0) return;
      const asks = group.map(({ partition, offset }) => ({ partition, offset, maxBytes: MARKER_BYTES }));
      const maxBytes = MARKER_BYTES * asks.length;
      // A broker that does not answer has its say when it is read.
      const fetched = await source
        .fetch(leader, asks, { ...options, isolation, maxBytes })
        .catch(() => options.signal?.throwIfAborted());
      for (const { partition, records } of fetched ?? []) {
        const [first] = walkBatches(records, { checkCrc: false }).headers;
        if (first?.isControl) times.set(partition, { partition, offset: -1n, errorCode: 0 });
      }
    }),
  );
}

/** Clamps what is wanted into the log and counts what is gone below it. */
function place(
  log: { partition: number; leader: number; start: bigint; end: bigint },
  isBackward: boolean,
  wanted: { from: bigint | undefined; to: bigint | undefined; position: bigint | null },
): PlannedPart {
  const clamp = (offset: bigint) => within(offset, log.start, log.end);
  const end = clamp(wanted.to ?? log.end);
  const start = within(wanted.from ?? log.start, log.start, end);
  const position = within(wanted.position ?? (isBackward ? end : start), start, end);
  const lowest = isBackward ? wanted.from : (wanted.position ?? wanted.from);
  const highest = wanted.to ?? log.start;
  const expiredTo = smaller(highest, log.start);
  const expired = lowest !== undefined && lowest < expiredTo ? expiredTo - lowest : 0n;
  const range = { partition: log.partition, leader: log.leader, start, end, position };
  return { partition: log.partition, range, expired };
}

const within = (offset: bigint, least: bigint, most: bigint): bigint =>
  offset > most ? most : offset < least ? least : offset;

/** Where a bound lies in a partition; `time` is what was looked up for it, -1 when nothing is as late as that. */
function boundOf(place: Place | null): (partition: number, time: bigint, end: bigint) => bigint | undefined {
  switch (place?.kind) {
    case 'offset':
      return () => BigInt(place.offset);
    case 'time':
      return (_, time, end) => (time < 0n ? end : time);
    case 'positions': {
      const positions = new Map(place.positions);
      return (partition) => {
        const offset = positions.get(partition);
        return offset === undefined ? undefined : BigInt(offset);
      };
    }
    default:
      return () => undefined;
  }
}

function failureOf(answer: OffsetAnswer | string | undefined): string | undefined {
  if (answer === undefined) return undefined;
  if (typeof answer === 'string') return answer;
  return answer.errorCode === 0 ? undefined : errorReason(answer.errorCode);
}

/** Offset lookups by leader; once, the metadata is asked again for partitions whose leader moved. */
class Lookup {
  private readonly source: LogSource;
  private readonly leaders: Map<number, number>;
  private readonly isolation: Isolation;
  private readonly options: CallOptions;
  private refreshing: Promise<TopicShape> | undefined;

  constructor(source: LogSource, leaders: Map<number, number>, isolation: Isolation, options: CallOptions) {
    this.source = source;
    this.leaders = leaders;
    this.isolation = isolation;
    this.options = options;
  }

  /** An answer, or the reason why there is none, per partition. */
  async offsets(partitions: readonly number[], at: OffsetAt): Promise<Map<number, OffsetAnswer | string>> {
    const found = await this.once(partitions, at);
    const moved = partitions.filter((partition) => {
      const answer = found.get(partition);
      return typeof answer !== 'object' || isMoved(answer.errorCode);
    });
    if (moved.length === 0) return found;
    const before = new Map(moved.map((partition) => [partition, this.leaders.get(partition)]));
    await this.refresh();
    const again = moved.filter((partition) => {
      const answer = found.get(partition);
      return typeof answer === 'object' || this.leaders.get(partition) !== before.get(partition);
    });
    for (const [partition, answer] of await this.once(again, at)) found.set(partition, answer);
    return found;
  }

  private async refresh(): Promise<void> {
    this.refreshing ??= this.source.topic({ ...this.options, refresh: true });
    const shape = await this.refreshing.catch((error) => {
      if (error instanceof AppError && error.code.startsWith('topic.')) throw error;
      return undefined;
    });
    for (const { partition, leader } of shape?.partitions ?? []) this.leaders.set(partition, leader);
  }

  private async once(
    partitions: readonly number[],
    at: OffsetAt,
  ): Promise<Map<number, OffsetAnswer | string>> {
    const found = new Map<number, OffsetAnswer | string>();
    const byLeader = Map.groupBy(partitions, (partition) => this.leaders.get(partition) ?? -1);
    await Promise.all(
      [...byLeader].map(async ([leader, group]) => {
        if (leader < 0) {
          for (const partition of group) found.set(partition, errorReason(5));
          return;
        }
        try {
          const answers = await this.source.listOffsets(leader, group, at, this.isolation, this.options);
          for (const answer of answers) found.set(answer.partition, answer);
        } catch (error) {
          this.options.signal?.throwIfAborted();
          for (const partition of group) found.set(partition, brokerReason(leader, error));
        }
      }),
    );
    return found;
  }
}
