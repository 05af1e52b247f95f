/** How far the zone is ahead of UTC at a moment, in ms. */
function offsetMs(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const asUtc = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return asUtc - Math.floor(ms / 1000) * 1000;
}

/** A moment as a field of date and time holds it, `2026-11-21T04:12:40`, in the zone. */
export const localText = (ms: number, zone: string): string =>
  new Date(ms + offsetMs(ms, zone)).toISOString().slice(0, 19);

/**
 * The moment that such a text means in the zone, epoch ms; null when it is none. An hour that a change of clocks left out is taken as
 * the one after it.
 */
export function fromLocalText(text: string, zone: string): number | null {
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return null;
  const guess = wall - offsetMs(wall, zone);
  return wall - offsetMs(guess, zone);
}
