/**
 * How often each part of a cluster is asked. With a browser watching, the picture is new every few seconds;
 * with nobody looking, only what alerts and history need, slowly, so that an idle Millrace costs brokers and
 * its own machine next to nothing.
 */
export type Pace = { watched: number; idle: number };

/** Milliseconds between two readings of each part. `base` is the interval of a watched cluster. */
export const paceOf = (base: number) =>
  ({
    state: { watched: base, idle: base * 3 },
    offsets: { watched: base, idle: base * 6 },
    groups: { watched: base * 2, idle: base * 12 },
    sizes: { watched: base * 4, idle: base * 24 },
    quorum: { watched: base * 2, idle: base * 12 },
    configs: { watched: base * 12, idle: base * 60 },
    starts: { watched: base * 6, idle: base * 36 },
    features: { watched: base * 60, idle: base * 120 },
  }) as const satisfies Record<string, Pace>;

export type PartName = keyof ReturnType<typeof paceOf>;

/** Whether a part is due: an unread part always is; half a beat of slack keeps parts on the same tick together. */
export const isDue = (lastMs: number | null, nowMs: number, everyMs: number, beatMs: number): boolean =>
  lastMs === null || nowMs - lastMs >= everyMs - beatMs / 2;
