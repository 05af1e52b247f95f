import type { SamplePoint } from '../ticks.ts';

type Probe = { at: number; ms: number | null };

/** What the probes of one broker said within the newest minute or so. */
export class ProbeWindow {
  readonly #windowMs: number;
  #probes: Probe[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Keeps a probe that ended now, by the monotonic clock; `ms` is null when it did not come back in time. */
  add(at: number, ms: number | null): void {
    this.#probes.push({ at, ms });
    this.#forget(at);
  }

  /** The numbers of the broker; none before the first probe. */
  points(name: string, now: number): SamplePoint[] {
    this.#forget(now);
    if (this.#probes.length === 0) return [];
    const times = this.#probes
      .map(({ ms }) => ms)
      .filter((ms) => ms !== null)
      .sort((a, b) => a - b);
    const quantile = (q: number): number => times[Math.max(0, Math.ceil(q * times.length) - 1)] ?? Number.NaN;
    return [
      { kind: 'broker.canary-p50', name, value: quantile(0.5) },
      { kind: 'broker.canary-p99', name, value: quantile(0.99) },
      { kind: 'broker.canary-max', name, value: quantile(1) },
      { kind: 'broker.canary-availability', name, value: times.length / this.#probes.length },
    ];
  }

  #forget(now: number): void {
    this.#probes = this.#probes.filter(({ at }) => now - at <= this.#windowMs);
  }
}
