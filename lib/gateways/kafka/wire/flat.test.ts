import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlatReader } from './flat-reader.ts';
import { FlatWriter } from './flat-writer.ts';

describe('flat reader and writer', () => {
  it('read back what was written', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.option(fc.string({ unit: 'grapheme', maxLength: 300 })),
        fc.boolean(),
        fc.uint8Array({ maxLength: 300 }),
        (long, count, text, flexible, bytes) => {
          const written = new FlatWriter(16)
            .int64(long)
            .uvarint(count)
            .string(text, flexible)
            .bytes(Buffer.from(bytes), flexible)
            .int16(-2)
            .tags(flexible)
            .done();
          const reader = new FlatReader(written);
          expect(reader.int64()).toBe(long);
          expect(reader.uvarint()).toBe(count);
          expect(reader.string(flexible)).toBe(text === null ? null : Buffer.from(text).toString());
          expect(reader.bytes(flexible)).toEqual(Buffer.from(bytes));
          expect(reader.int16()).toBe(-2);
          reader.tags(flexible);
          expect(reader.remaining).toBe(0);
        },
      ),
    );
  });

  it('a size in bytes is exact up to 2^53', () => {
    for (const size of [0n, 1n, 2n ** 32n, 2n ** 53n - 1n, -1n]) {
      expect(new FlatReader(new FlatWriter().int64(size).done()).int64AsNumber()).toBe(Number(size));
    }
  });

  it('refuses a list longer than the frame before it makes room for it', () => {
    const reader = new FlatReader(new FlatWriter().int32(2 ** 30).done());
    expect(() => reader.count(false, 4)).toThrow(expect.objectContaining({ code: 'kafka.bad-frame' }));
  });

  it.each(['int8', 'int16', 'int32', 'int64', 'uvarint', 'uuid'] as const)(
    '%s past the end is a broken frame',
    (read) => {
      expect(() => new FlatReader(Buffer.alloc(0))[read]()).toThrow(
        expect.objectContaining({ code: 'kafka.bad-frame' }),
      );
    },
  );

  it('skips tagged fields, or hands them on', () => {
    const bytes = new FlatWriter()
      .uvarint(2)
      .uvarint(0)
      .uvarint(1)
      .int8(7)
      .uvarint(3)
      .uvarint(2)
      .int16(9)
      .int8(42)
      .done();
    const seen: [number, number][] = [];
    const reader = new FlatReader(bytes);
    reader.tags(true, (tag, field) => seen.push([tag, field.remaining]));
    expect(seen).toEqual([
      [0, 1],
      [3, 2],
    ]);
    expect(reader.int8()).toBe(42);
  });
});
