import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import { log } from '#lib/log.ts';
import { kafkaOf } from './connections.ts';
import { DetailPoints } from './detail-points.ts';
import { eventsBetween } from './events-between.ts';
import { keepEvents } from './keep-events.ts';
import { MinuteRing } from './minute-ring.ts';
import { isDue, type PartName, paceOf } from './pace.ts';
import { recallLines } from './recall-lines.ts';
import { sampleCluster } from './sample.ts';
import { addToLines } from './small-lines.ts';
import { emptySnapshot, isSampled, type SampledSnapshot, type Snapshot } from './snapshot.ts';
import { pointsOf } from './tick-points.ts';
import { offeredPoints, tellTick } from './ticks.ts';

export type Listener = (snapshot: Snapshot) => void;

/**
 * Samples one cluster for as long as the process lives, and tells a tick after each sample, also when the cluster did
 * not answer. Samples never overlap; a failed part keeps its last value and says why.
 */
export class ClusterCollector {
  readonly clusterId: string;
  readonly topicRing = new MinuteRing();
  readonly groupRing = new MinuteRing();
  readonly brokerRing = new MinuteRing();
  readonly clusterRing = new MinuteRing();
  snapshot: Snapshot;
  #listeners = new Set<Listener>();
  /** When each part was asked for the last time, by the monotonic clock: a clock that is set must not stop the reading. */
  #askedAt = new Map<PartName, number>();
  /** When the next sample is to be taken, by the monotonic clock. */
  #dueAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #sampling: Promise<void> | null = null;
  #abort = new AbortController();
  #details = new DetailPoints();

  constructor(clusterId: string) {
    this.clusterId = clusterId;
    this.snapshot = emptySnapshot(clusterId);
  }

  /** Milliseconds from one sample to the next. */
  get everyMs(): number {
    return this.#pace.state;
  }

  get #pace(): Record<PartName, number> {
    return paceOf(env().MILLRACE_SAMPLE_MS, this.snapshot.metadata.value?.partition.length);
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

  /** Calls back after each sample until the returned function is called. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
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
    this.#dueAt = performance.now() + inMs;
    this.#timer = setTimeout(() => void this.#run(), inMs);
    this.#timer.unref();
  }

  #run(): Promise<void> {
    this.#sampling ??= this.#sample(this.#dueAt).finally(() => {
      this.#sampling = null;
      // On the beat, not so long after the end of this one; one that took longer than a beat is followed after a rest.
      const untilNext = this.#dueAt + this.everyMs - performance.now();
      this.#schedule(Math.max(this.everyMs / 5, Math.min(this.everyMs, untilNext)));
    });
    return this.#sampling;
  }

  async #sample(dueAt: number): Promise<void> {
    const startedAt = performance.now();
    const before = this.snapshot;
    try {
      const client = await kafkaOf(this.clusterId);
      const due = this.#dueParts(startedAt);
      const next = await sampleCluster(client, this.snapshot, due, this.#abort.signal);
      if (this.#abort.signal.aborted) return;
      this.snapshot = next;
      // Without metadata no part was asked: they stay due.
      if (next.metadata.problem === null) for (const part of due) this.#askedAt.set(part, startedAt);
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
    // After the browsers: the live picture waits for nothing.
    this.#tick(startedAt, dueAt);
    if (before.metadata.value === null && this.snapshot.metadata.value) void recallLines(this, this.snapshot);
    keepEvents(eventsBetween(before, this.snapshot));
  }

  #tick(startedAt: number, dueAt: number): void {
    const at = Date.now();
    const durationMs = Math.round(performance.now() - startedAt);
    const lateMs = Math.max(0, Math.round(performance.now() - dueAt - this.everyMs));
    const points = pointsOf(this.snapshot, { durationMs, lateMs });
    for (const point of offeredPoints(this.clusterId)) points.push(point);
    addToLines(this, this.snapshot, points, at);
    const isRead = isSampled(this.snapshot) && this.snapshot.metadata.problem === null;
    const details = isRead ? this.#details.take(this.snapshot as SampledSnapshot, startedAt) : null;
    for (const point of details ?? []) points.push(point);
    tellTick({ clusterId: this.clusterId, at, points, hasDetails: details !== null });
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

  #dueParts(now: number): Set<PartName> {
    const due = new Set<PartName>();
    for (const [part, everyMs] of Object.entries(this.#pace) as [PartName, number][])
      if (isDue(this.#askedAt.get(part) ?? null, now, everyMs, this.everyMs)) due.add(part);
    return due;
  }
}
