import { describe, expect, it } from 'vitest';
import { placeWords } from './place-words.ts';

describe('an end of the range in words', () => {
  it.each([
    ['', 'from', 'Oldest kept'],
    ['', 'to', 'Now'],
    ['-15m', 'from', 'Last 15 min'],
    ['-1h', 'from', 'Last hour'],
    ['-24h', 'from', 'Last 24 h'],
    ['-7d', 'from', 'Last 7 days'],
    ['-1h', 'to', 'An hour ago'],
    ['-1d', 'to', 'A day ago'],
    ['-15m', 'to', '15 min ago'],
    ['offset:48211907', 'from', 'Offset 48,211,907'],
    ['2026-11-20T21:00:00.000Z', 'from', '20 Nov 22:00:00'],
    ['group:shipment-planner', 'from', 'Where shipment-planner stands'],
    ['yesterday', 'from', 'yesterday'],
  ] as const)('%s as %s is %s', (text, side, words) => {
    expect(placeWords(text, side, 'Europe/Berlin')).toBe(words);
  });
});
