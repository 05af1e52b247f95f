import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatRateShort } from '#lib/format.ts';
import { axisScale, axisTime } from './axis.ts';

describe('axes', () => {
  it('have one unit, which stands in the title', () => {
    const bytes = axisScale(100_000_000, (value) => {
      const { value: text, unit } = formatBytes(value, 3);
      return { value: text, unit: `${unit}/s` };
    });
    expect(bytes.unit).toBe('MB per second');
    expect([0, 500_000, 50_000_000, 100_000_000].map(bytes.tick)).toEqual(['0', '0.5', '50', '100']);
    const rate = axisScale(2_000, formatRateShort);
    expect([rate.unit, rate.tick(1_500)]).toEqual(['k per second', '1.5']);
    const count = axisScale(4_000, (value) => ({ value: formatCount(value), unit: '' }));
    expect([count.unit, count.tick(2_000)]).toEqual(['', '2,000']);
  });
  it('write days when the range is long', () => {
    const to = Date.parse('2026-11-21T02:00:00Z');
    expect(axisTime(to - 3_600_000, to, 'UTC')(to)).toBe('02:00');
    expect(axisTime(to - 7 * 86_400_000, to, 'UTC')(to)).toBe('21 Nov');
  });
});
