import type { Reading } from '#lib/gateways/prometheus/recognise.ts';
import type { SeriesKind } from '#lib/model/series-kinds.ts';

/** Makes rates of counts: what one broker tells is told again some seconds later, and the difference is the rate. */
export class CounterRates {
  readonly #last = new Map<SeriesKind, { value: number; rank: number; at: number }>();

  /**
   * The numbers that are known now. A count that is new, that began anew (the broker restarted) or that is told in another way than
   * before is known at the next reading.
   * @param at monotonic clock, in milliseconds
   */
  take(readings: readonly Reading[], at: number): { kind: SeriesKind; value: number }[] {
    const known: { kind: SeriesKind; value: number }[] = [];
    for (const { kind, rank, how, value } of readings) {
      if (how === 'gauge') {
        known.push({ kind, value });
        continue;
      }
      const last = this.#last.get(kind);
      this.#last.set(kind, { value, rank, at });
      if (!last || last.rank !== rank || value < last.value || at <= last.at) continue;
      const rate = ((value - last.value) / (at - last.at)) * 1_000;
      known.push({ kind, value: isShare(kind) ? Math.min(rate, 1) : rate });
    }
    return known;
  }
}

const isShare = (kind: SeriesKind): boolean => kind === 'broker.gc' || kind === 'broker.handler-idle';
