import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataValue } from '../decode-plan.ts';
import { printValue } from '../print-value.ts';
import { schemaReader } from '../schema-reader.ts';

const readerOf = (schema: unknown, references: { name: string; text: string }[] = []) => {
  const reader = schemaReader({
    id: '1',
    type: 'AVRO',
    text: typeof schema === 'string' ? schema : JSON.stringify(schema),
    references,
    subjects: [],
  });
  if ('problem' in reader) throw new Error(reader.problem);
  return reader;
};
const read = (schema: unknown, bytes: Buffer | number[]) => {
  const result = readerOf(schema).read(Buffer.from(bytes), 0);
  return 'value' in result ? result.value : { reason: result.reason };
};
const problemOf = (schema: unknown): string => {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  const reader = schemaReader({ id: '1', type: 'AVRO', text, references: [], subjects: [] });
  return 'problem' in reader ? reader.problem : 'none';
};
/** An independent witness, with longs as bigint. */
const long = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

describe('numbers', () => {
  it('of 64 bits are exact, whatever they are', () => {
    const type = avro.Type.forSchema('long', { registry: { long } });
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const decoded = read('"long"', type.toBuffer(value));
        expect(BigInt(decoded as number)).toBe(value);
        expect(printValue(decoded as DataValue, 100).text).toBe(String(value));
      }),
    );
    for (const value of [
      2n ** 53n - 1n,
      2n ** 53n,
      2n ** 53n + 1n,
      -(2n ** 53n),
      -(2n ** 53n) - 1n,
      2n ** 63n - 1n,
    ]) {
      expect(BigInt(read('"long"', type.toBuffer(value)) as number)).toBe(value);
    }
  });

  it('longer than 64 bits are refused', () => {
    expect(read('"long"', [...Array(9).fill(0xff), 0x02])).toEqual({
      reason: 'the number at byte 0 is longer than 64 bits',
    });
    expect(read('"long"', Array(20).fill(0xff))).toMatchObject({ reason: expect.stringContaining('longer') });
  });
});

