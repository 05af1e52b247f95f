import type { Quantity } from '#lib/format.ts';
import { formatBytes, formatCount, formatRateShort } from '#lib/format.ts';
import type { SeriesKind, SeriesUnit } from '#lib/model/series-kinds.ts';
import { factsOfSeries } from '#lib/model/series-kinds.ts';
import { stateWordsOf } from '#lib/model/state-words.ts';

export type Format = (value: number) => Quantity;

/** Three figures that count, and none after the point where they say nothing. */
const short = (value: number): string => {
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return formatCountWith(Number(value.toFixed(decimals)));
};
const formatCountWith = (value: number): string =>
  Number.isInteger(value) ? formatCount(value) : String(value).replace('-', '−');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time as one number with one unit, because an axis and its ticks must agree on it: `1.53` `s`. */
export function formatSpan(ms: number): Quantity {
  const size = Math.abs(ms);
  if (size < SECOND) return { value: short(ms), unit: 'ms' };
  if (size < 2 * MINUTE) return { value: short(ms / SECOND), unit: 's' };
  if (size < 2 * HOUR) return { value: short(ms / MINUTE), unit: 'min' };
  if (size < 2 * DAY) return { value: short(ms / HOUR), unit: 'h' };
  return { value: short(ms / DAY), unit: 'd' };
}

const byUnit: Readonly<Record<Exclude<SeriesUnit, 'state'>, Format>> = {
  'records/s': formatRateShort,
  'requests/s': formatRateShort,
  '/s': formatRateShort,
  'bytes/s': (value) => {
    const { value: text, unit } = formatBytes(value, 3);
    return { value: text, unit: `${unit}/s` };
  },
  bytes: (value) => formatBytes(value, 3),
  records: (value) => ({ value: formatCount(value), unit: '' }),
  ms: formatSpan,
  days: (value) => ({ value: short(value), unit: value === 1 ? 'day' : 'days' }),
  share: (value) => ({ value: short(value * 100), unit: '%' }),
  count: (value) => ({ value: short(value), unit: '' }),
};

/** What a number of a state is called; one between two states is a mean of several. */
function stateWords(kind: SeriesKind, value: number): string {
  return stateWordsOf(kind).find((state) => state.value === value)?.label ?? 'Changed';
}

/** Writes the values of a kind with their unit. */
export function formatOfSeries(kind: SeriesKind): Format {
  const { unit } = factsOfSeries(kind);
  return unit === 'state' ? (value) => ({ value: stateWords(kind, value), unit: '' }) : byUnit[unit];
}

/** A value of a kind as a text: `84.2 MB/s`, `11%`. */
export function valueText(kind: SeriesKind, value: number): string {
  const { value: text, unit } = formatOfSeries(kind)(value);
  return unit === '%' || unit === '/s' ? `${text}${unit}` : unit ? `${text} ${unit}` : text;
}
