import { formatBytes, formatCount, formatDuration } from '#lib/format.ts';

const noLimit = new Set([
  'retention.ms',
  'retention.bytes',
  'local.retention.ms',
  'local.retention.bytes',
  'log.retention.ms',
  'log.retention.bytes',
  'log.retention.hours',
  'log.retention.minutes',
]);

/** The largest 64-bit number stands for "never" in many keys. */
const never = 9_223_372_036_854_775_807n;

/** Which unit the number of a config has, from the end of its name; null where the number has none. */
export function unitOf(name: string): 'ms' | 'bytes' | 'minutes' | 'hours' | 'seconds' | null {
  if (/[.]ms$/.test(name)) return 'ms';
  if (/[.]bytes$/.test(name)) return 'bytes';
  if (/[.]minutes$/.test(name)) return 'minutes';
  if (/[.]hours$/.test(name)) return 'hours';
  if (/[.]seconds$/.test(name)) return 'seconds';
  return null;
}

const msOf = { ms: 1, seconds: 1000, minutes: 60_000, hours: 3_600_000 } as const;

/** A raw config value as people say it: `21600000` of `retention.ms` is `6 h`; null where the raw value says it already. */
export function humanValue(name: string, value: string | null): string | null {
  if (value === null || !/^-?\d{1,19}$/.test(value)) return null;
  const number = BigInt(value);
  const unit = unitOf(name);
  if (unit === null) return null;
  if (number === -1n && noLimit.has(name)) return 'No limit';
  if (number === -2n && name.startsWith('local.')) return 'As the topic';
  if (number >= never) return 'Never';
  if (number < 0n) return null;
  if (unit === 'bytes') {
    const quantity = formatBytes(value, 3);
    return quantity.unit === 'B' ? null : `${quantity.value} ${quantity.unit}`;
  }
  const ms = Number(number) * msOf[unit];
  return ms < 1000 && unit === 'ms' ? null : formatDuration(ms);
}

/** Raw and human side by side in one text: `21,600,000 (6 h)`. */
export function bothValues(name: string, value: string | null): string {
  if (value === null) return 'Not set';
  const raw = /^-?\d{4,19}$/.test(value) ? formatCount(value) : value === '' ? 'Empty' : value;
  const human = humanValue(name, value);
  return human ? `${raw} (${human})` : raw;
}
