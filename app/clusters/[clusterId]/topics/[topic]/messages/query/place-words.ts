import { formatCount, formatDay, formatTime } from '#lib/format.ts';
import { parsePlace } from '#lib/model/message-range.ts';

export type Side = 'from' | 'to';

/** What is meant when an end of the range is not given. */
export const openEnd: Record<Side, string> = { from: 'Oldest kept', to: 'Now' };

const units: Record<string, readonly [one: string, many: string]> = {
  s: ['s', 's'],
  m: ['min', 'min'],
  h: ['hour', 'h'],
  d: ['day', 'days'],
};

/** `-15m` as `15 min`, `-1h` as `hour`. */
function lengthOf(text: string): string {
  const [, count = '', unit = ''] = /^-(\d+)([smhd])$/.exec(text) ?? [];
  const [one, many] = units[unit] ?? ['', ''];
  return count === '1' && one !== many ? one : `${formatCount(count)} ${many}`;
}

/** An end of the range as the query bar writes it; what is no such end is given back as it stands. */
export function placeWords(text: string, side: Side, zone: string): string {
  if (text === '') return openEnd[side];
  const place = parsePlace(text);
  switch (place?.kind) {
    case 'offset':
      return `Offset ${formatCount(place.offset)}`;
    case 'time':
      return `${formatDay(place.timestampMs, zone)} ${formatTime(place.timestampMs, zone)}`;
    case 'ago': {
      const length = lengthOf(text);
      if (side === 'from') return `Last ${length}`;
      return /^\d/.test(length) ? `${length} ago` : `${length === 'hour' ? 'An' : 'A'} ${length} ago`;
    }
    case 'group':
      return `Where ${place.groupId} stands`;
    default:
      return text;
  }
}
