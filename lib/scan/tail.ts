import { setTimeout } from 'node:timers/promises';
import { AppError } from '#lib/errors/app-error.ts';
import type { LogSource } from '#lib/model/log-source.ts';
import type { MessageFilter } from '#lib/model/message-filter.ts';
import { maxTailRows } from '#lib/model/message-limits.ts';
import type { TailEvent, TailProgress } from '#lib/model/message-search.ts';
import { type Decoding, DecodingRunner, plainDecoding } from './decoding.ts';
import { planRead, type ReadRequest } from './plan.ts';
import type { ScanPool } from './pool.ts';
import { describeFilter } from './prepare-filter.ts';
import { type Picked, renderRows } from './render-rows.ts';
import { filterFact, filterHash } from './search-fact.ts';
import { FilterStopped, Sifter } from './sifter.ts';
import { TailBroker, type TailPartition } from './tail-broker.ts';

export type TailRequest = Extract<ReadRequest, { range: unknown }> & {
  filter: MessageFilter;
  columns?: readonly string[];
};

export interface TailOptions {
  signal: AbortSignal;
  decoding?: Decoding | undefined;
  /** Most rows of one batch; what came above that is counted as dropped. */
  maxRows?: number | undefined;
  /** How long a broker may hold a request while nothing new is there, and for how long at least one batch follows another. */
  waitMs?: number | undefined;
  everyMs?: number | undefined;
  callTimeoutMs?: number | undefined;
  onFilterStopped?: ((stopped: FilterStopped) => void) | undefined;
  now?: (() => number) | undefined;
}

const WAIT_MS = 500;
const EVERY_MS = 100;
const PROGRESS_MS = 500;
const CALL_TIMEOUT_MS = 4_000;
const CLOCK_SKEW_MS = 3_600_000;
/** How often the leaders are looked up while one does not answer. */
const REFRESH_MS = 500;

/**
 * Follows a topic from the end of its log, or from the beginning of the range: what comes and fits the filter, in order of arrival, until
 * the signal is aborted. It never falls behind silently: what comes faster than it can be told is counted as dropped. A broker that does
 * not answer is named and asked again; its partitions go on where they were.
 * @throws AppError when the request does not fit the topic, the topic was recreated or deleted, or the filter had to be stopped
 */
export async function* tail(
  source: LogSource,
  pool: ScanPool,
  request: TailRequest,
  options: TailOptions,
): AsyncGenerator<TailEvent> {
  const began = performance.now();
  const now = (options.now ?? Date.now)();
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal]);
  const timeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const fact = filterHash(request.filter) === '' ? null : filterFact(request.filter);
  const runner = new DecodingRunner(options.decoding ?? plainDecoding(source.topicName), fact ? [fact] : []);
  const mailbox = new Mailbox(options.maxRows ?? maxTailRows);
  try {
    const order = request.range.from === null ? ('newest' as const) : ('oldest' as const);
    const read = { ...request, range: { ...request.range, order } };
    const [plan, prepared] = await Promise.all([
      planRead(source, read, { signal, timeoutMs }),
      describeFilter(pool, runner, fact, signal),
    ]);
    yield {
      type: 'plan',
      plan: { topicId: plan.topic.topicId, asOf: new Date(now).toISOString(), ...prepared },
    };
    const sifter = new Sifter(pool, runner, plan, {
      filter: fact?.id ?? null,
      latestMs: now + CLOCK_SKEW_MS,
      histogram: undefined,
      signal,
    });
    const partitions = plan.parts.map((part): TailPartition => {
      if ('range' in part) {
        const { partition, leader, position } = part.range;
        return { partition, leader, position, trouble: undefined };
      }
      return { partition: part.partition, leader: part.leader, position: null, trouble: part.failure };
    });
    const broker = new TailBroker(source, plan, sifter, partitions, mailbox, {
      ...{ signal, timeoutMs },
      waitMs: options.waitMs ?? WAIT_MS,
    });
    const follow = followAll(source, plan.topic.topicId, partitions, broker, { signal, timeoutMs }).catch(
      (error) => mailbox.fail(error),
    );
    const renderer = { pool, runner, columns: request.columns ?? [], owner: {} };
    const everyMs = options.everyMs ?? EVERY_MS;
    let sentAt = Number.NEGATIVE_INFINITY;
    let saidAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const at = performance.now();
      if (mailbox.error) throw mailbox.error.reason;
      if (mailbox.hasSome && at - sentAt >= everyMs) {
        sentAt = at;
        yield { type: 'rows', rows: await renderRows(renderer, mailbox.take()) };
      }
      if (at - saidAt >= PROGRESS_MS) {
        saidAt = at;
        yield { type: 'progress', progress: progressOf(sifter, broker, mailbox, partitions, began) };
      }
      const untilRows = mailbox.hasSome ? Math.max(0, sentAt + everyMs - performance.now()) : PROGRESS_MS;
      const untilSaid = Math.max(0, saidAt + PROGRESS_MS - performance.now());
      await mailbox.changed(Math.ceil(Math.min(untilRows, untilSaid)), mailbox.hasSome, signal);
    }
    await follow;
  } catch (error) {
    if (error instanceof FilterStopped) {
      options.onFilterStopped?.(error);
      const { partition, offset } = error;
      throw new AppError('filter.stopped', { partition, offset: String(offset) }, { cause: error });
    }
    if (!signal.aborted) throw error;
  } finally {
    stop.abort();
  }
}

