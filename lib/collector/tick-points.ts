import { brokerNumbers } from './broker-numbers.ts';
import { groupPoints } from './lag/group-points.ts';
import { isSampled, type SampledSnapshot, type Snapshot } from './snapshot.ts';
import type { SamplePoint } from './ticks.ts';
import { votersBehind } from './voters-behind.ts';

/** How the newest reading of a cluster went: what it took, and how late it ended. */
export type Reading = { durationMs: number; lateMs: number };

const known = (value: number | null | undefined): number => value ?? Number.NaN;

/**
 * Every number of the newest reading that has a history, but for those of partitions and of what others offer.
 * A cluster that does not answer has but that it does not, and how the reading went: the rest is unknown and left out.
 */
export function pointsOf(snapshot: Snapshot, reading: Reading): SamplePoint[] {
  const isReachable = snapshot.metadata.problem === null && isSampled(snapshot);
  const points: SamplePoint[] = [
    { kind: 'cluster.reachable', name: '', value: isReachable ? 1 : 0 },
    { kind: 'cluster.sample-time', name: '', value: reading.durationMs },
    { kind: 'cluster.sample-late', name: '', value: reading.lateMs },
  ];
  if (!isReachable) return points;
  addCluster(points, snapshot);
  addBrokers(points, snapshot);
  addTopics(points, snapshot);
  for (const point of groupPoints(snapshot)) points.push(point);
  return points;
}

function addCluster(points: SamplePoint[], snapshot: SampledSnapshot): void {
  const { rates, health } = snapshot;
  const isFlowKnown = snapshot.ends.problem === null;
  const flow = (value: number | null): number => (isFlowKnown ? compact(known(value)) : Number.NaN);
  const isReadKnown = isFlowKnown && snapshot.groupOffsets.problem === null;
  points.push(
    { kind: 'cluster.records-in', name: '', value: flow(rates.recordsIn) },
    { kind: 'cluster.bytes-in', name: '', value: flow(rates.bytesIn) },
    { kind: 'cluster.records-out', name: '', value: isReadKnown ? flow(rates.recordsOut) : Number.NaN },
    { kind: 'cluster.bytes-out', name: '', value: isReadKnown ? flow(rates.bytesOut) : Number.NaN },
    { kind: 'cluster.offline', name: '', value: health.offline },
    { kind: 'cluster.under-min-isr', name: '', value: health.underMinIsr },
    { kind: 'cluster.under-replicated', name: '', value: health.underReplicated },
    { kind: 'cluster.brokers-up', name: '', value: snapshot.metadata.value.brokers.length },
    { kind: 'cluster.brokers-down', name: '', value: snapshot.brokersDown.size },
  );
  const behind = snapshot.quorum.problem ? null : votersBehind(snapshot);
  if (behind) points.push({ kind: 'cluster.voters-behind', name: '', value: behind.length });
}

function addBrokers(points: SamplePoint[], snapshot: SampledSnapshot): void {
  const isFlowKnown = snapshot.ends.problem === null;
  for (const [broker, numbers] of brokerNumbers(snapshot)) {
    const name = String(broker);
    const isUp = !snapshot.brokersDown.has(broker);
    points.push({ kind: 'broker.up', name, value: isUp ? 1 : 0 });
    points.push({ kind: 'broker.leaders', name, value: numbers.leaders });
    // What a broker that is away leads and holds now is nothing, and what it would tell is unknown.
    const flow = (value: number): number => (isFlowKnown ? compact(value) : Number.NaN);
    points.push({ kind: 'broker.records-in', name, value: flow(numbers.recordsIn) });
    points.push({ kind: 'broker.bytes-in', name, value: flow(numbers.bytesIn) });
    points.push({ kind: 'broker.size', name, value: isUp ? numbers.sizeBytes : Number.NaN });
  }
  for (const broker of snapshot.brokersDown.keys())
    if (!points.some((point) => point.kind === 'broker.up' && point.name === String(broker)))
      points.push({ kind: 'broker.up', name: String(broker), value: 0 });
}

/** Kind by kind, so that all topics of a kind lie side by side where they are kept. */
function addTopics(points: SamplePoint[], snapshot: SampledSnapshot): void {
  const { names } = snapshot.metadata.value;
  const { topics } = snapshot;
  const isFlowKnown = snapshot.ends.problem === null;
  const add = (kind: SamplePoint['kind'], column: ArrayLike<number>): void => {
    for (let t = 0; t < names.length; t++) points.push({ kind, name: names[t]!, value: column[t]! });
  };
  const flow = (column: Float64Array): ArrayLike<number> =>
    isFlowKnown ? Float32Array.from(column) : new Float64Array(names.length).fill(Number.NaN);
  add('topic.records-in', flow(topics.recordsPerSecond));
  add('topic.bytes-in', flow(topics.bytesPerSecond));
  add('topic.size', topics.sizeBytes);
  add('topic.offline', topics.offline);
  add('topic.under-min-isr', topics.underMinIsr);
  add('topic.under-replicated', topics.underReplicated);
}

/** Seven digits are more than a rate is worth, and half as long where it is kept. */
const compact = Math.fround;
