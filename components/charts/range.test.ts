import { describe, expect, it } from 'vitest';
import { boundsOf, coveringRange, fixedRange, parseRange } from './range.ts';

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
  it('asks for enough to cover what was dragged', () => {
    const now = 1_795_230_000_000;
    expect(coveringRange(parseRange('6h'), now)).toBe('6h');
    expect(coveringRange(parseRange(fixedRange(now - 20 * 60_000, now - 10 * 60_000)), now)).toBe('1h');
    expect(coveringRange(parseRange(fixedRange(now - 30 * 86_400_000, now)), now)).toBe('7d');
  });
});
