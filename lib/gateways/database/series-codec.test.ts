import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Points, packPoints, unpackPoints } from './series-codec.ts';

const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const times = (length: number) =>
  fc.uniqueArray(time, { minLength: length, maxLength: length }).map((list) => list.sort((a, b) => a - b));
const pointsOf = (value: fc.Arbitrary<number>): fc.Arbitrary<Points> =>
  fc
    .array(value, { maxLength: 260 })
    .chain((values) => times(values.length).map((at) => ({ times: at, values })));

/** Bit for bit, so that -0, NaN and infinities count. */
const bits = ({ times: at, values }: Points) => ({
  at,
  values: Buffer.from(Float64Array.from(values).buffer),
});

describe('series chunk codec', () => {
  const anyValue = fc.oneof(
    fc.double(),
    fc.maxSafeInteger(),
    fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** 53),
  );
  const kinds: [string, fc.Arbitrary<number>][] = [
    ['any numbers', anyValue],
    ['whole numbers', fc.maxSafeInteger()],
    ['small counts', fc.nat(1000)],
    ['one number', fc.constant(42.5)],
  ];

  for (const [name, value] of kinds) {
    it(`gives back ${name} bit for bit`, () => {
      fc.assert(
        fc.property(pointsOf(value), (points) => {
          expect(bits(unpackPoints(packPoints(points)))).toEqual(bits(points));
        }),
      );
    });
  }

  it('refuses a chunk that was cut short at any byte', () => {
    const packed = packPoints({ times: [1_000, 6_000, 11_003], values: [1.5, 2.25, Math.PI] });
    for (let length = 0; length < packed.length; length++) {
      expect(() => unpackPoints(packed.subarray(0, length)), `cut to ${length}`).toThrow(RangeError);
    }
  });

  it('needs a few bytes in all for a steady beat of one value, two a point for counts, six for rates', () => {
    const at = Array.from({ length: 240 }, (_, i) => 1_760_000_000_000 + i * 5_000);
    expect(packPoints({ times: at, values: at.map(() => 0) }).length).toBeLessThan(40);
    const counts = at.map((_, i) => 100_000 + i * 37);
    expect(packPoints({ times: at, values: counts }).length).toBeLessThan(240 * 2);
    const rates = at.map((_, i) => Math.fround(Math.sin(i) * 1_000));
    expect(packPoints({ times: at, values: rates }).length).toBeLessThan(240 * 6);
  });

  it('reads what was written before times were put in runs', () => {
    // Format 1: way 1 (whole numbers), three points; 10, 20, 40 ms and 5, 6, 4.
    const old = Buffer.from([1, 1, 3, 20, 0, 20, 10, 2, 3]);
    expect(unpackPoints(old)).toEqual({ times: [10, 20, 40], values: [5, 6, 4] });
  });
});
