import { readSeries } from '#lib/gateways/database/series.ts';
import { log } from '#lib/log.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';
import type { UsualBand } from './conditions.ts';
import { hourOf, type UsualDay, usualDay } from './usual.ts';

const lookBackMs = 14 * 86_400_000;
const freshMs = 6 * 3_600_000;
/** How long what could not be read is left alone, so that it does not stand in the way of the rest. */
const againMs = 10 * 60_000;
/** Series read at once, and per round: what is usual of many is learnt over some rounds, not in one blow. */
const perRead = 20;
const perRound = 200;
const pointsOf14Days = 14 * 96;

type Kept = {
  kind: SeriesKind;
  name: string;
  times: number;
  day: UsualDay | null;
  /** When it is read next. */
  dueAt: number;
  askedAt: number;
};

/**
 * What is usual of the series that rules ask for, learnt from the stored history of one cluster in the background and
 * learnt anew every few hours for as long as they ask. Until it is known, and while too little is stored, nothing is unusual.
 */
export class UsualBands {
  readonly #clusterId: string;
  readonly #kept = new Map<string, Kept>();
  #isReading = false;

  constructor(clusterId: string) {
    this.#clusterId = clusterId;
  }

  /** Where a series usually lies at this hour; null when that is not known. The first question begins to find out. */
  of(kind: SeriesKind, name: string, times: number, now = performance.now()): UsualBand | null {
    const key = `${kind}\n${times}\n${name}`;
    const kept = this.#kept.get(key);
    if (kept) kept.askedAt = now;
    else this.#kept.set(key, { kind, name, times, day: null, dueAt: now, askedAt: now });
    return kept?.day?.[hourOf(Date.now())] ?? null;
  }

  /** Reads the history of what is not known or was learnt long ago. Never throws. */
  async learn(now = performance.now()): Promise<void> {
    if (this.#isReading) return;
    for (const [key, { askedAt }] of this.#kept) if (now - askedAt > freshMs) this.#kept.delete(key);
    const due = [...this.#kept.values()].filter(({ dueAt }) => dueAt <= now).slice(0, perRound);
    if (due.length === 0) return;
    this.#isReading = true;
    for (let i = 0; i < due.length; i += perRead) {
      const some = due.slice(i, i + perRead);
      try {
        await this.#read(some);
        for (const one of some) one.dueAt = now + freshMs;
      } catch (error) {
        for (const one of some) one.dueAt = now + againMs;
        log.warn('alerts.usual-not-read', { cluster: this.#clusterId, error });
      }
    }
    this.#isReading = false;
  }

  async #read(some: readonly Kept[]): Promise<void> {
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
    });
  }
}
