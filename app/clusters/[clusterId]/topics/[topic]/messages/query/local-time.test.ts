import { describe, expect, it } from 'vitest';
import { fromLocalText, localText } from './local-time.ts';

describe('a moment in a field of date and time', () => {
  it.each([
    ['UTC', '2026-11-21T03:12:40.000Z', '2026-11-21T03:12:40'],
    ['Europe/Berlin', '2026-11-21T03:12:40.000Z', '2026-11-21T04:12:40'],
    ['America/New_York', '2026-07-01T02:00:00.000Z', '2026-06-30T22:00:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00.000Z', '2026-01-01T05:45:00'],
  ])('goes to %s and back', (zone, iso, text) => {
    expect(localText(Date.parse(iso), zone)).toBe(text);
    expect(fromLocalText(text, zone)).toBe(Date.parse(iso));
  });

  it('takes an hour that the change of clocks left out as the next one', () => {
    const moment = fromLocalText('2026-03-29T02:30:00', 'Europe/Berlin');
    expect(localText(moment ?? 0, 'Europe/Berlin')).toBe('2026-03-29T03:30:00');
  });

  it('knows that a text is none', () => {
    expect(fromLocalText('', 'UTC')).toBeNull();
  });
});
