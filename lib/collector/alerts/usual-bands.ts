import { readSeries } from '#lib/gateways/database/series.ts';
import { log } from '#lib/log.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import type { UsualBand } from './conditions.ts';
import { hourOf, type UsualDay, usualDay } from './usual.ts';

const lookBackMs = 14 * 86_400_000;
const freshMs = 6 * 3_600_000;
/** Series read at once, and per round: what is usual of many is learnt over some rounds, not in one blow. */
const perRead = 20;
const perRound = 200;
const pointsOf14Days = 14 * 96;

type Kept = { kind: SeriesKind; name: string; times: number; day: UsualDay | null; readAt: number | null };

/**
 * What is usual of the series that rules ask for, learnt from the stored history of one cluster in the background and
 * learnt anew every few hours. Until it is known, and while too little is stored, nothing is unusual.
 */
export class UsualBands {
  readonly #clusterId: string;
  readonly #kept = new Map<string, Kept>();
  #isReading = false;

  constructor(clusterId: string) {
    this.#clusterId = clusterId;
  }

  /** Where a series usually lies at this hour; null when that is not known. The first question begins to find out. */
  of(kind: SeriesKind, name: string, times: number): UsualBand | null {
    const key = `${kind}\n${times}\n${name}`;
    const kept = this.#kept.get(key);
    if (!kept) this.#kept.set(key, { kind, name, times, day: null, readAt: null });
    return kept?.day?.[hourOf(Date.now())] ?? null;
  }

  /** Reads the history of what is not known or was learnt long ago. Never throws. */
  async learn(now = performance.now()): Promise<void> {
    if (this.#isReading) return;
    const due = [...this.#kept.values()]
      .filter(({ readAt }) => readAt === null || now - readAt > freshMs)
      .slice(0, perRound);
    if (due.length === 0) return;
    this.#isReading = true;
    try {
      for (let i = 0; i < due.length; i += perRead) await this.#read(due.slice(i, i + perRead), now);
    } catch (error) {
      log.warn('alerts.usual-not-read', { cluster: this.#clusterId, error });
    } finally {
      this.#isReading = false;
    }
  }

  async #read(some: readonly Kept[], now: number): Promise<void> {
    const toMs = Date.now();
    const { at, series } = await readSeries({
      clusterId: this.#clusterId,
      series: some.map(({ kind, name }) => ({ kind, name })),
      fromMs: toMs - lookBackMs,
      toMs,
      maxPoints: pointsOf14Days,
    });
    some.forEach((one, i) => {
      one.day = usualDay(at, series[i]?.values ?? [], one.times);
      one.readAt = now;
    });
  }
}
