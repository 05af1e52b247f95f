import { releaseLease, takeLease } from '#lib/gateways/database/leases.ts';
import { log } from '#lib/log.ts';
import { onStop, registry } from '#lib/process.ts';

/**
 * For how long a lease is held without renewal. It is asked for every third of that, so that one lost request costs
 * nothing, and another instance takes over at most one and a third of it after the death of its holder.
 */
const leaseMs = 12_000;

/** What of the database a keeper needs. */
export type LeaseTable = {
  take: (name: string, ttlMs: number) => Promise<{ fence: bigint } | null>;
  release: (name: string) => Promise<void>;
};

/**
 * Holds leases by name for as long as the process lives, in the background. Durations are of the monotonic clock (F10):
 * a lease counts from when it was asked for, which is earlier than when the database gave it, so that this process stops
 * believing in it before another can have it. What writes to the database by right of a lease still says its fence, for
 * a process may be halted between the question and the act.
 */
export class LeaseKeeper {
  readonly #table: LeaseTable;
  readonly #ttlMs: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  #isStopped = false;

  constructor(table: LeaseTable, ttlMs = leaseMs, now: () => number = () => performance.now()) {
    this.#table = table;
    this.#ttlMs = ttlMs;
    this.#now = now;
  }

  /** The fence of a lease that is held now, null while it is not. The first question for a name begins to ask for it. */
  fenceOf(name: string): bigint | null {
    const kept = this.#kept.get(name) ?? this.#begin(name);
    return kept && kept.fence !== null && this.#now() < kept.until ? kept.fence : null;
  }

  /** Asks for a lease no more, and gives it back: its cluster is gone. */
  async forget(name: string): Promise<void> {
    const kept = this.#kept.get(name);
    if (!kept) return;
    this.#kept.delete(name);
    clearInterval(kept.timer);
    await kept.asking;
    if (kept.fence !== null) await this.#release(name);
  }

  /** Gives all back and takes none again. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#kept.keys()].map((name) => this.forget(name)));
  }

  /** One asking for a lease, or its renewal. */
  async ask(name: string): Promise<void> {
    const kept = this.#kept.get(name) ?? this.#begin(name);
    // One at a time: an answer that comes late must not undo a newer one.
    if (kept) await (kept.asking ?? this.#ask(name, kept));
  }

  #begin(name: string): Kept | null {
    if (this.#isStopped) return null;
    const timer = setInterval(() => void this.ask(name), this.#ttlMs / 3);
    timer.unref();
    const kept: Kept = { fence: null, until: 0, timer, asking: null };
    this.#kept.set(name, kept);
    void this.#ask(name, kept);
    return kept;
  }

  #ask(name: string, kept: Kept): Promise<void> {
    kept.asking = this.#take(name, kept).finally(() => {
      kept.asking = null;
    });
    return kept.asking;
  }

  async #take(name: string, kept: Kept): Promise<void> {
    const askedAt = this.#now();
    try {
      const lease = await this.#table.take(name, this.#ttlMs);
      if ((lease === null) !== (kept.fence === null))
        log.info(lease ? 'lease.taken' : 'lease.lost', { name });
      kept.fence = lease?.fence ?? null;
      if (lease) kept.until = askedAt + this.#ttlMs;
    } catch (error) {
      // Whether it was renewed is unknown: what was held is held until its end and no longer.
      log.warn('lease.not-asked', { name, error });
    }
  }

  async #release(name: string): Promise<void> {
    try {
      await this.#table.release(name);
    } catch (error) {
      // It ends by itself.
      log.warn('lease.not-given-back', { name, error });
    }
  }
}

type Kept = {
  fence: bigint | null;
  /** Until when it is believed in, of the monotonic clock. */
  until: number;
  timer: NodeJS.Timeout;
  asking: Promise<void> | null;
};

const keeper = (): LeaseKeeper =>
  registry('lease-keeper', () => {
    const made = new LeaseKeeper({ take: takeLease, release: releaseLease });
    // After all sampling has ended, before the database closes.
    onStop('connections', 'leases', () => made.stop());
    return made;
  });

/**
 * Whether this process is the one of all instances that may do a thing now (F16). Cheap: answers from memory, while the
 * lease is taken and renewed in the background from the first question on; false until it was given.
 */
export const holdsLease = (name: string): boolean => keeper().fenceOf(name) !== null;

/** The fence of a lease that this process holds now, null while it does not. It grows with each holder. */
export const leaseFence = (name: string): bigint | null => keeper().fenceOf(name);

/** Gives a lease up for good: what it is for is gone. */
export const forgetLease = (name: string): Promise<void> => keeper().forget(name);
