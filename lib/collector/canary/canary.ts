import { AppError } from '#lib/errors/app-error.ts';
import type { ErrorCode } from '#lib/errors/sentences.ts';
import { CanaryProbe, type ProbeChannels } from '#lib/gateways/kafka/canary-probe.ts';
import type { KafkaClient } from '#lib/gateways/kafka/client.ts';
import type { ClusterCanary } from '#lib/model/cluster-sources.ts';
import { keepParts, noteSource } from '../sources/source-health.ts';
import { offerPoints, type SamplePoint } from '../ticks.ts';
import { ledBy, repairCanaryTopic } from './canary-repair.ts';
import { type CanaryTopic, readyCanaryTopic } from './canary-topic.ts';
import { ProbeWindow } from './probe-window.ts';

/** A record that needs longer did not come back. */
const deadlineMs = 5_000;
const windowMs = 60_000;
const topicEveryMs = 10_000;
const soonMs = 2_000;
/** What was refused is refused again until somebody changes a right or a config. */
const refusedMs = 60_000;
const removedAfterMs = 3_600_000;
/** So many probes a second at most, however many brokers there are: the canary stays below a hundredth of one processor. */
const mostPerSecond = 10;

/** What says that the canary may not work, not that the broker does not. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'kafka.denied',
  'cluster.read-only',
  'kafka.unsupported',
  'canary.foreign-topic',
]);
const isRefusal = (error: unknown): boolean => error instanceof AppError && refusals.has(error.code);
/** What Kafka says when leadership moved: the next probe goes elsewhere, as a producer's next try would. */
const moves: ReadonlySet<unknown> = new Set([
  'NOT_LEADER_OR_FOLLOWER',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
]);

/** A repair that cannot work soon either. A broker that has only just come back cannot lead yet, which passes. */
const isRefusedRepair = (error: AppError): boolean =>
  isRefusal(error) ||
  (error.code === 'kafka.rejected' && error.facts.error !== 'PREFERRED_LEADER_NOT_AVAILABLE');

/** Measures what a record takes through each broker of one cluster, for as long as this process may. */
export class Canary {
  readonly #clusterId: string;
  readonly #settings: ClusterCanary;
  readonly #client: KafkaClient;
  readonly #mayRun: () => boolean;
  readonly #channels: ProbeChannels;
  readonly #windows = new Map<number, ProbeWindow>();
  readonly #probes = new Map<number, CanaryProbe>();
  /** Brokers whose record is under way. */
  readonly #busy = new Map<number, Promise<void>>();
  readonly #lastAt = new Map<number, number>();
  readonly #aliveAt = new Map<number, number>();
  /** Until when the repairs of brokers wait that were refused. */
  readonly #repairAt = new Map<number, number>();
  #topic: CanaryTopic | null = null;
  /** The topic that is known to be a canary's. */
  #ownId: string | null = null;
  #refusedUntil = Number.NEGATIVE_INFINITY;
  #topicAt = Number.NEGATIVE_INFINITY;

  /** @param client of its own: a broker that hangs holds up its calls, and they must not hold up others */
  constructor(clusterId: string, settings: ClusterCanary, client: KafkaClient, mayRun: () => boolean) {
    this.#clusterId = clusterId;
    this.#settings = settings;
    this.#client = client;
    this.#mayRun = mayRun;
    this.#channels = { write: client.openChannel('admin'), read: client.openChannel('admin') };
  }

  /** How often a turn is due. */
  get everyMs(): number {
    return this.#settings.everyMs;
  }

