import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { log } from '#lib/log.ts';
import { kafkaOf } from './connections.ts';
import { keepHistory } from './keep-history.ts';
import { MinuteRing } from './minute-ring.ts';
import { isDue, type Pace, type PartName, paceOf } from './pace.ts';
import { sampleCluster } from './sample.ts';
import { emptySnapshot, type Snapshot } from './snapshot.ts';

export type Listener = (snapshot: Snapshot) => void;

/**
 * Samples one cluster for as long as the process lives. Samples never overlap; a failed part keeps its last
 * value and says why. Watchers (open browsers) quicken the pace.
 */
export class ClusterCollector {
  readonly clusterId: string;
  readonly topicRing = new MinuteRing();
  readonly groupRing = new MinuteRing();
  readonly brokerRing = new MinuteRing();
  readonly clusterRing = new MinuteRing();
  snapshot: Snapshot;
  /** The newest reading of end offsets that history holds; see `keepHistory`. */
  keptEndsAt: number | null = null;
  #listeners = new Set<Listener>();
  /** When each part was asked for the last time, by the monotonic clock: a clock that is set must not stop the reading. */
  #askedAt = new Map<PartName, number>();
  #timer: NodeJS.Timeout | null = null;
  #sampling: Promise<void> | null = null;
  #abort = new AbortController();

  constructor(clusterId: string) {
    this.clusterId = clusterId;
    this.snapshot = emptySnapshot(clusterId);
  }

  /** Milliseconds to the next sample, as the pace is now. */
  get everyMs(): number {
    const pace = paceOf(env().MILLRACE_SAMPLE_MS).state;
    return this.#listeners.size > 0 ? pace.watched : pace.idle;
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  start(): void {
    this.#schedule(0);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#abort.abort(new AppError('server.stopping'));
    this.#listeners.clear();
    await this.#sampling;
  }

  /** Calls back after each sample until the returned function is called. The pace quickens at once. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1 && !this.#sampling) this.#schedule(0);
    return () => void this.#listeners.delete(listener);
  }

  /** Takes a sample now, or waits for the one being taken; what a change calls so that its effect is seen. */
  async refresh(parts: readonly PartName[] = ['state', 'offsets']): Promise<Snapshot> {
    if (this.#sampling) await this.#sampling;
    for (const part of parts) this.#askedAt.delete(part);
    await this.#run();
    return this.snapshot;
  }

  /** The first sample, or the newest when there is one. */
  async firstSample(): Promise<Snapshot> {
    if (this.snapshot.seq === 0) await this.#run();
    return this.snapshot;
  }

  #schedule(inMs: number): void {
    if (this.#abort.signal.aborted) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), inMs);
    this.#timer.unref();
  }

  #run(): Promise<void> {
    this.#sampling ??= this.#sample().finally(() => {
      this.#sampling = null;
      this.#schedule(this.everyMs);
    });
    return this.#sampling;
  }

  async #sample(): Promise<void> {
    const startedAt = performance.now();
    let isRead = false;
    try {
      const client = await kafkaOf(this.clusterId);
      const due = this.#dueAt(startedAt);
      const next = await sampleCluster(client, this.snapshot, due, this.#abort.signal);
      if (this.#abort.signal.aborted) return;
      this.snapshot = next;
      isRead = next.metadata.problem === null;
      // Without metadata no part was asked: they stay due.
      if (isRead) for (const part of due) this.#askedAt.set(part, startedAt);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      this.snapshot = {
        ...this.snapshot,
        seq: this.snapshot.seq + 1,
        metadata: { ...this.snapshot.metadata, problem: toProblem(error) },
      };
      log.warn('collector.sample-failed', {
        cluster: this.clusterId,
        error,
        durationMs: Math.round(performance.now() - startedAt),
      });
    }
    this.#tell();
    // After the browsers: the live picture does not wait for the database.
    if (isRead) await keepHistory(this, this.snapshot);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.snapshot);
      } catch (error) {
        // One reader that fails must not keep the others, or the next sample, from coming.
        this.#listeners.delete(listener);
        log.error('collector.listener-failed', { cluster: this.clusterId, error });
      }
    }
  }

  #dueAt(now: number): Set<PartName> {
    const base = env().MILLRACE_SAMPLE_MS;
    const isWatched = this.#listeners.size > 0;
    const due = new Set<PartName>();
    for (const [part, pace] of Object.entries(paceOf(base)) as [PartName, Pace][]) {
      const everyMs = isWatched ? pace.watched : pace.idle;
      if (isDue(this.#askedAt.get(part) ?? null, now, everyMs, base)) due.add(part);
    }
    return due;
  }
}
