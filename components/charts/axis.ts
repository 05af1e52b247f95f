import type { Quantity } from '#lib/format.ts';
import { formatDay, formatTime } from '#lib/format.ts';

/** Times of an axis: of the day within a day and a half, days beyond. */
export const axisTime =
  (from: number, to: number, zone: string) =>
  (at: number): string =>
    to - from > 36 * 3_600_000
      ? formatDay(at, zone, at)
      : formatTime(at, zone, to - from < 300_000 ? 's' : 'min');

/** One unit for a whole axis, that of its highest value, so that it can stand in the title and the ticks are numbers alone. */
export function axisScale(
  yMax: number,
  format: (value: number) => Quantity,
): { unit: string; tick: (value: number) => string } {
  const top = format(yMax);
  const shown = Number(top.value.replace(/,/g, ''));
  const scale = shown > 0 && Number.isFinite(shown) ? yMax / shown : 1;
  const tick = (value: number) => {
    const number = Number((value / scale).toPrecision(3));
    return number >= 1000 ? number.toLocaleString('en-US') : String(number);
  };
  return { unit: top.unit.replace(/^\/s$/, 'per second').replace(/\/s$/, ' per second'), tick };
}
