import type { AbortedTransaction } from '#lib/model/log-source.ts';
import { walkBatches } from './batch-header.ts';
import type { DecodingRunner } from './decoding.ts';
import type { SiftAnswer } from './findings.ts';
import type { Histogram } from './histogram.ts';
import type { Piece } from './partition-reader.ts';
import type { Plan } from './plan.ts';
import { type ScanPool, ScanWorkerError } from './pool.ts';
import { MAX_INFLATED_BYTES } from './record-batch.ts';
import type { Task } from './tasks.ts';

export interface SiftTotals {
  records: number;
  matched: number;
  failed: number;
  undecoded: number;
  decoded: number;
  abortedRecords: number;
  wrongCrcBatches: number;
}

/** A filter that takes so long per record on average, once it ran for so long, is stopped. Milliseconds. */
const SLOW_MS = 5;
const SLOW_AFTER_MS = 1_000;

/** The filter took too long on a record, or all of the memory: it is not run any further. */
export class FilterStopped extends Error {
  override name = 'FilterStopped';
  readonly partition: number;
  readonly offset: bigint;
  readonly reason: ScanWorkerError['reason'] | 'slow';

  constructor(reason: FilterStopped['reason'], place: { partition: number; offset: bigint }) {
    super('the filter was stopped');
    this.reason = reason;
    this.partition = place.partition;
    this.offset = place.offset;
  }
}

/** Has pieces of responses sifted by the workers and keeps the count. */
export class Sifter {
  readonly totals: SiftTotals = {
    records: 0,
    matched: 0,
    failed: 0,
    undecoded: 0,
    decoded: 0,
    abortedRecords: 0,
    wrongCrcBatches: 0,
  };
  private readonly pool: ScanPool;
  private readonly runner: DecodingRunner;
  private readonly plan: Plan;
  private readonly filter: string | null;
  private readonly latestMs: number;
  private readonly histogram: Histogram | undefined;
  private readonly signal: AbortSignal;
  private readonly owner = {};
  private filterMs = 0;
  private evaluated = 0;

  constructor(
    pool: ScanPool,
    runner: DecodingRunner,
    plan: Plan,
    options: {
      filter: string | null;
      latestMs: number;
      histogram: Histogram | undefined;
      signal: AbortSignal;
    },
  ) {
    this.pool = pool;
    this.runner = runner;
    this.plan = plan;
    this.filter = options.filter;
    this.latestMs = options.latestMs;
    this.histogram = options.histogram;
    this.signal = options.signal;
  }

  /** @throws FilterStopped */
  async sift(
    partition: number,
    piece: Pick<Piece, 'bytes' | 'from' | 'to'>,
    aborted: readonly AbortedTransaction[],
  ): Promise<SiftAnswer> {
    const answer = await this.siftOrSplit(partition, piece, aborted);
    const { totals } = this;
    totals.records += answer.records;
    totals.matched += this.filter === null ? answer.offsets.length : answer.matched;
    totals.failed += answer.failed;
    totals.undecoded += answer.undecoded;
    totals.decoded += answer.decoded;
    totals.abortedRecords += answer.abortedRecords;
    totals.wrongCrcBatches += answer.wrongCrcBatches;
    this.histogram?.addScanned(answer.batchTimes, answer.batchCounts);
    this.histogram?.addMatched(answer.times);
    return answer;
  }

  /** A batch that costs a worker costs nothing but itself: the piece is divided until it stands alone. */
  private async siftOrSplit(
    partition: number,
    piece: Pick<Piece, 'bytes' | 'from' | 'to'>,
    aborted: readonly AbortedTransaction[],
  ): Promise<SiftAnswer> {
    const { from, to } = piece;
    const task: Extract<Task, { kind: 'sift' }> = {
      kind: 'sift',
      partition,
      from,
      to,
      ...this.plan.time,
      isolation: this.plan.isolation,
      aborted,
      maxInflatedBytes: MAX_INFLATED_BYTES,
      plan: this.runner.plan,
      filter: this.filter,
      latestMs: this.latestMs,
    };
    // The pool takes the bytes over where they are a buffer of their own; here they are needed when the worker is lost.
    const { bytes } = piece;
    const isShared = bytes.length < bytes.buffer.byteLength;
    const backup = isShared ? bytes : Buffer.from(bytes);
    try {
      const options = { owner: this.owner, signal: this.signal };
      const answer = await this.runner.run(
        this.pool,
        bytes,
        task,
        (last) => ({ ...last, isFinal: true }),
        options,
      );
      this.watch(partition, answer);
      if (answer.stoppedAt === undefined || answer.stoppedAt >= to) return answer;
      const rest = { bytes: backup, from: answer.stoppedAt, to };
      return joined(answer, await this.siftOrSplit(partition, rest, aborted));
    } catch (error) {
      if (!(error instanceof ScanWorkerError) || error.reason === 'closed') throw error;
      if (error.filtering) throw new FilterStopped(error.reason, error.filtering);
      return this.split(partition, { bytes: backup, from, to }, aborted, error.message);
    }
  }

