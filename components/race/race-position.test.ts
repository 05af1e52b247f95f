import { describe, expect, it } from 'vitest';
import { racePosition } from './race-position.ts';

describe('position in a log', () => {
  it('goes from what retention deletes next to now, exact for 64-bit offsets', () => {
    expect(racePosition('9223372036854775807', '9223372036854775707', '9223372036854775807')).toBe(1);
    expect(racePosition('9223372036854775757', '9223372036854775707', '9223372036854775807')).toBe(0.5);
    expect(racePosition(0, 100, 200)).toBe(0);
    expect(racePosition(null, 0, 10)).toBeNull();
  });
  it('an empty log is read to its end', () => {
    expect(racePosition(5, 5, 5)).toBe(1);
  });
});
