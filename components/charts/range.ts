/** A stretch of time on the page: the last so much, or from here to there. Written in the address as `range`. */
export type Range =
  | { kind: 'last'; ms: number; text: string }
  | { kind: 'fixed'; from: number; to: number; text: string };

const DAY = 24 * 3_600_000;

export const lasts = [
  { value: '15m', label: '15 min', words: 'Last 15 min', ms: 15 * 60_000 },
  { value: '1h', label: '1 h', words: 'Last hour', ms: 3_600_000 },
  { value: '6h', label: '6 h', words: 'Last 6 hours', ms: 6 * 3_600_000 },
  { value: '24h', label: '24 h', words: 'Last 24 hours', ms: DAY },
  { value: '7d', label: '7 d', words: 'Last 7 days', ms: 7 * DAY },
  { value: '30d', label: '30 d', words: 'Last 30 days', ms: 30 * DAY },
  { value: '90d', label: '90 d', words: 'Last 90 days', ms: 90 * DAY },
] as const;
export type Last = (typeof lasts)[number]['value'];

export const defaultRange = '1h';

/** The least that can be looked at: less than two samples say nothing. */
export const leastRangeMs = 10_000;

/** Reads `range` of an address: `6h`, or two moments in epoch ms `1795226400000-1795230000000`. Anything else is the last hour. */
export function parseRange(text: string | null | undefined): Range {
  const last = lasts.find((each) => each.value === text) ?? lasts[1];
  const fixed = /^(\d{12,14})-(\d{12,14})$/.exec(text ?? '');
  if (fixed) {
    const [from, to] = [Number(fixed[1]), Number(fixed[2])];
    if (to - from >= 1000) return { kind: 'fixed', from, to, text: `${from}-${to}` };
  }
  return { kind: 'last', ms: last.ms, text: last.value };
}

export const fixedRange = (from: number, to: number): string => `${Math.round(from)}-${Math.round(to)}`;

/** From when to when the range reaches at `now`. */
export function boundsOf(range: Range, now: number): [from: number, to: number] {
  return range.kind === 'fixed' ? [range.from, range.to] : [now - range.ms, now];
}

/** `Last hour`, `Chosen range`: the title of what is drawn over it. */
export const rangeWords = (range: Range): string =>
  (range.kind === 'last' ? lasts.find((each) => each.value === range.text)?.words : null) ?? 'Chosen range';

/** Reads `2026-11-21T02:41` or `2026-11-21 02:41:07` as wall time of a zone that is `offsetMs` ahead of UTC; null when it is none. */
export function wallTime(text: string, offsetMs: number): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal = new Date(at).getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? at - offsetMs : null;
}

/** The moment as a field for date and time wants it, in the zone that is `offsetMs` ahead of UTC. */
export const wallText = (at: number, offsetMs: number): string =>
  new Date(at + offsetMs).toISOString().slice(0, 16);
