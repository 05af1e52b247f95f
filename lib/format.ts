import { writeMeasure } from './model/measure.ts';
import type { SeriesUnit } from './model/series-kinds.ts';

/**
 * Numbers, sizes, durations and times as people read them. Pure; no locale of the machine is asked, so that
 * server and browser write the same text.
 */

/** A number and its unit apart, because the unit is drawn small and grey. */
export type Quantity = { value: string; unit: string };

type Whole = number | bigint | string;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A whole number, exact, with thousands by comma: `48,211,907`. A decimal string of any length stays exact. */
export function formatCount(value: Whole): string {
  const text = typeof value === 'number' ? String(Math.round(value)) : String(value);
  return text.startsWith('-') ? `−${grouped(text.slice(1))}` : grouped(text);
}

/** A change with its sign: `+62`, `−4`, `0`. */
export function formatChange(value: Whole): string {
  const text = formatCount(value);
  return text === '0' || text.startsWith('−') ? text : `+${text}`;
}

/** `1 topic`, `214 topics`: things are counted by name. */
export function formatCountOf(value: Whole, one: string, many: string): string {
  const text = formatCount(value);
  return `${text} ${text === '1' ? one : many}`;
}

/** `value` with at most `digits` figures that count, and no fewer before the point than it has. */
function significant(value: number, digits: number): string {
  const whole = Math.trunc(Math.abs(value)).toString().length;
  const decimals = Math.abs(value) >= 1 ? Math.max(0, digits - whole) : Math.max(0, digits - 1);
  const text = Math.abs(value).toFixed(decimals);
  const [int = '0', fraction] = text.split('.');
  return `${value < 0 ? '−' : ''}${grouped(int)}${fraction ? `.${fraction}` : ''}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/**
 * Bytes in decimal units. Bytes below one kilobyte are exact.
 * @param digits figures that count: 2 in cells (`1.1 GB`, `188 GB`), 3 in headlines (`84.2 MB`)
 */
export function formatBytes(bytes: Whole, digits = 2): Quantity {
  let value = Number(bytes);
  let unit = 0;
  while (unit < byteUnits.length - 1 && Math.abs(value) >= 999.5) {
    value /= 1000;
    unit += 1;
  }
  const name = byteUnits[unit] ?? 'B';
  return { value: unit === 0 ? formatCount(Math.round(value)) : significant(value, digits), unit: name };
}

/** A rate for a headline, in three figures: `61.8` `k/s`. */
export function formatRateShort(perSecond: number): Quantity {
  const magnitude = Math.abs(perSecond);
  if (magnitude >= 999_500_000) return { value: significant(perSecond / 1e9, 3), unit: 'G/s' };
  if (magnitude >= 999_500) return { value: significant(perSecond / 1e6, 3), unit: 'M/s' };
  if (magnitude >= 999.5) return { value: significant(perSecond / 1e3, 3), unit: 'k/s' };
  return { value: formatRate(perSecond), unit: '/s' };
}

/** A rate for a cell: whole from 100 on, one decimal below, never a rounded-away trickle. */
export function formatRate(perSecond: number): string {
  const magnitude = Math.abs(perSecond);
  if (magnitude === 0) return '0';
  if (magnitude < 0.05) return '<0.1';
  return magnitude < 99.95 ? perSecond.toFixed(1).replace('-', '−') : formatCount(perSecond);
}

/** A share of one as percent without space: `64%`. Something that is not nothing never reads 0%. */
export function formatPercent(share: number, decimals = 0): string {
  const percent = share * 100;
  const least = 10 ** -decimals;
  if (percent > 0 && percent < least / 2) return `<${least.toFixed(decimals)}%`;
  return `${percent.toFixed(decimals).replace('-', '−')}%`;
}

/** A number of a series with its unit, as one text: `61.8 k/s`, `14 min 09 s`, `1.1 GB`, `64%`. NaN is `unknown`. */
export function formatMeasure(value: number, unit: SeriesUnit): string {
  if (!Number.isFinite(value)) return 'unknown';
  const joined = ({ value: number, unit: name }: Quantity): string =>
    name.startsWith('/') ? `${number}${name}` : `${number} ${name}`;
  switch (unit) {
    case 'bytes':
      return joined(formatBytes(value, 3));
    case 'bytes/s':
      return `${joined(formatBytes(value, 3))}/s`;
    case 'records/s':
    case 'requests/s':
    case '/s':
      return joined(formatRateShort(value));
    case 'ms':
      return formatDuration(value);
    case 'days':
      return `${Number.isInteger(value) ? formatCount(value) : significant(value, 2)} d`;
    case 'share':
      return formatPercent(value, 1).replace(/\.0%$/, '%');
    case 'records':
    case 'count':
    case 'state':
      return Number.isInteger(value) ? formatCount(value) : significant(value, 3);
  }
}

const bareUnits: Readonly<Record<SeriesUnit, string>> = {
  'records/s': '/s',
  'requests/s': '/s',
  '/s': '/s',
  'bytes/s': ' B/s',
  bytes: ' B',
  ms: ' ms',
  days: ' days',
  records: ' records',
  share: '',
  count: '',
  state: '',
};

/** A number that somebody chose, exact and with its unit: `1,500/s`, `15 min`, `20 GB/s`, `80%`. Nothing of it is rounded. */
export function formatLimit(value: number, unit: SeriesUnit): string {
  const text = writeMeasure(value, unit);
  if (text !== String(value)) return unit === 'bytes/s' ? `${text}/s` : text;
  return `${Number.isInteger(value) ? formatCount(value) : text}${bareUnits[unit]}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A length of time in at most two units: `5 h 08 min`, `14 min 09 s`, `38 s`, `412 ms`, `2 d 23 h`. */
export function formatDuration(ms: Whole): string {
  const total = Math.max(0, Number(ms));
  if (total < 1000) return `${Math.round(total)} ms`;
  if (total < 10_000 && total % 1000 !== 0) return `${(total / 1000).toFixed(1)} s`;
  const seconds = Math.round(total / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) {
    const rest = seconds % 60;
    return `${Math.floor(seconds / 60)} min${rest ? ` ${two(rest)} s` : ''}`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 24 * 60) {
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)} h${rest ? ` ${two(rest)} min` : ''}`;
  }
  const hours = Math.floor(minutes / 60);
  return `${formatCount(Math.floor(hours / 24))} d${hours % 24 ? ` ${hours % 24} h` : ''}`;
}

/** How long ago in words that do not jump: whole seconds, then whole minutes, then hours and minutes. */
export function formatAge(ms: number): string {
  const total = Math.max(0, ms);
  if (total < MINUTE) return `${Math.floor(total / 1000)} s`;
  if (total < HOUR) return `${Math.floor(total / MINUTE)} min`;
  return formatDuration(Math.floor(total / MINUTE) * MINUTE);
}

/** The clock that runs out: `51:38`. Over an hour it shows hours too: `5:08:22`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

export type Instant = number | string;

const epoch = (at: Instant): number => (typeof at === 'number' ? at : Date.parse(at));

const formats = new Map<string, Intl.DateTimeFormat>();

function format(key: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${key} ${zone}`;
  let made = formats.get(id);
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formats.set(id, made);
  }
  return made;
}

