import { AppError } from '#lib/errors/app-error.ts';
import type { CallOptions, LogSource, OffsetAnswer, OffsetAt, TopicShape } from '#lib/model/log-source.ts';
import type { Isolation, Seek } from '#lib/model/message.ts';
import type { Direction } from './candidates.ts';
import { errorReason, isMoved } from './kafka-error.ts';
import { decodePageToken } from './page-token.ts';
import type { PartitionRange } from './partition-reader.ts';
import { brokerReason } from './unanswered.ts';

/** What to read: from a place, or on from where another page ended. */
export type BrowseRequest = { pageSize: number } & (
  | { token: string }
  | { seek: Seek; partitions: number[] | null; isolation: Isolation }
);

export interface Plan {
  topic: TopicShape;
  seek: Seek;
  direction: Direction;
  isolation: Isolation;
  /** As asked for; null is all. */
  selected: number[] | null;
  /** In the order of the positions of a token. */
  parts: PlannedPart[];
}

/** `expired` counts the offsets between the place asked for and the log's present start. */
export type PlannedPart =
  | { partition: number; range: PartitionRange; expired: bigint }
  | { partition: number; leader: number; position: bigint | null; failure: string };

/**
 * Freezes `[start, end)` per partition: the log start, and the high watermark or the last stable offset by isolation. A
 * broker that does not answer costs its own partitions only.
 * @throws AppError for a token that no longer fits the topic, or a partition that does not exist.
 */
export async function planRead(
  source: LogSource,
  request: BrowseRequest,
  options: CallOptions,
): Promise<Plan> {
  const topic = await source.topic({ ...options, refresh: true });
  const asked =
    'token' in request
      ? decodePageToken(request.token, source.topicName, topic)
      : { ...request, positions: [] as (bigint | null)[] };
  const leaders = new Map(topic.partitions.map(({ partition, leader }) => [partition, leader]));
  const partitions = asked.partitions ?? [...leaders.keys()];
  for (const partition of partitions) {
    if (!leaders.has(partition)) {
      throw new AppError('message.partition-unknown', { topic: source.topicName, partition });
    }
  }
  const lookup = new Lookup(source, leaders, asked.isolation, options);
  const needsTime = asked.seek.kind === 'time' && partitions.some((_, i) => asked.positions[i] == null);
  const [starts, ends, times] = await Promise.all([
    lookup.offsets(partitions, 'start'),
    lookup.offsets(partitions, 'end'),
    needsTime && asked.seek.kind === 'time'
      ? lookup.offsets(partitions, { timestampMs: asked.seek.timestampMs })
      : undefined,
  ]);
  const direction = asked.seek.kind === 'newest' ? 'backward' : 'forward';
  const parts = partitions.map((partition, i): PlannedPart => {
    const leader = leaders.get(partition) ?? -1;
    const position = asked.positions[i] ?? null;
    const answers = [starts.get(partition), ends.get(partition), ...(times ? [times.get(partition)] : [])];
    const failure = answers.map(failureOf).find((reason) => reason !== undefined);
    if (failure !== undefined) return { partition, leader, position, failure };
    const [start, end, time] = answers.map((answer) => (typeof answer === 'object' ? answer.offset : -1n));
    return place(
      partition,
      leader,
      start ?? 0n,
      end ?? 0n,
      position ?? wantedPosition(asked.seek, end ?? 0n, time),
    );
  });
  return {
    topic,
    seek: asked.seek,
    direction,
    isolation: asked.isolation,
    selected: asked.partitions,
    parts,
  };
}

/** Clamps the wanted position into the log and counts what is gone below it. */
function place(
  partition: number,
  leader: number,
  start: bigint,
  end: bigint,
  wanted: bigint | 'start',
): PlannedPart {
  const range = { partition, leader, start, end, position: start };
  if (wanted === 'start') return { partition, range, expired: 0n };
  if (wanted > end) return { partition, range: { ...range, position: end }, expired: 0n };
  if (wanted < start) return { partition, range, expired: start - wanted };
  return { partition, range: { ...range, position: wanted }, expired: 0n };
}

function wantedPosition(seek: Seek, end: bigint, time: bigint | undefined): bigint | 'start' {
  switch (seek.kind) {
    case 'newest':
      return end;
    case 'start':
      return 'start';
    case 'offset':
      return BigInt(seek.offset);
    case 'time':
      // -1: nothing is as late as that, so reading begins at the end.
      return time === undefined || time < 0n ? end : time;
  }
}

function failureOf(answer: OffsetAnswer | string | undefined): string | undefined {
  if (answer === undefined) return 'the broker left it out of its answer';
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