  /** @throws FilterStopped when the expression takes too long on average, although on no record it hangs */
  private watch(partition: number, { filterMs, evaluated, stoppedAt }: SiftAnswer): void {
    this.filterMs += filterMs;
    this.evaluated += evaluated;
    if (stoppedAt === undefined || this.filterMs < SLOW_AFTER_MS) return;
    if (this.filterMs / this.evaluated < SLOW_MS) return;
    throw new FilterStopped('slow', { partition, offset: stoppedAt - 1n });
  }

  private async split(
    partition: number,
    { bytes, from, to }: Pick<Piece, 'bytes' | 'from' | 'to'>,
    aborted: readonly AbortedTransaction[],
    reason: string,
  ): Promise<SiftAnswer> {
    const { headers } = walkBatches(bytes, { checkCrc: false });
    const last = headers.at(-1);
    if (headers.length < 2 || aborted.length > 0 || !last) {
      const toOffset = to - 1n;
      return { ...nothing(), next: to, unreadable: [{ fromOffset: from, toOffset, reason }] };
    }
    const middle = headers[headers.length >> 1] as (typeof headers)[number];
    const cut =
      middle.magic === 2 ? middle.baseOffset : (headers[(headers.length >> 1) - 1]?.lastOffset ?? 0n) + 1n;
    const lower = { bytes: bytes.subarray(0, middle.start), from, to: cut < to ? cut : to };
    const upper = { bytes: bytes.subarray(middle.start), from: cut > from ? cut : from, to };
    const halves = [
      await this.siftOrSplit(partition, lower, aborted),
      await this.siftOrSplit(partition, upper, aborted),
    ] as const;
    return joined(...halves);
  }
}

const nothing = (): SiftAnswer => ({
  offsets: new BigInt64Array(),
  keys: new Float64Array(),
  lastKey: -1,
  edgeKey: -1,
  times: new Float64Array(),
  batchTimes: new Float64Array(),
  batchCounts: new Float64Array(),
  next: undefined,
  first: undefined,
  unreadable: [],
  problem: undefined,
  records: 0,
  abortedRecords: 0,
  wrongCrcBatches: 0,
  matched: 0,
  failed: 0,
  undecoded: 0,
  decoded: 0,
  evaluated: 0,
  filterMs: 0,
  stoppedAt: undefined,
  kept: undefined,
});

function joined(a: SiftAnswer, b: SiftAnswer): SiftAnswer {
  const bytes = Buffer.concat([a.kept ?? new Uint8Array(), b.kept ?? new Uint8Array()]);
  const floats = (x: Float64Array, y: Float64Array) => Float64Array.from([...x, ...y]);
  return {
    offsets: BigInt64Array.from([...a.offsets, ...b.offsets]),
    keys: floats(
      a.keys,
      b.keys.map((key) => Math.max(key, a.lastKey)),
    ),
    lastKey: Math.max(a.lastKey, b.lastKey),
    edgeKey: a.edgeKey < 0 ? b.edgeKey : a.edgeKey,
    times: floats(a.times, b.times),
    batchTimes: floats(a.batchTimes, b.batchTimes),
    batchCounts: floats(a.batchCounts, b.batchCounts),
    next: b.next,
    first: a.first,
    unreadable: [...a.unreadable, ...b.unreadable],
    problem: b.problem,
    records: a.records + b.records,
    abortedRecords: a.abortedRecords + b.abortedRecords,
    wrongCrcBatches: a.wrongCrcBatches + b.wrongCrcBatches,
    matched: a.matched + b.matched,
    failed: a.failed + b.failed,
    undecoded: a.undecoded + b.undecoded,
    decoded: a.decoded + b.decoded,
    evaluated: a.evaluated + b.evaluated,
    filterMs: a.filterMs + b.filterMs,
    stoppedAt: undefined,
    kept: bytes.length > 0 ? Uint8Array.from(bytes) : undefined,
  };
}
