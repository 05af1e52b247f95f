import type { SeriesUnit } from './series-kinds.ts';

const seconds = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
};
const days = { d: 1, day: 1, days: 1, h: 1 / 24, w: 7 };
const bytes = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  pb: 1e15,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};
const counts = { k: 1e3, m: 1e6, g: 1e9, million: 1e6, thousand: 1e3 };

const factorsOf: Readonly<Record<SeriesUnit, Readonly<Record<string, number>>>> = {
  'records/s': counts,
  'bytes/s': bytes,
  'requests/s': counts,
  '/s': counts,
  records: counts,
  bytes,
  ms: { ...seconds, days: seconds.d },
  days,
  share: { '%': 0.01 },
  count: counts,
  state: {},
};

/** What a bare number means in a field of that unit, for the end of the field. */
export const unitWords: Readonly<Record<SeriesUnit, string>> = {
  'records/s': 'records/s',
  'bytes/s': 'bytes/s',
  'requests/s': 'requests/s',
  '/s': 'per second',
  records: 'records',
  bytes: 'bytes',
  ms: 'ms',
  days: 'days',
  share: 'of 1',
  count: '',
  state: '',
};

/**
 * A number as people write it, in the unit of a series: `5 min`, `1 h 30 min`, `12 GB`, `80%`, `1,500`, `2.5k`. Without a unit it is
 * taken as it is. Null when it cannot be read.
 */
export function parseMeasure(text: string, unit: SeriesUnit): number | null {
  const factors = factorsOf[unit];
  const piece = /\s*([+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)/iy;
  const trimmed = text
    .trim()
    .replace('−', '-')
    .replace(/\/s$/i, '')
    .replace(/\bper second$/i, '')
    .trim();
  let total = 0;
  let count = 0;
  while (piece.lastIndex < trimmed.length) {
    const found = piece.exec(trimmed);
    if (!found) return null;
    const [, digits = '', name = ''] = found;
    const factor = name === '' || isOwn(name, unit) ? 1 : factors[name.toLowerCase()];
    // `1 h 30` is not known to mean minutes.
    if (factor === undefined || (count > 0 && name === '')) return null;
    const number = Number(digits.replaceAll(',', ''));
    // 1.1 × 60,000 is not 66,000 in binary.
    total += factor === 1 ? number : Number((number * factor).toPrecision(15));
    count += 1;
  }
  if (count === 0 || (count > 1 && unit !== 'ms' && unit !== 'days')) return null;
  return Number.isFinite(total) ? total : null;
}

/** The unit's own name behind a number: `40 records`. */
const isOwn = (name: string, unit: SeriesUnit): boolean =>
  unit.split('/')[0]?.toLowerCase() === name.toLowerCase() && name !== '';

/** The shortest text that `parseMeasure` reads as exactly that number: `300000` ms is `5 min`, `0.8` is `80%`. */
export function writeMeasure(value: number, unit: SeriesUnit): string {
  const steps: readonly (readonly [number, string])[] =
    unit === 'ms'
      ? [
          [86_400_000, ' d'],
          [3_600_000, ' h'],
          [60_000, ' min'],
          [1000, ' s'],
        ]
      : unit === 'bytes' || unit === 'bytes/s'
        ? [
            [1e12, ' TB'],
            [1e9, ' GB'],
            [1e6, ' MB'],
            [1e3, ' kB'],
          ]
        : unit === 'share'
          ? [[0.01, '%']]
          : [];
  for (const [factor, name] of steps) {
    const number = Number((value / factor).toPrecision(12));
    const isShort = Math.abs(number) >= 1 && String(number).length <= 6;
    const text = `${number}${name}`;
    if (isShort && parseMeasure(text, unit) === value) return text;
  }
  return String(value);
}
