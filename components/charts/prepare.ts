/**
 * Turns samples into what a chart draws. Pure. A gap stays a gap and is never zero; the axis begins at zero; ticks
 * stand at round values and round times.
 */

/** A sample: epoch ms and value; null is a sample that could not be taken. */
export type Point = readonly [at: number, value: number | null];

export type SeriesInput = {
  id: string;
  name: string;
  points: readonly Point[];
  /** How often it is sampled, ms, if it is always so: two samples further apart than two and a half of it have a gap between them. */
  everyMs?: number;
};

export type PreparedSeries = {
  id: string;
  name: string;
  /** Sorted, inside the range, thinned; a null stands wherever the line stops. */
  points: Point[];
  gaps: [from: number, to: number][];
  now: number | null;
  least: number | null;
  most: number | null;
};

export type Prepared = {
  from: number;
  to: number;
  series: PreparedSeries[];
  /** Stretches where no series has a value. */
  gaps: [from: number, to: number][];
  yMax: number;
  yTicks: number[];
  xTicks: number[];
  isEmpty: boolean;
};

/** The usual distance between samples: the median, so that gaps do not count. */
export function usualStep(points: readonly Point[]): number {
  const steps: number[] = [];
  for (let i = 1; i < points.length; i += 1) steps.push((points[i]?.[0] ?? 0) - (points[i - 1]?.[0] ?? 0));
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** A sample that is late is no gap, however quick the pace; the server holds history to the same. */
const shortestSilence = 12_500;

/** The longest silence that is no gap: two and a half steps. */
const longestSilence = (input: SeriesInput, sorted: readonly Point[]): number =>
  input.everyMs === undefined ? Math.max(usualStep(sorted) * 2.5, shortestSilence) : input.everyMs * 2.5;

/**
 * Where the line has to stop: from a known value over nulls to the next, however close they are, and silences longer than `limit`, also
 * at both ends of the range. Old samples are of minutes, new ones of seconds: a silence is held to the distance before it as well.
 */
function findGaps(points: readonly Point[], limit: number, from: number, to: number): [number, number][] {
  const steps = points.slice(1, 3).map(([at], i) => at - points[i]![0]);
  let step = steps.length > 0 ? Math.min(...steps) : 0;
  const isLong = (silence: number): boolean => silence > Math.max(limit, step * 2.5);
  const gaps: [number, number][] = [];
  let last: number | null = null;
  let isUnknown = false;
  for (const [at, value] of points) {
    if (value === null) {
      isUnknown = true;
      continue;
    }
    if (last === null) {
      if (isLong(at - from)) gaps.push([from, at]);
    } else if (isUnknown || isLong(at - last)) gaps.push([last, at]);
    else step = at - last;
    last = at;
    isUnknown = false;
  }
  if (last === null) return [[from, to]];
  if (isUnknown || isLong(to - last)) gaps.push([last, to]);
  return gaps;
}

/**
 * At most `max` points: each bucket keeps its least and its most in their order, so that a peak is never lost. Nulls that part two runs are kept.
 */
export function thin(points: readonly Point[], max: number): Point[] {
  if (points.length <= max) return [...points];
  const size = points.length / (max / 2);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += size) {
    const bucket = points.slice(Math.floor(start), Math.floor(start + size));
    let low: Point | null = null;
    let high: Point | null = null;
    let hole: Point | null = null;
    for (const point of bucket) {
      if (point[1] === null) hole = point;
      else {
        if (low === null || point[1] < (low[1] as number)) low = point;
        if (high === null || point[1] > (high[1] as number)) high = point;
      }
    }
    const chosen = [...new Set([low, high, hole].filter((point) => point !== null))];
    kept.push(...chosen.sort((a, b) => a[0] - b[0]));
  }
  return kept;
}

/** Round values from zero up to at least `most`: three or four rules. */
export function valueTicks(most: number, count = 3): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  for (let tick = 0; ; tick += 1) {
    const value = Number((tick * step).toPrecision(12));
    ticks.push(value);
    if (value >= most * 0.999) return ticks;
  }
}

