import { log } from '#lib/log.ts';
import { factsOfSeries, type SeriesKind } from '#lib/model/series-kinds.ts';
import { registry } from '#lib/process.ts';

/** One number of a tick, under the series it belongs to. NaN is unknown. */
export type SamplePoint = { kind: SeriesKind; name: string; value: number };

/**
 * What is known of a cluster at one time: what goes into history, what alert rules are held against, what is exported.
 * A cluster that does not answer ticks as well, with `cluster.reachable` 0 and little else.
 */
export type Tick = {
  clusterId: string;
  at: number;
  points: readonly SamplePoint[];
  /** Whether points of partitions, and of groups on partitions, are among them: once a minute. */
  hasDetails?: boolean;
};

type TickListener = (tick: Tick) => void | Promise<void>;
type Offer = { points: readonly SamplePoint[]; until: number };

const listeners = (): Set<TickListener> => registry('tick-listeners', () => new Set());
const goneListeners = (): Set<(clusterId: string) => void> => registry('gone-listeners', () => new Set());
const offers = (): Map<string, Map<string, Offer>> => registry('tick-offers', () => new Map());
const newest = (): Map<string, Tick> => registry('newest-ticks', () => new Map());
const newestDetailed = (): Map<string, Tick> => registry('newest-detailed-ticks', () => new Map());

/** Calls back with each tick of every cluster until the returned function is called. */
export function onTick(listener: TickListener): () => void {
  listeners().add(listener);
  return () => void listeners().delete(listener);
}

/** Tells a tick to all who listen, and waits for none of them. */
export function tellTick(tick: Tick): void {
  newest().set(tick.clusterId, tick);
  if (tick.hasDetails) newestDetailed().set(tick.clusterId, tick);
  for (const listener of listeners()) {
    // One that fails must not keep the others from hearing of it.
    Promise.resolve()
      .then(() => listener(tick))
      .catch((error) => log.error('tick.listener-failed', { cluster: tick.clusterId, error }));
  }
}

/** The newest tick of a cluster, null before its first. */
export const newestTick = (clusterId: string): Tick | null => newest().get(clusterId) ?? null;

/** The newest points of a kind, also of one that is in the tick of each minute only. */
export function newestPoints(clusterId: string, kind: SeriesKind): SamplePoint[] {
  const ticks = factsOfSeries(kind).isDetail ? newestDetailed() : newest();
  return ticks.get(clusterId)?.points.filter((point) => point.kind === kind) ?? [];
}

/**
 * Numbers that something beside the collector reads at its own pace (endpoints of brokers, the canary, connectors): they
 * are part of each tick until `ttlMs` have passed without new ones, and then unknown.
 */
export function offerPoints(
  clusterId: string,
  source: string,
  points: readonly SamplePoint[],
  ttlMs: number,
): void {
  let own = offers().get(clusterId);
  if (!own) {
    own = new Map();
    offers().set(clusterId, own);
  }
  own.set(source, { points, until: performance.now() + ttlMs });
}

/** What is offered now. */
export function offeredPoints(clusterId: string): SamplePoint[] {
  const points: SamplePoint[] = [];
  for (const offer of offers().get(clusterId)?.values() ?? [])
    if (offer.until > performance.now()) points.push(...offer.points);
  return points;
}

/** Calls back with each cluster that is gone, after its last tick, until the returned function is called. */
export function onGone(listener: (clusterId: string) => void): () => void {
  goneListeners().add(listener);
  return () => void goneListeners().delete(listener);
}

/** Forgets a cluster that is gone. */
export function forgetTicks(clusterId: string): void {
  for (const listener of goneListeners()) listener(clusterId);
  offers().delete(clusterId);
  newest().delete(clusterId);
  newestDetailed().delete(clusterId);
}
