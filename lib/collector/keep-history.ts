import { appendSample } from '#lib/gateways/database/series.ts';
import { forgetLayoutsOf } from '#lib/gateways/database/series-layout.ts';
import { log } from '#lib/log.ts';
import { onStop, registry } from '#lib/process.ts';
import { holdsLease } from './keep-lease.ts';
import { onGone, onTick, type Tick } from './ticks.ts';

/** Ticks that wait while the database is away, or until it is known which instance writes: two minutes of them. */
const mostWaiting = 24;
/** Numbers that wait of one cluster: of a large one fewer ticks, some tens of megabytes. */
const mostNumbers = 500_000;

/** What history needs of the world. */
export type HistoryStore = {
  append: (clusterId: string, atMs: number, points: Tick['points']) => Promise<void>;
  mayWrite: (clusterId: string) => boolean;
  /** Another instance may write now: what is remembered of the cluster's history is not to be relied on. */
  standBy: (clusterId: string) => void;
};

/**
 * Writes ticks into history, cluster by cluster and in order. Of several instances the one that holds the lease writes;
 * the others keep the newest ticks, so that who takes over has no hole. A database that is away costs nothing as long as
 * it comes back while the ticks still wait, and never holds up the reading of clusters. Never throws.
 */
export class HistoryKeeper {
  readonly #store: HistoryStore;
  readonly #waiting = new Map<string, Tick[]>();
  readonly #writing = new Map<string, Promise<void>>();
  /** Ticks that were given up. */
  lost = 0;
  /** Why the newest tick could not be written; null while all is well. */
  problem: unknown = null;

  constructor(store: HistoryStore) {
    this.#store = store;
  }

  take(tick: Tick): void {
    let waiting = this.#waiting.get(tick.clusterId);
    if (!waiting) {
      waiting = [];
      this.#waiting.set(tick.clusterId, waiting);
    }
    waiting.push(tick);
    const isOurs = this.#store.mayWrite(tick.clusterId);
    if (!isOurs) this.#store.standBy(tick.clusterId);
    while (waiting.length > mostWaiting || (waiting.length > 1 && numbersOf(waiting) > mostNumbers)) {
      waiting.shift();
      if (isOurs) this.lost++;
    }
    if (isOurs && !this.#writing.has(tick.clusterId)) {
      const writing = this.#write(tick.clusterId, waiting).finally(() =>
        this.#writing.delete(tick.clusterId),
      );
      this.#writing.set(tick.clusterId, writing);
    }
  }

  /** Drops what waits of a cluster that is gone. */
  forget(clusterId: string): void {
    // What is being written goes on from the same list.
    this.#waiting.get(clusterId)?.splice(0);
    this.#waiting.delete(clusterId);
  }

  /** Waits until everything that can be written is. */
  async settle(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  async #write(clusterId: string, waiting: Tick[]): Promise<void> {
    while (waiting.length > 0) {
      const [tick] = waiting as [Tick, ...Tick[]];
      try {
        await this.#store.append(clusterId, tick.at, tick.points);
        if (this.problem) log.info('history.kept-again', { cluster: clusterId });
        this.problem = null;
      } catch (error) {
        // Said once, not with every tick of a database that is away.
        if (!this.problem) log.warn('history.not-kept', { cluster: clusterId, error });
        this.problem = error;
        return;
      }
      const at = waiting.indexOf(tick);
      if (at >= 0) waiting.splice(at, 1);
    }
  }
}

const numbersOf = (ticks: readonly Tick[]): number =>
  ticks.reduce((sum, { points }) => sum + points.length, 0);

/** Keeps the history of all clusters for as long as the process lives. */
export const startHistory = (): HistoryKeeper =>
  registry('history-keeper', () => {
    const keeper = new HistoryKeeper({
      append: appendSample,
      mayWrite: (clusterId) => holdsLease(`history:${clusterId}`),
      standBy: forgetLayoutsOf,
    });
    const stop = [onTick((tick) => keeper.take(tick)), onGone((clusterId) => keeper.forget(clusterId))];
    onStop('sampling', 'history', async () => {
      for (const end of stop) end();
      await keeper.settle();
    });
    return keeper;
  });