const MIN = 60_000;
const timeSteps = [
  1000,
  5000,
  10_000,
  15_000,
  30_000,
  MIN,
  2 * MIN,
  5 * MIN,
  10 * MIN,
  15 * MIN,
  30 * MIN,
  60 * MIN,
  120 * MIN,
  180 * MIN,
  360 * MIN,
  720 * MIN,
  1440 * MIN,
  2880 * MIN,
  7 * 1440 * MIN,
];

/** Round moments in the range. `offsetMs` is what the page's zone is ahead of UTC, so that days begin at its midnight. */
export function timeTicks(from: number, to: number, count = 6, offsetMs = 0): number[] {
  const step = timeSteps.find((each) => (to - from) / each <= count) ?? 30 * 1440 * MIN;
  const ticks: number[] = [];
  for (let at = Math.ceil((from + offsetMs) / step) * step; at <= to + offsetMs; at += step)
    ticks.push(at - offsetMs);
  return ticks;
}

/** What the zone is ahead of UTC at a moment, ms. */
export function zoneOffset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(at / 1000) * 1000;
}

/** The stretches that all lists of gaps have in common. */
export function commonGaps(lists: readonly (readonly [number, number][])[]): [number, number][] {
  const [first = [], ...rest] = lists;
  return rest.reduce<[number, number][]>(
    (common, gaps) =>
      common.flatMap(([from, to]) =>
        gaps.flatMap(([a, b]): [number, number][] => {
          const [start, end] = [Math.max(from, a), Math.min(to, b)];
          return end > start ? [[start, end]] : [];
        }),
      ),
    first.map(([from, to]) => [from, to]),
  );
}

/** Prepares series for one chart over `from`–`to`. */
export function prepare(
  inputs: readonly SeriesInput[],
  options: {
    from: number;
    to: number;
    maxPoints?: number;
    zone?: string;
    atLeast?: number;
    xCount?: number;
    yCount?: number;
  },
): Prepared {
  const { from, to, maxPoints = 400, zone = 'UTC', atLeast = 0, xCount = 6, yCount = 3 } = options;
  let most = atLeast;
  const series = inputs.map((input): PreparedSeries => {
    const sorted = [...input.points].sort((a, b) => a[0] - b[0]);
    const limit = longestSilence(input, sorted);
    const inside = sorted.filter(([at]) => at >= from && at <= to);
    const gaps = findGaps(inside, limit, from, to);
    const values = inside.flatMap(([, value]) => (value === null ? [] : [value]));
    const highest = values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : null;
    if (highest !== null) most = Math.max(most, highest);
    const known = thin(
      inside.filter(([, value]) => value !== null),
      maxPoints,
    );
    const withHoles: Point[] = [];
    for (const point of known) {
      const before = withHoles.at(-1);
      if (before && gaps.some(([a, b]) => a >= before[0] && b <= point[0]))
        withHoles.push([before[0] + 1, null]);
      withHoles.push(point);
    }
    const last = inside.at(-1);
    return {
      id: input.id,
      name: input.name,
      points: withHoles,
      gaps,
      // The newest value counts as now only while it is not followed by silence.
      now: last && to - last[0] <= limit ? last[1] : null,
      least: values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : null,
      most: highest,
    };
  });
  const isEmpty = series.every((each) => each.points.length === 0);
  const yTicks = isEmpty && most === 0 ? [0] : valueTicks(most, yCount);
  return {
    from,
    to,
    series,
    gaps: commonGaps(series.map((each) => each.gaps)),
    yMax: yTicks.at(-1) || 1,
    yTicks,
    xTicks: timeTicks(from, to, xCount, zoneOffset(to, zone)),
    isEmpty,
  };
}

/** The value of a series at a moment: of the nearest sample, or null inside a gap. */
export function valueAt(series: Pick<PreparedSeries, 'points' | 'gaps'>, at: number): number | null {
  if (series.gaps.some(([from, to]) => at > from && at < to)) return null;
  let best: Point | null = null;
  for (const point of series.points) {
    if (point[1] === null) continue;
    if (best === null || Math.abs(point[0] - at) < Math.abs(best[0] - at)) best = point;
  }
  return best?.[1] ?? null;
}
