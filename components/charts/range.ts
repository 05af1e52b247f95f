/** A stretch of time on the page: the last so much, or from here to there. Written in the address as `range`. */
export type Range =
  | { kind: 'last'; ms: number; text: string }
  | { kind: 'fixed'; from: number; to: number; text: string };

export const lasts = [
  { value: '15m', label: '15 min', ms: 15 * 60_000 },
  { value: '1h', label: '1 h', ms: 3_600_000 },
  { value: '6h', label: '6 h', ms: 6 * 3_600_000 },
  { value: '24h', label: '24 h', ms: 24 * 3_600_000 },
  { value: '7d', label: '7 d', ms: 7 * 24 * 3_600_000 },
] as const;

export const defaultRange = '1h';

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

/** The shortest usual range that reaches back to where this one begins: what is asked of the server. */
export function coveringRange(range: Range, now: number): (typeof lasts)[number]['value'] {
  const back = now - boundsOf(range, now)[0];
  return (lasts.find((each) => each.ms >= back) ?? lasts[4]).value;
}
