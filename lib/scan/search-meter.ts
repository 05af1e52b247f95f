import type { SearchProgress } from '#lib/model/message-search.ts';
import type { Histogram } from './histogram.ts';
import { isoOf } from './iso-time.ts';
import type { PartitionReader } from './partition-reader.ts';
import type { Plan } from './plan.ts';
import type { Pump } from './pump.ts';
import type { Sifter } from './sifter.ts';

interface Metered {
  plan: Plan;
  readers: readonly PartitionReader[];
  pump: Pump;
  sifter: Sifter;
  histogram: Histogram | undefined;
  budgetBytes: number;
  /** On the monotonic clock. */
  began: number;
}

/** Says how far a search is. */
export class SearchMeter {
  readonly plannedOffsets: bigint;
  readonly budgetBytes: number;
  private readonly metered: Metered;

  constructor(metered: Metered) {
    this.metered = metered;
    this.budgetBytes = metered.budgetBytes;
    this.plannedOffsets = metered.readers.reduce((sum, { plannedOffsets }) => sum + plannedOffsets, 0n);
  }

  progress(): SearchProgress {
    const { readers, pump, sifter, histogram, began } = this.metered;
    const elapsedMs = performance.now() - began;
    const done = readers.reduce((sum, { doneOffsets }) => sum + doneOffsets, 0n);
    return {
      plannedOffsets: String(this.plannedOffsets),
      doneOffsets: String(done),
      bytes: pump.bytes,
      budgetBytes: this.budgetBytes,
      elapsedMs: Math.round(elapsedMs),
      remainingMs: this.remaining(Number(done), elapsedMs),
      ...sifter.totals,
      histogram: histogram?.value ?? null,
      reachedAt: this.reachedAt(),
    };
  }

  /**
   * At the end: what a following search begins with again does not count here.
   * @param told how many matches were told; undefined where something else was told.
   */
  final(told: number | undefined): SearchProgress {
    const { readers, sifter } = this.metered;
    const progress = this.progress();
    const passed = readers.reduce((sum, { passedOffsets }) => sum + passedOffsets, 0n);
    return {
      ...progress,
      doneOffsets: String(passed),
      matched: told ?? sifter.totals.matched,
      remainingMs: passed >= this.plannedOffsets ? 0 : progress.remainingMs,
    };
  }

  private remaining(done: number, elapsedMs: number): number | null {
    const { bytes } = this.metered.pump;
    if (done <= 0 || elapsedMs < 1 || bytes === 0) return null;
    const untilEnd = ((Number(this.plannedOffsets) - done) / done) * elapsedMs;
    const untilSpent = ((this.budgetBytes - bytes) / bytes) * elapsedMs;
    return Math.max(0, Math.round(Math.min(untilEnd, untilSpent)));
  }

  /** The moment that all partitions have reached; those that are done hold up nobody. */
  private reachedAt(): string | null {
    const { readers, plan } = this.metered;
    const reached = readers
      .filter((reader) => !reader.isDone && reader.failure === undefined)
      .map(({ frontier }) => frontier);
    const { histogram } = this.metered;
    if (reached.length === 0) return histogram?.edge(plan.direction) ?? null;
    const at = plan.direction === 'backward' ? Math.max(...reached) : Math.min(...reached);
    return Number.isFinite(at) && at >= 0 ? isoOf(BigInt(Math.trunc(at))) : null;
  }
}
