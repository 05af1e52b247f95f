import { Pacer } from '#lib/gateways/kafka/wire/pacer.ts';
import type { MetadataColumns } from '#lib/model/columns.ts';
import { topicOfPartition } from '../reuse-names.ts';
import { partitionSize } from '../roll-up.ts';
import type { GroupEntry, GroupOffsets, Snapshot } from '../snapshot.ts';
import { CommitRings, ringSize } from './commit-rings.ts';
import {
  type Measured,
  measurePartition,
  type PartitionFacts,
  type Peek,
  unreadOf,
} from './measure-partition.ts';
import { OffsetTimeline } from './offset-timeline.ts';
import { rowsBefore } from './rows-before.ts';
import { type GroupSum, GroupSummer, neverCommitted, type PartitionName } from './sum-group.ts';

/** What is remembered of one group between readings. */
type GroupTrack = {
  rings: CommitRings;
  /** By partition row. */
  peeks: Map<number, Peek>;
  /** Readings in a row without members; infinite when it was never seen with any. */
  emptyReads: number;
  sum: GroupSum;
  /** Of each partition as of the newest reading; NaN where not known. */
  lag: Float64Array;
  lagMs: Float64Array;
};

/** A position whose next record is to be looked at: `offset` is where to begin. */
export type PlaceToLook = { groupId: string; row: number; committed: number; offset: number };

/** Looks of one reading at most. */
const looksPerReading = 400;

/** A group's partitions measured against one picture. */
export type MeasuredGroup = {
  rings: CommitRings;
  sum: GroupSum;
  /** Index of the partition furthest behind in time, -1 for none. */
  slowest: number;
  /** Aligned with the rows of the offsets; null for a topic that is gone. */
  partitions: (Measured | null)[];
  facts: (i: number) => PartitionFacts;
};

const withoutMembers = new Set(['Empty', 'Dead']);

/**
 * What the readings of a cluster add up to: tables of offsets and times, rings of commits. It is the one part of a
 * picture that lives on from picture to picture and changes; all that is asked of it is asked of the newest.
 */
export class LagBook {
  #metadata: MetadataColumns | null = null;
  #timelines = new Map<number, OffsetTimeline>();
  #groups = new Map<string, GroupTrack>();
  #wanted: PlaceToLook[] = [];
  #endsAt: number | null = null;
  #offsetsAt: number | null = null;