  /** One turn: a record to each broker that has none under way. Does not wait for them. */
  async turn(signal: AbortSignal): Promise<void> {
    if (!this.#mayRun()) return this.#rest();
    if (performance.now() < this.#refusedUntil) return;
    try {
      this.#client.assertWritable();
      await this.#look(signal);
    } catch (error) {
      if (signal.aborted) return;
      noteSource(this.#clusterId, 'canary', '', error);
      // Without the brokers' metadata nothing is known of any of them, but what was planned for them failed.
      if (!(error instanceof AppError) || isRefusal(error)) return this.#refuse(error);
    }
    const now = performance.now();
    for (const broker of this.#due(now)) {
      this.#lastAt.set(broker, now);
      const probing = this.#probe(broker, signal).finally(() => this.#busy.delete(broker));
      this.#busy.set(broker, probing);
    }
    this.#offer();
  }

  /** Waits for what is under way and closes its connections. */
  async close(): Promise<void> {
    await Promise.all(this.#busy.values());
    await this.#client.close();
  }

  /** The topic as it is now, from time to time or when leadership moved. */
  async #look(signal: AbortSignal): Promise<void> {
    if (performance.now() - this.#topicAt < topicEveryMs) return;
    const topic = await readyCanaryTopic(this.#client, this.#settings.topic, this.#ownId, signal);
    this.#topic = topic;
    this.#ownId = topic.topicId;
    this.#topicAt = performance.now();
    await this.#repair(topic, signal);
    this.#forgetRemoved(topic.alive, performance.now());
    const known = new Set(['', ...[...this.#windows.keys(), ...topic.alive].map(String)]);
    keepParts(this.#clusterId, 'canary', known);
  }

  /** Helps brokers that lead none. That it fails costs those brokers their numbers, not the others theirs. */
  async #repair(topic: CanaryTopic, signal: AbortSignal): Promise<void> {
    if (topic.count === 0) return;
    const mayTry = (broker: number): boolean => performance.now() >= (this.#repairAt.get(broker) ?? 0);
    const missing = topic.missing.filter((replicas) => mayTry(ledBy(replicas)));
    const displaced = topic.displaced.filter(({ broker }) => mayTry(broker));
    const asked = { count: topic.count, missing, displaced };
    const repairs = await repairCanaryTopic(this.#client, this.#settings.topic, asked, signal);
    for (const { broker, error } of repairs) {
      // What was repaired shows soon.
      if (error === null) this.#lookSoon();
      else noteSource(this.#clusterId, 'canary', String(broker), error);
      if (error && isRefusedRepair(error)) this.#repairAt.set(broker, performance.now() + refusedMs);
    }
  }

  #lookSoon(): void {
    this.#topicAt = Math.min(this.#topicAt, performance.now() - topicEveryMs + soonMs);
  }

  #due(now: number): number[] {
    const topic = this.#topic;
    if (!topic) return [];
    // A broker that was measured and is gone is measured still: it does not answer.
    const brokers = new Set([...topic.places.keys(), ...this.#gone(topic)]);
    const everyMs = Math.max(this.#settings.everyMs, (brokers.size / mostPerSecond) * 1_000);
    return [...brokers].filter((broker) => {
      const last = this.#lastAt.get(broker) ?? Number.NEGATIVE_INFINITY;
      return !this.#busy.has(broker) && now - last >= everyMs - this.#settings.everyMs / 2;
    });
  }

  #gone(topic: CanaryTopic): number[] {
    return [...this.#windows.keys()].filter((broker) => !topic.alive.includes(broker));
  }

  /** Brokers that have been away for so long that they are taken for removed. */
  #forgetRemoved(alive: readonly number[], now: number): void {
    for (const broker of alive) this.#aliveAt.set(broker, now);
    for (const [broker, at] of this.#aliveAt) {
      if (now - at < removedAfterMs) continue;
      for (const known of [this.#aliveAt, this.#windows, this.#probes, this.#lastAt, this.#repairAt])
        known.delete(broker);
    }
  }

  async #probe(broker: number, signal: AbortSignal): Promise<void> {
    const partition = this.#topic?.places.get(broker);
    if (partition === undefined) return this.#keep(broker, null);
    try {
      const ms = await this.#probeOf(broker, partition).run(deadlineMs, signal);
      this.#keep(broker, ms);
      noteSource(this.#clusterId, 'canary', String(broker), null);
      noteSource(this.#clusterId, 'canary', '', null);
    } catch (error) {
      if (signal.aborted) return;
      if (!isRefusal(error)) this.#lookSoon();
      if (error instanceof AppError && moves.has(error.facts.error)) return;
      noteSource(this.#clusterId, 'canary', String(broker), error);
      if (!isRefusal(error)) this.#keep(broker, null);
    }
  }

  #probeOf(broker: number, partition: number): CanaryProbe {
    const { topicId } = this.#topic!;
    const known = this.#probes.get(broker);
    if (known && known.place.partition === partition && known.place.topicId === topicId) return known;
    const place = { broker, topic: this.#settings.topic, topicId, partition };
    const made = new CanaryProbe(place, this.#channels);
    this.#probes.set(broker, made);
    return made;
  }

  #keep(broker: number, ms: number | null): void {
    let window = this.#windows.get(broker);
    if (!window) {
      window = new ProbeWindow(Math.max(windowMs, this.#settings.everyMs * 10));
      this.#windows.set(broker, window);
    }
    window.add(performance.now(), ms);
    this.#offer();
  }

  #offer(): void {
    const now = performance.now();
    const points: SamplePoint[] = [];
    for (const [broker, window] of this.#windows) points.push(...window.points(String(broker), now));
    offerPoints(this.#clusterId, 'canary', points, Math.max(15_000, this.#settings.everyMs * 5));
  }

  /** Nothing is measured, and not at once asked again. The cluster's own switch costs nothing to look at. */
  #refuse(error: unknown): void {
    if (!(error instanceof AppError) || error.code !== 'cluster.read-only')
      this.#refusedUntil = performance.now() + refusedMs;
    this.#rest();
  }

  /** Another instance measures, or nobody may: nothing is known here. */
  #rest(): void {
    this.#windows.clear();
    this.#probes.clear();
    this.#topic = null;
    this.#topicAt = Number.NEGATIVE_INFINITY;
    offerPoints(this.#clusterId, 'canary', [], 0);
  }
}
