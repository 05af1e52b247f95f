import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPositionFile } from './position-file.ts';

describe('a file of positions', () => {
  it('is read as Kafka exports it, with or without the group and a head', () => {
    const expected = {
      ok: true,
      positions: [
        { topic: 'orders', partition: 0, offset: '12' },
        { topic: 'a.b', partition: 7, offset: '9223372036854775807' },
      ],
    };
    expect(readPositionFile('"orders",0,12\n"a.b",7,9223372036854775807\n', 'g')).toEqual(expected);
    expect(readPositionFile('orders, 0, 12\r\na.b,7,9223372036854775807', 'g')).toEqual(expected);
    expect(readPositionFile('topic,partition,offset\norders,0,12\na.b,7,9223372036854775807', 'g')).toEqual(
      expected,
    );
    expect(
      readPositionFile('"g","orders",0,12\n"other","orders",0,1\n"g","a.b",7,9223372036854775807', 'g'),
    ).toEqual(expected);
  });

  it('is read as JSON, exact beyond what numbers hold', () => {
    const rows = '[{"topic": "orders", "partition": 1, "offset": "9223372036854775807"}]';
    const positions = [{ topic: 'orders', partition: 1, offset: '9223372036854775807' }];
    expect(readPositionFile(rows, 'g')).toEqual({ ok: true, positions });
    expect(readPositionFile(`{"partitions": ${rows}, "version": 1}`, 'g')).toEqual({ ok: true, positions });
    expect(
      readPositionFile('[{"topic": "orders", "partition": 1, "offset": 9223372036854775807}]', 'g').ok,
    ).toBe(false);
  });

  it.each([
    ['orders,0', 'Line 1: write topic,partition,offset.'],
    ['orders,0,1\norders,x,1', 'Line 2: x is no partition.'],
    ['orders,0,-1', 'Line 1: -1 is no offset.'],
    ['orders,0,9223372036854775808', 'Line 1: 9223372036854775808 is no offset.'],
    ['orders,0,1\norders,0,2', 'The file names orders partition 0 twice.'],
    ['other,orders,0,1', 'The file names no position of this group.'],
    ['{"a": ', 'The file begins like JSON and is none.'],
    ['', 'The file names no position of this group.'],
  ])('%j: %s', (text, problem) => {
    expect(readPositionFile(text, 'g')).toEqual({ ok: false, problem });
  });

  it('gives back what was written, whatever the names are', () => {
    const position = fc.record({
      topic: fc
        .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
        .filter((name) => /^\S(.*\S)?$/.test(name)),
      partition: fc.integer({ min: 0, max: 999_999 }),
      offset: fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }).map(String),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(position, {
          minLength: 1,
          selector: ({ topic, partition }) => `${topic}/${partition}`,
        }),
        (positions) => {
          const csv = positions.map(
            ({ topic, partition, offset }) => `"${topic.replaceAll('"', '""')}",${partition},${offset}`,
          );
          expect(readPositionFile(csv.join('\n'), 'g')).toEqual({ ok: true, positions });
          expect(readPositionFile(JSON.stringify(positions), 'g')).toEqual({ ok: true, positions });
        },
      ),
    );
  });
});
