import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMeasure, writeMeasure } from './measure.ts';
import { seriesFacts } from './series-kinds.ts';

const units = [...new Set(Object.values(seriesFacts).map(({ unit }) => unit))];

describe('numbers as people write them', () => {
  it.each([
    ['5 min', 'ms', 300_000],
    ['1 h 30 min', 'ms', 5_400_000],
    ['250', 'ms', 250],
    ['1.5 GB', 'bytes', 1_500_000_000],
    ['10 MB/s', 'bytes/s', 10_000_000],
    ['80%', 'share', 0.8],
    ['1,500', 'records', 1500],
    ['2.5k', 'records/s', 2500],
    ['40 records', 'records', 40],
    ['14 days', 'days', 14],
    ['-3', 'count', -3],
  ] as const)('%s in %s', (text, unit, value) => expect(parseMeasure(text, unit)).toBe(value));

  it.each([
    ['', 'ms'],
    ['soon', 'ms'],
    ['5 GB', 'ms'],
    ['1 h 30', 'ms'],
    ['1 2', 'count'],
    ['5 min', 'records'],
    ['1e999', 'count'],
  ] as const)('%j is none in %s', (text, unit) => expect(parseMeasure(text, unit)).toBeNull());

  it('are read again as exactly what was written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        fc.oneof(fc.integer(), fc.double({ noNaN: true, min: -1e18, max: 1e18 })),
        (unit, value) => parseMeasure(writeMeasure(value, unit), unit) === value + 0,
      ),
    );
  });
  it('are written short', () => {
    expect(writeMeasure(300_000, 'ms')).toBe('5 min');
    expect(writeMeasure(90_000, 'ms')).toBe('1.5 min');
    expect(writeMeasure(0.8, 'share')).toBe('80%');
    expect(writeMeasure(5e9, 'bytes')).toBe('5 GB');
    expect(writeMeasure(0, 'ms')).toBe('0');
  });
});
