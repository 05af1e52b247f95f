/** So many partitions are read on every beat; a larger cluster is read as much more rarely as it is larger. */
const partitionsPerBeat = 50_000;

/**
 * Milliseconds between two readings of each part, whether somebody looks or not: alerts and history depend on no reader.
 * What changes quickly is read on every beat of `base`, the rest more rarely. A cluster of 100,000 partitions is read
 * every second beat, so that reading stays a small share of one processor and a broker that dies is still seen within
 * fifteen seconds.
 */
export function paceOf(base: number, partitions = 0) {
  const beat = base * Math.min(3, Math.max(1, Math.ceil(partitions / partitionsPerBeat)));
  return {
    state: beat,
    offsets: beat,
    groups: beat * 2,
    sizes: beat * 4,
    quorum: beat * 2,
    configs: beat * 12,
    starts: beat * 6,
    features: beat * 60,
  } as const satisfies Record<string, number>;
}

export type PartName = keyof ReturnType<typeof paceOf>;

/** Whether a part is due: an unread part always is; half a beat of slack keeps parts on the same tick together. */
export const isDue = (lastMs: number | null, nowMs: number, everyMs: number, beatMs: number): boolean =>
  lastMs === null || nowMs - lastMs >= everyMs - beatMs / 2;