describe('values that avsc wrote', () => {
  const schema = {
    type: 'record',
    name: 'shop.Order',
    fields: [
      { name: 'id', type: 'string' },
      { name: 'n', type: 'int' },
      { name: 'f', type: 'double' },
      { name: 'on', type: 'boolean' },
      { name: 'maybe', type: ['null', 'string'] },
      { name: 'state', type: { type: 'enum', name: 'State', symbols: ['NEW', 'DONE'] } },
      { name: 'tags', type: { type: 'array', items: 'string' } },
      { name: 'by', type: { type: 'map', values: 'int' } },
      { name: 'raw', type: { type: 'fixed', name: 'Raw', size: 4 } },
      { name: 'next', type: ['null', 'shop.Order'] },
    ],
  };
  const order = (depth: number): fc.Arbitrary<Record<string, unknown>> =>
    fc.record({
      id: fc.string({ unit: 'grapheme', maxLength: 40 }),
      n: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      f: fc.double({ noNaN: true }),
      on: fc.boolean(),
      maybe: fc.option(fc.string()),
      state: fc.constantFrom('NEW', 'DONE'),
      tags: fc.array(fc.string(), { maxLength: 5 }),
      by: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.integer({ min: 0, max: 99 }), { maxKeys: 4 }),
      raw: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
      next: depth === 0 ? fc.constant(null) : fc.option(order(depth - 1)),
    });

  it('are read as they were written, unions without their branch, recursion included', () => {
    const type = avro.Type.forSchema(schema as avro.Schema, { wrapUnions: false });
    const reader = readerOf(schema);
    fc.assert(
      fc.property(order(3), (value) => {
        const bytes = type.toBuffer(value);
        const result = reader.read(bytes, 0);
        expect(result).toMatchObject({ name: 'shop.Order', end: bytes.length });
        expect('value' in result && result.value).toEqual(value);
      }),
      { numRuns: 200 },
    );
  });

  it('cut anywhere, or any bytes at all, give a value or a reason and never throw (P4)', () => {
    const reader = readerOf(schema);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = reader.read(Buffer.from(bytes), 0);
        expect('value' in result || typeof result.reason === 'string').toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('hostile values (P4)', () => {
  const strings = { type: 'array', items: 'string' };

  it('a count of -1 is a block of one with its size', () => {
    expect(read(strings, [0x01, 0x04, 0x02, 0x61, 0x00])).toEqual(['a']);
  });

  it.each([
    ['2^40 items', [0x80, 0x80, 0x80, 0x80, 0x80, 0x40], 'claims 1099511627776 items'],
    ['-2^63 items', [...Array(9).fill(0xff), 0x01, 0x02], 'claims 9223372036854775808 items'],
    ['a text of 2^31 bytes', [0x02, 0x80, 0x80, 0x80, 0x80, 0x10], '2147483648 bytes are announced'],
    ['a text of -1 bytes', [0x02, 0x01], 'the length of a text at byte 1 is -1'],
    ['no end', [0x02, 0x02, 0x61], 'it ends at byte 3'],
  ])('%s', (_name, bytes, reason) => {
    expect(read(strings, bytes)).toEqual({ reason: expect.stringContaining(reason) });
  });

  it('millions of nulls, which take no bytes, are refused', () => {
    const count = [0x80, 0x89, 0x7a]; // 1,000,000
    expect(read({ type: 'array', items: 'null' }, [...count, 0x00])).toMatchObject({
      reason: expect.stringContaining('claims 1000000 items'),
    });
  });

  it('a record within a record, 100,000 deep, is refused', () => {
    const schema = { type: 'record', name: 'N', fields: [{ name: 'next', type: ['null', 'N'] }] };
    expect(read(schema, Array(100_000).fill(2))).toEqual({ reason: 'it is nested deeper than 200 levels' });
    const endless = { type: 'record', name: 'N', fields: [{ name: 'next', type: 'N' }] };
    expect(read(endless, [])).toEqual({ reason: 'it is nested deeper than 200 levels' });
  });
});

describe('logical types', () => {
  const logical = (type: string, logicalType: string, more: object = {}) => ({ type, logicalType, ...more });
  const notesOf = (schema: unknown, bytes: Buffer | number[]) => {
    const result = readerOf(schema).read(Buffer.from(bytes), 0);
    return 'notes' in result ? result.notes?.() : [];
  };
  const decimal = logical('bytes', 'decimal', { precision: 30, scale: 2 });
  const unscaled = (hex: string) => {
    const bytes = Buffer.from(hex, 'hex');
    return Buffer.concat([Buffer.from([bytes.length * 2]), bytes]);
  };

  it.each([
    ['04d2', 12.34],
    ['fb2e', -12.34],
    ['00', 0],
    ['', 0],
    ['038d7ea4c67fff', 9999999999999.99],
    ['00e8d4a51000112233445566', '720575940379293.63' as never],
  ])('a decimal of %s', (hex, value) => {
    const decoded = read(decimal, unscaled(hex));
    if (typeof value === 'number') expect(decoded).toBe(value);
    else
      expect(decoded).toBe(
        `${BigInt(`0x${hex}`) / 100n}.${String(BigInt(`0x${hex}`) % 100n).padStart(2, '0')}`,
      );
  });

  it('keep the raw value, with what it means beside it', () => {
    const millis = logical('long', 'timestamp-millis');
    const at = avro.Type.forSchema('long').toBuffer(1_763_728_375_123);
    expect(read(millis, at)).toBe(1_763_728_375_123);
    expect(notesOf(millis, at)).toEqual([
      { path: '', type: 'timestamp-millis', text: '2025-11-21T12:32:55.123Z' },
    ]);
    expect(notesOf(logical('int', 'date'), avro.Type.forSchema('int').toBuffer(-1))).toEqual([
      { path: '', type: 'date', text: '1969-12-31' },
    ]);
    const micros = avro.Type.forSchema('long').toBuffer(45_296_000_001);
    expect(notesOf(logical('long', 'time-micros'), micros)?.[0]?.text).toBe('12:34:56.000001');
    expect(notesOf(logical('long', 'local-timestamp-micros'), micros)?.[0]?.text).toBe(
      '1970-01-01T12:34:56.000001',
    );
    const nanos = avro.Type.forSchema('long').toBuffer(-1);
    expect(notesOf(logical('long', 'timestamp-nanos'), nanos)?.[0]?.text).toBe(
      '1969-12-31T23:59:59.999999999Z',
    );
    const far = Buffer.from('feffffffffffffffff01', 'hex');
    expect(notesOf(millis, far)).toEqual([]);
    expect(read(millis, far)).toBe(2n ** 63n - 1n);
  });

  it('uuid, duration and big-decimal', () => {
    const uuid = { type: 'fixed', name: 'U', size: 16, logicalType: 'uuid' };
    expect(read(uuid, Buffer.from('f81d4fae7dec41d0a76500a0c91e6bf6', 'hex'))).toBe(
      'f81d4fae-7dec-41d0-a765-00a0c91e6bf6',
    );
    const duration = { type: 'fixed', name: 'D', size: 12, logicalType: 'duration' };
    expect(read(duration, Buffer.from('010000000200000003000000', 'hex'))).toEqual({
      months: 1,
      days: 2,
      millis: 3,
    });
    expect(read(logical('bytes', 'big-decimal'), [0x08, 0x04, 0x04, 0xd2, 0x04])).toBe(12.34);
  });

  it('stand in lists and unions by their path', () => {
    const schema = {
      type: 'record',
      name: 'R',
      fields: [{ name: 'lines', type: { type: 'array', items: ['null', logical('int', 'date')] } }],
    };
    expect(notesOf(schema, [0x04, 0x00, 0x02, 0x02, 0x00])).toEqual([
      { path: 'lines[1]', type: 'date', text: '1970-01-02' },
    ]);
  });
});

describe('schemas', () => {
  it('made to break generated code are data (P16)', () => {
    const evil = '"];process.exit(1);//';
    const schema = {
      type: 'record',
      name: evil,
      doc: '*/ process.exit(1) /*',
      fields: [
        { name: '__proto__', type: 'int', default: evil },
        { name: 'constructor', type: 'string', doc: '`$\\{process.exit(1)}`' },
        { name: evil, type: { type: 'enum', name: '$\\{1}', symbols: [evil] } },
      ],
    };
    const value = read(schema, [0x02, 0x02, 0x61, 0x00]) as Record<string, unknown>;
    expect(Object.getOwnPropertyNames(value)).toEqual(['__proto__', 'constructor', evil]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(printValue(value as DataValue, 1_000).text).toBe(
      `{"__proto__":1,"constructor":"a",${JSON.stringify(evil)}:${JSON.stringify(evil)}}`,
    );
  });

  it.each([
    ['not JSON', '{', 'the schema is not JSON'],
    ['an unknown name', { type: 'record', name: 'R', fields: [{ name: 'a', type: 'Q' }] }, 'refers to Q'],
    ['no type', {}, 'a type of the schema has no "type"'],
    ['no fields', { type: 'record', name: 'R' }, 'a record has no fields'],
    ['a fixed of 2^40', { type: 'fixed', name: 'F', size: 2 ** 40 }, 'no size that can be'],
    ['100,000 levels', `${'['.repeat(100_000)}"int"${']'.repeat(100_000)}`, 'deep'],
  ])('%s', (_name, schema, problem) => {
    expect(problemOf(schema)).toContain(problem);
  });

  it('refer to others, by full name and in their own namespace', () => {
    const reader = readerOf(
      { type: 'record', name: 'Order', namespace: 'shop', fields: [{ name: 'by', type: 'Customer' }] },
      [
        {
          name: 'shop.Customer',
          text: '{"type":"record","name":"Customer","namespace":"shop","fields":[{"name":"id","type":"int"}]}',
        },
      ],
    );
    expect(reader.read(Buffer.from([0x0e]), 0)).toMatchObject({ value: { by: { id: 7 } } });
  });

  it('may be the bare name of a primitive', () => {
    expect(read('string', [0x02, 0x61])).toBe('a');
  });
});
