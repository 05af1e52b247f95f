import { setTimeout } from 'node:timers/promises';
import type { FetchAnswer, LogSource } from '#lib/model/log-source.ts';
import type { Chunk } from './candidates.ts';
import { extentsOf } from './extents.ts';
import { errorReason, isMoved, OFFSET_OUT_OF_RANGE } from './kafka-error.ts';
import type { Plan } from './plan.ts';
import type { Picked } from './render-rows.ts';
import type { Sifter } from './sifter.ts';
import type { Mailbox } from './tail.ts';
import { brokerReason } from './unanswered.ts';

/** One partition that is followed. */
export interface TailPartition {
  partition: number;
  leader: number;
  /** The next offset; null while it could not be looked up. */
  position: bigint | null;
  /** Why it does not answer now; the end of a sentence. */
  trouble: string | undefined;
}

const FETCH_BYTES = 1024 * 1024;
const RESPONSE_BYTES = 8 * 1024 * 1024;
const HUGE_BYTES = 128 * 1024 * 1024;
/** Farther behind than so many offsets of a partition it is not caught up with: the live end is what a tail is for. */
const MOST_BEHIND = 100_000n;
const PAUSE_MS = 250;
const IDLE_MS = 20;
const NO_END = (1n << 63n) - 1n;

/** Asks leaders for what is new, one request after the other for each, and has it sifted. */
export class TailBroker {
  bytes = 0;
  private readonly source: LogSource;
  private readonly plan: Plan;
  private readonly sifter: Sifter;
  private readonly partitions: readonly TailPartition[];
  private readonly mailbox: Mailbox;
  private readonly options: { signal: AbortSignal; timeoutMs: number; waitMs: number };
  private readonly fetchBytes = new Map<number, number>();

  constructor(
    source: LogSource,
    plan: Plan,
    sifter: Sifter,
    partitions: readonly TailPartition[],
    mailbox: Mailbox,
    options: { signal: AbortSignal; timeoutMs: number; waitMs: number },
  ) {
    this.source = source;
    this.plan = plan;
    this.sifter = sifter;
    this.partitions = partitions;
    this.mailbox = mailbox;
    this.options = options;
  }

  /** Follows the partitions of one leader for as long as it has any. */
  async follow(leader: number): Promise<void> {
    const { signal } = this.options;
    while (!signal.aborted) {
      const own = this.partitions.filter((one) => one.leader === leader);
      if (own.length === 0) return;
      const askedAt = performance.now();
      const bytes = this.bytes;
      const isFine = await this.once(leader, own);
      // A broker that answers at once although there is nothing is not asked without a pause.
      const isIdle = this.bytes === bytes && performance.now() - askedAt < IDLE_MS;
      const pauseMs = isFine ? (isIdle ? IDLE_MS : 0) : PAUSE_MS;
      if (pauseMs > 0) await setTimeout(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async once(leader: number, own: readonly TailPartition[]): Promise<boolean> {
    const { signal, waitMs } = this.options;
    const timeoutMs = this.options.timeoutMs + waitMs;
    const { isolation } = this.plan;
    let answers: FetchAnswer[];
    const unknown = own.filter(({ position }) => position === null);
    try {
      if (unknown.length > 0) await this.lookUp(leader, unknown, 'end');
      const known = own.filter(({ position }) => position !== null);
      if (known.length === 0) return false;
      const asks = known.map(({ partition, position }) => ({
        partition,
        offset: position as bigint,
        maxBytes: this.fetchBytes.get(partition) ?? FETCH_BYTES,
      }));
      const maxBytes = Math.max(RESPONSE_BYTES, ...asks.map((ask) => ask.maxBytes));
      answers = await this.source.fetch(leader, asks, { signal, timeoutMs, maxBytes, isolation, waitMs });
    } catch (error) {
      if (signal.aborted) return true;
      for (const one of own) one.trouble = brokerReason(leader, error);
      return false;
    }
    const byPartition = new Map(answers.map((answer) => [answer.partition, answer]));
    const found = await Promise.all(
      own.map((one) => {
        const answer = byPartition.get(one.partition);
        return answer ? this.take(one, answer) : undefined;
      }),
    );
    const picked = found.flatMap((one) => one ?? []);
    this.mailbox.put(picked.sort((a, b) => a.key - b.key));
    return found.every((one) => one !== undefined);
  }

  /** What an answer brought that counts; undefined when the partition is in trouble. */
  private async take(
    one: TailPartition,
    answer: FetchAnswer,
  ): Promise<(Picked & { key: number })[] | undefined> {
    if (answer.errorCode === OFFSET_OUT_OF_RANGE) {
      // Retention overtook it, or the log was cut back: go on at what is there.
      const before = one.position;
      await this.lookUp(one.leader, [one], 'start').catch(() => undefined);
      if (before !== null && one.position !== null && one.position > before) {
        this.mailbox.dropped += Number(one.position - before);
      } else if (before !== null && one.position !== null) one.position = null;
      return undefined;
    }
    if (answer.errorCode !== 0) {
      one.trouble = errorReason(answer.errorCode);
      if (!isMoved(answer.errorCode)) one.position = one.position ?? null;
      return undefined;
    }
    one.trouble = undefined;
    const { records, partition } = { records: answer.records, partition: one.partition };
    const from = one.position;
    if (from === null || records.length === 0) return [];
    this.bytes += records.length;
    const { pieces, problem } = extentsOf(records, Number.POSITIVE_INFINITY);
    const next = pieces.at(-1)?.next;
    if (next === undefined || next <= from) {
      const size = Math.max(this.fetchBytes.get(partition) ?? FETCH_BYTES, records.length) * 4;
      if (problem !== undefined || next !== undefined || size > HUGE_BYTES) {
        one.trouble = `what it holds at offset ${from} cannot be read`;
      }
      this.fetchBytes.set(partition, Math.min(size, HUGE_BYTES));
      return problem === undefined && next === undefined ? [] : undefined;
    }
    this.fetchBytes.delete(partition);
    const answered = await this.sifter.sift(partition, { bytes: records, from, to: NO_END }, answer.aborted);
    one.position = this.skipped(next, answer);
    if (!answered.kept) return [];
    const { kept: bytes, offsets, keys } = answered;
    const chunk: Chunk = { partition, bytes, offsets, keys };
    return Array.from(offsets, (offset, i) => ({ chunk, offset, key: keys[i] as number }));
  }

  /** Where to go on: at the end of the log, when it is too far away to be caught up with. */
  private skipped(next: bigint, answer: FetchAnswer): bigint {
    const end = this.plan.isolation === 'read_committed' ? answer.lastStableOffset : answer.highWatermark;
    if (end - next <= MOST_BEHIND) return next;
    this.mailbox.dropped += Number(end - next);
    return end;
  }

  private async lookUp(leader: number, wanted: readonly TailPartition[], at: 'start' | 'end'): Promise<void> {
    const { signal, timeoutMs } = this.options;
    const ids = wanted.map(({ partition }) => partition);
    const answers = await this.source.listOffsets(leader, ids, at, this.plan.isolation, {
      signal,
      timeoutMs,
    });
    for (const one of wanted) {
      const answer = answers.find(({ partition }) => partition === one.partition);
      if (answer?.errorCode === 0) one.position = answer.offset;
      else one.trouble = errorReason(answer?.errorCode ?? -1);
    }
  }
}