/** Asks every leader without end, and looks up the leaders again while some partition has trouble. */
async function followAll(
  source: LogSource,
  topicId: string,
  partitions: readonly TailPartition[],
  broker: TailBroker,
  call: { signal: AbortSignal; timeoutMs: number },
): Promise<void> {
  const running = new Map<number, Promise<void>>();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  while (!call.signal.aborted) {
    for (const leader of new Set(partitions.map((one) => one.leader))) {
      if (leader < 0 || running.has(leader)) continue;
      const loop = broker.follow(leader).then(() => void running.delete(leader), failure.reject);
      running.set(leader, loop);
    }
    await Promise.race([
      setTimeout(REFRESH_MS, undefined, { signal: call.signal }).catch(() => undefined),
      failure.promise,
    ]);
    if (!partitions.some(({ trouble }) => trouble !== undefined) || call.signal.aborted) continue;
    const shape = await source.topic({ ...call, refresh: true }).catch((error) => {
      if (error instanceof AppError && error.code.startsWith('topic.')) throw error;
      return undefined;
    });
    if (shape && shape.topicId !== topicId)
      throw new AppError('topic.recreated', { topic: source.topicName });
    for (const { partition, leader } of shape?.partitions ?? []) {
      const own = partitions.find((one) => one.partition === partition);
      if (own?.trouble !== undefined) own.leader = leader;
    }
  }
}

function progressOf(
  sifter: Sifter,
  broker: TailBroker,
  mailbox: Mailbox,
  partitions: readonly TailPartition[],
  began: number,
): TailProgress {
  const { records, matched, failed, undecoded } = sifter.totals;
  const troubled = partitions.filter(({ trouble }) => trouble !== undefined);
  return {
    ...{ records, matched, failed, undecoded },
    dropped: mailbox.dropped,
    bytes: broker.bytes,
    elapsedMs: Math.round(performance.now() - began),
    missing: [...Map.groupBy(troubled, ({ trouble }) => trouble ?? '')].map(([reason, group]) => {
      const listed = group.map(({ partition }) => partition).join(', ');
      const part = `partition${group.length > 1 ? 's' : ''} ${listed}`;
      const sentence = `P${part.slice(1)} ${group.length > 1 ? 'are' : 'is'} not followed: ${reason}. It is tried again.`;
      return { part, sentence, since: null };
    }),
  };
}

/** What was found and not yet told: the newest of it, up to a number. */
export class Mailbox {
  /** Records that were found and left out, or passed over unread because they came too fast. */
  dropped = 0;
  error: { reason: unknown } | undefined;
  private readonly most: number;
  private waiting: Picked[] = [];
  private wake: (() => void) | undefined;

  constructor(most: number) {
    this.most = most;
  }

  get hasSome(): boolean {
    return this.waiting.length > 0;
  }

  put(picked: readonly Picked[]): void {
    if (picked.length === 0) return;
    this.waiting.push(...picked);
    const over = this.waiting.length - this.most;
    if (over > 0) {
      this.waiting.splice(0, over);
      this.dropped += over;
    }
    this.wake?.();
  }

  take(): Picked[] {
    const taken = this.waiting;
    this.waiting = [];
    return taken;
  }

  fail(reason: unknown): void {
    this.error ??= { reason };
    this.wake?.();
  }

  /** Resolves after `ms`, or earlier when something comes, unless only time is waited for. */
  async changed(ms: number, isOnlyTime: boolean, signal: AbortSignal): Promise<void> {
    const timer = new AbortController();
    const either = AbortSignal.any([timer.signal, signal]);
    const slept = setTimeout(ms, undefined, { signal: either }).catch(() => undefined);
    const woken = new Promise<void>((resolve) => {
      if (!isOnlyTime) this.wake = resolve;
    });
    await Promise.race([slept, woken]);
    this.wake = undefined;
    timer.abort();
  }
}