  /** Takes in what was read anew. With many groups it gives others turns in between. */
  async observe(snapshot: Snapshot): Promise<void> {
    const metadata = snapshot.metadata.value;
    if (!metadata) return;
    this.#follow(metadata);
    const { ends, groupOffsets } = snapshot;
    if (ends.value && !ends.problem && ends.at !== null && ends.at !== this.#endsAt) {
      this.#endsAt = ends.at;
      for (const [row, timeline] of this.#timelines)
        if (ends.value.offsets[row]! >= 0n) timeline.add(Number(ends.value.offsets[row]), ends.at);
    }
    if (groupOffsets.value && groupOffsets.at !== null && groupOffsets.at !== this.#offsetsAt) {
      this.#offsetsAt = groupOffsets.at;
      await this.#readGroups(snapshot, groupOffsets.value, groupOffsets.at);
    }
  }

  /** All groups that are known, also those that did not answer at the newest reading. */
  groupIds(): string[] {
    return [...this.#groups.keys()];
  }

  /** The sum of a group as of its newest reading; null before one. */
  sumOf(groupId: string): GroupSum | null {
    return this.#groups.get(groupId)?.sum ?? null;
  }

  /** Lag in records and in ms of each partition of a group, by row, as of its newest reading; null before one. */
  columnsOf(groupId: string): { rows: Int32Array; lag: Float64Array; lagMs: Float64Array } | null {
    const track = this.#groups.get(groupId);
    return track ? { rows: track.rings.rows, lag: track.lag, lagMs: track.lagMs } : null;
  }

  /** Whether rows mean the same in a picture and here. */
  isAbout(metadata: MetadataColumns): boolean {
    return this.#metadata?.names === metadata.names;
  }

  /** A group measured again: against newer offsets, or to have its partitions one by one. It remembers nothing of it. */
  measure(snapshot: Snapshot, group: GroupEntry, offsets: GroupOffsets, nowMs: number): MeasuredGroup {
    const metadata = snapshot.metadata.value!;
    // Who still holds a picture from before a topic came or went has other rows.
    const track = this.isAbout(metadata) ? this.#groups.get(group.groupId) : undefined;
    const rings = ringsFor(offsets.rows, track?.rings);
    const emptyReads = emptyReadsOf(group, track, 0);
    const facts = this.#factsOf(snapshot, group, offsets, nowMs, { emptyReads, peeks: track?.peeks });
    const summer = new GroupSummer();
    const partitions = [...offsets.rows].map((row, i) => {
      if (row < 0) return null;
      const measured = measurePartition(facts(i), rings, i);
      summer.add(i, measured);
      return measured;
    });
    const named = summer.finish((i) => nameOf(metadata, offsets.rows[i]!), rings);
    const sum = isSilent(group, offsets) ? neverCommitted(named) : named;
    return { rings, sum, slowest: summer.slowestIndex, partitions, facts };
  }

  /** Positions about which the tables say too little, as of the newest reading; some of them when there are many. */
  placesToLook(metadata: MetadataColumns): PlaceToLook[] {
    if (!this.isAbout(metadata)) return [];
    // Each reading begins elsewhere, so that those that never answer, or take all the time there is, hold up no others.
    const from = Math.floor(Math.random() * this.#wanted.length);
    return [...this.#wanted.slice(from), ...this.#wanted.slice(0, from)].slice(0, looksPerReading);
  }

  /** Keeps what was found in the log behind a group's position. */
  learn(groupId: string, row: number, peek: Peek): void {
    this.#groups.get(groupId)?.peeks.set(row, peek);
  }

  async #readGroups(snapshot: Snapshot, read: ReadonlyMap<string, GroupOffsets>, at: number): Promise<void> {
    this.#wanted = [];
    const entries = new Map((snapshot.groups.value ?? []).map((group) => [group.groupId, group]));
    const pacer = new Pacer();
    for (const [groupId, offsets] of read) {
      const group = entries.get(groupId);
      if (group) this.#readGroup(snapshot, group, offsets, at);
      if (pacer.due()) await pacer.turn();
    }
    this.#forget(snapshot, read);
  }

  #readGroup(snapshot: Snapshot, group: GroupEntry, offsets: GroupOffsets, at: number): void {
    const { rows } = offsets;
    const known = this.#groups.get(group.groupId);
    const rings = ringsFor(rows, known?.rings);
    const peeks = known?.peeks ?? new Map<number, Peek>();
    const emptyReads = emptyReadsOf(group, known, 1);
    for (const row of rows) this.#timelineOf(row, snapshot.ends);
    const facts = this.#factsOf(snapshot, group, offsets, at, { emptyReads, peeks });
    const summer = new GroupSummer();
    const lag = new Float64Array(rows.length).fill(Number.NaN);
    const lagMs = new Float64Array(rows.length).fill(Number.NaN);
    for (let i = 0; i < rows.length; i++) {
      if (rows[i]! < 0) continue;
      const own = facts(i);
      if (own.committed >= 0 && own.end >= 0) rings.add(i, own.committed, own.end, unreadOf(own).lag, at);
      const measured = measurePartition(own, rings, i);
      summer.add(i, measured);
      lag[i] = measured.lag;
      lagMs[i] = measured.lagMs;
      this.#wantLook(group.groupId, rows[i]!, own, measured);
    }
    const named = summer.finish((i) => nameOf(snapshot.metadata.value!, rows[i]!), rings);
    const sum = isSilent(group, offsets) ? neverCommitted(named) : named;
    this.#groups.set(group.groupId, { rings, peeks, emptyReads, sum, lag, lagMs });
  }

  /**
   * A look is wanted where records wait whose time no table has, and where a position stands for a while: behind it may be nothing but
   * markers, aborted or compacted records. What was found holds for as long as the position stands.
   */
  #wantLook(groupId: string, row: number, facts: PartitionFacts, m: Measured): void {
    if (!(m.lag > 0)) return;
    const { peek, committed } = facts;
    const isLooked = peek?.committed === committed && peek.next >= 0;
    const isTimeMissing = Number.isNaN(m.lagMs);
    const isStanding = m.standing.standingReads >= ringSize / 2;
    if (isLooked || !(isTimeMissing || isStanding)) return;
    const offset = peek?.committed === committed ? Math.max(peek.until, m.next) : m.next;
    this.#wanted.push({ groupId, row, committed, offset });
  }

  #timelineOf(row: number, ends: Snapshot['ends']): void {
    if (row < 0 || this.#timelines.has(row)) return;
    const timeline = new OffsetTimeline();
    const end = ends.problem ? -1n : (ends.value?.offsets[row] ?? -1n);
    if (end >= 0n && ends.at !== null) timeline.add(Number(end), ends.at);
    this.#timelines.set(row, timeline);
  }

  #factsOf(
    snapshot: Snapshot,
    group: GroupEntry,
    offsets: GroupOffsets,
    now: number,
    { emptyReads, peeks }: { emptyReads: number; peeks: ReadonlyMap<number, Peek> | undefined },
  ): (i: number) => PartitionFacts {
    const metadata = snapshot.metadata.value!;
    const starts = snapshot.starts.value?.offsets;
    // Ends that could not be read now are too old: against them a group that falls behind reads as caught up.
    const ends = snapshot.ends.problem ? undefined : snapshot.ends.value?.offsets;
    const timelines = this.isAbout(metadata) ? this.#timelines : null;
    const stable = snapshot.stable.value?.offsets;
    const sizes = snapshot.sizes.value;
    const retention = snapshot.retention.value;
    const isJoined = group.protocolType !== '';
    return (i) => {
      const row = offsets.rows[i]!;
      const topic = metadata.names[topicOfPartition(metadata, row)]!;
      return {
        now,
        committed: Number(offsets.committed[i]),
        start: Number(starts?.[row] ?? -1n),
        end: Number(ends?.[row] ?? -1n),
        stable: Number(stable?.[row] ?? -1n),
        doneAhead: Math.max(0, Number(offsets.doneAhead?.[i] ?? -1n)),
        sizeBytes: (sizes && partitionSize(metadata, sizes, row)) ?? Number.NaN,
        retention: retention?.get(topic) ?? null,
        timeline: timelines?.get(row) ?? null,
        peek: peeks?.get(row) ?? null,
        emptyReads,
        isJoined,
      };
    };
  }