/** Time of day: `03:12:38`, or `03:12` without seconds, or with thousandths `22:04:18.204`. */
export function formatTime(at: Instant, zone: string, precision: 'min' | 's' | 'ms' = 's'): string {
  const ms = epoch(at);
  if (Number.isNaN(ms)) return 'Unknown';
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  if (precision === 'min') return format('min', zone, options).format(ms);
  const text = format('s', zone, { ...options, second: '2-digit' }).format(ms);
  return precision === 'ms' ? `${text}.${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}` : text;
}

/** Day: `14 Nov`; with the year when it is not the year of `now`. */
export function formatDay(at: Instant, zone: string, now: number = epoch(at)): string {
  const ms = epoch(at);
  if (Number.isNaN(ms)) return 'Unknown';
  const year = format('year', zone, { year: 'numeric' });
  const base = format('day', zone, { day: 'numeric', month: 'short' }).format(ms).replace('Sept', 'Sep');
  return year.format(ms) === year.format(now) ? base : `${base} ${year.format(ms)}`;
}

/** Name of the zone at that moment: `CET`, `UTC`, `GMT-5`. */
export function formatZone(at: Instant, zone: string): string {
  if (zone === 'UTC') return 'UTC';
  const parts = format('zone', zone, { timeZoneName: 'short' }).formatToParts(epoch(at));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** The whole of it: `21 Nov 2026, 03:12:38 CET`. */
export function formatDateTime(at: Instant, zone: string, precision: 'min' | 's' | 'ms' = 's'): string {
  const ms = epoch(at);
  if (Number.isNaN(ms)) return 'Unknown';
  const year = format('year', zone, { year: 'numeric' }).format(ms);
  return `${formatDay(ms, zone)} ${year}, ${formatTime(ms, zone, precision)} ${formatZone(ms, zone)}`;
}

/** Relative up to 24 hours (`31 min ago`), absolute otherwise (`14 Nov 02:41`). The future says `in 8 s`. */
export function formatWhen(at: Instant, now: number, zone: string): string {
  const ms = epoch(at);
  if (Number.isNaN(ms)) return 'Unknown';
  const age = now - ms;
  if (Math.abs(age) >= DAY) {
    const day = formatDay(ms, zone, now);
    return age < 180 * DAY ? `${day} ${formatTime(ms, zone, 'min')}` : day;
  }
  if (age <= -1000) return `in ${formatAge(-age)}`;
  return age < 1000 ? 'just now' : `${formatAge(age)} ago`;
}

/** A name cut in two so that only its first part is clipped and its end, where the version stands, stays. */
export function splitName(name: string, tail = 10): [head: string, tail: string] {
  if (name.length <= tail + 4) return [name, ''];
  const dot = name.lastIndexOf('.', name.length - 1);
  const cut = dot >= name.length - tail - 1 && dot > 0 ? dot : name.length - Math.ceil(tail / 2);
  return [name.slice(0, cut), name.slice(cut)];
}

/** A name clipped in its middle to `max` characters, keeping its end: `cdc.orders…order_lines`. */
export function clipMiddle(name: string, max: number): string {
  if (name.length <= max) return name;
  const [, tail] = splitName(name, Math.floor(max / 2));
  return `${name.slice(0, Math.max(1, max - tail.length - 1))}…${tail}`;
}
