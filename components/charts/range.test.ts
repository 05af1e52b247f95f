import { describe, expect, it } from 'vitest';
import { boundsOf, fixedRange, parseRange, rangeWords, wallText, wallTime } from './range.ts';

describe('range of the page', () => {
  it('reads what it writes', () => {
    const text = fixedRange(1_795_226_400_000.4, 1_795_230_000_000);
    expect(parseRange(text)).toEqual({ kind: 'fixed', from: 1_795_226_400_000, to: 1_795_230_000_000, text });
    expect(boundsOf(parseRange('6h'), 100_000_000)).toEqual([100_000_000 - 21_600_000, 100_000_000]);
  });
  it('is the last hour when the address says nonsense', () => {
    for (const text of [null, '', 'yesterday', '5-4', '1795230000000-1795226400000', '1h; drop'])
      expect(parseRange(text).text).toBe('1h');
  });
  it('reads wall time of the page, and knows days that are none', () => {
    const hour = 3_600_000;
    expect(wallTime('2026-11-21T02:41', hour)).toBe(Date.UTC(2026, 10, 21, 1, 41));
    expect(wallTime('2026-11-21 02:41:07', 0)).toBe(Date.UTC(2026, 10, 21, 2, 41, 7));
    expect(wallText(Date.UTC(2026, 10, 21, 1, 41), hour)).toBe('2026-11-21T02:41');
    for (const text of ['', 'noon', '2026-02-30T00:00', '2026-11-21T25:00'])
      expect(wallTime(text, 0)).toBeNull();
  });
  it('is named as it is', () => {
    expect(rangeWords(parseRange('90d'))).toBe('Last 90 days');
    expect(rangeWords(parseRange(fixedRange(1_795_226_400_000, 1_795_230_000_000)))).toBe('Chosen range');
  });
});
