import type { MetadataColumns, OffsetColumns } from '#lib/model/columns.ts';
import { partitionSeries } from '#lib/model/series-kinds.ts';
import { memberPoints } from './lag/group-points.ts';
import { partitionSize } from './roll-up.ts';
import type { SampledSnapshot } from './snapshot.ts';
import type { SamplePoint } from './ticks.ts';

/** How often what is many is taken. */
const everyMs = 60_000;
/** So many partitions at most, those of the busiest topics; and so many pairs of group and partition. */
const mostPartitions = 20_000;
const mostMembers = 20_000;

type Ends = { metadata: MetadataColumns; ends: OffsetColumns; at: number };

/**
 * Numbers of partitions, and of groups on partitions: many, so they are taken once a minute, and bounded. Which topics
 * are among them is chosen when topics come or go, so that a line does not break because another topic was busier.
 */
export class DetailPoints {
  #takenAt: number | null = null;
  #before: Ends | null = null;
  #chosen: { names: readonly string[]; topics: number[] } | null = null;

  /** The points of this minute, or null when the last are not a minute old by the monotonic clock. */
  take(snapshot: SampledSnapshot, nowMs: number): SamplePoint[] | null {
    // Half a second of slack: a beat that comes early is this minute's.
    if (this.#takenAt !== null && nowMs - this.#takenAt < everyMs - 500) return null;
    this.#takenAt = nowMs;
    const points = this.#partitions(snapshot);
    const members = memberPoints(snapshot);
    for (const kind of ['member.lag', 'member.lag-time'] as const) {
      const own = members.filter((point) => point.kind === kind);
      for (const point of own.slice(0, mostMembers)) points.push(point);
    }
    return points;
  }

  #partitions(snapshot: SampledSnapshot): SamplePoint[] {
    const metadata = snapshot.metadata.value;
    const { value: ends, at, problem } = snapshot.ends;
    const before = this.#before;
    const now = ends && at !== null && problem === null ? { metadata, ends, at } : null;
    this.#before = now;
    const rates: SamplePoint[] = [];
    const sizes: SamplePoint[] = [];
    for (const t of this.#topics(snapshot)) {
      const topic = metadata.names[t]!;
      for (let p = metadata.partitionStart[t]!; p < metadata.partitionStart[t + 1]!; p++) {
        const name = partitionSeries(topic, metadata.partition[p]!);
        rates.push({ kind: 'partition.records-in', name, value: rateOf(p, now, before) });
        const size = snapshot.sizes.value ? partitionSize(metadata, snapshot.sizes.value, p) : null;
        sizes.push({ kind: 'partition.size', name, value: size ?? Number.NaN });
      }
    }
    return [...rates, ...sizes];
  }

  #topics(snapshot: SampledSnapshot): number[] {
    const { names, partition, partitionStart } = snapshot.metadata.value;
    if (this.#chosen?.names === names) return this.#chosen.topics;
    let topics = names.map((_, t) => t);
    if (partition.length > mostPartitions) {
      const flow = (t: number): number =>
        snapshot.topics.bytesPerSecond[t] || snapshot.topics.recordsPerSecond[t] || 0;
      let left = mostPartitions;
      topics = topics
        .toSorted((a, b) => flow(b) - flow(a))
        .filter((t) => {
          left -= partitionStart[t + 1]! - partitionStart[t]!;
          return left >= 0;
        })
        .sort((a, b) => a - b);
    }
    // Before the first rates are known any choice would be by chance: it is made anew with the next minute.
    if (snapshot.rates.recordsIn !== null) this.#chosen = { names, topics };
    return topics;
  }
}

/** Records per second since the minute before; unknown when rows are no longer the same or an end is not known. */
function rateOf(p: number, now: Ends | null, before: Ends | null): number {
  if (!now || !before || now.metadata.names !== before.metadata.names || now.at <= before.at)
    return Number.NaN;
  const to = now.ends.offsets[p]!;
  const from = before.ends.offsets[p]!;
  if (to < 0n || from < 0n) return Number.NaN;
  return Math.fround((Math.max(0, Number(to - from)) * 1000) / (now.at - before.at));
}