  /** Rows mean other partitions when topics come and go. */
  #follow(metadata: MetadataColumns): void {
    const before = this.#metadata;
    this.#metadata = metadata;
    if (!before || before.names === metadata.names) return;
    const wasRow = rowsBefore(before, metadata);
    const timelines = new Map<number, OffsetTimeline>();
    const rowNow = new Int32Array(before.partition.length).fill(-1);
    for (let row = 0; row < wasRow.length; row++) {
      const was = wasRow[row]!;
      if (was < 0) continue;
      rowNow[was] = row;
      const timeline = this.#timelines.get(was);
      if (timeline) timelines.set(row, timeline);
    }
    this.#timelines = timelines;
    for (const track of this.#groups.values()) {
      const rows = Int32Array.from(track.rings.rows, (row) => (row < 0 ? -1 : rowNow[row]!));
      // Rows that are gone keep their places until the next reading, and with them the columns.
      track.rings = track.rings.movedTo(rows, (row) => wasRow[row]!);
      track.peeks = new Map(
        [...track.peeks].flatMap(([row, peek]) => (rowNow[row]! < 0 ? [] : [[rowNow[row]!, peek] as const])),
      );
    }
  }

  /** Forgets groups that are gone, and tables that nobody needs. Groups that only do not answer stay. */
  #forget(snapshot: Snapshot, read: ReadonlyMap<string, GroupOffsets>): void {
    const { value, failures, problem } = snapshot.groups;
    if (!value || problem || failures.length > 0 || snapshot.groupOffsets.failures.length > 0) return;
    const listed = new Set(value.map(({ groupId }) => groupId));
    const needed = new Set<number>();
    for (const [groupId, track] of this.#groups) {
      if (!read.has(groupId) && !listed.has(groupId)) this.#groups.delete(groupId);
      else for (const row of track.rings.rows) needed.add(row);
    }
    for (const row of this.#timelines.keys()) if (!needed.has(row)) this.#timelines.delete(row);
  }
}

const nameOf = (metadata: MetadataColumns, row: number): PartitionName => ({
  topic: metadata.names[topicOfPartition(metadata, row)]!,
  partition: metadata.partition[row]!,
});

/** Kafka tells positions only where something was committed: what nobody ever committed is seen by the members alone. */
const isSilent = (group: GroupEntry, offsets: GroupOffsets): boolean =>
  offsets.topics === 0 &&
  group.protocolType === 'consumer' &&
  !['', 'Unknown', 'Empty', 'Dead'].includes(group.groupState);

/** `more` counts the reading that is being taken in. */
function emptyReadsOf(group: GroupEntry, known: GroupTrack | undefined, more: number): number {
  if (!withoutMembers.has(group.groupState)) return 0;
  return known ? known.emptyReads + more : Number.POSITIVE_INFINITY;
}

function ringsFor(rows: Int32Array, known: CommitRings | undefined): CommitRings {
  if (!known) return new CommitRings(rows);
  const isSame = known.rows.length === rows.length && known.rows.every((row, i) => row === rows[i]);
  return isSame ? known : known.movedTo(rows, (row) => row);
}
