import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Encoded, type EncodeSchema, runEncode, type SchemaDescription } from './encode-task.ts';

/** What is written is read by avsc, which had no part in writing it. */

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
const witness = (schema: unknown) =>
  avro.Type.forSchema(schema as avro.Schema, { registry: { long }, wrapUnions: true });

const schemaOf = (schema: unknown, references: EncodeSchema['references'] = []): EncodeSchema => ({
  id: '258',
  type: 'AVRO',
  text: typeof schema === 'string' ? schema : JSON.stringify(schema),
  references,
});
function encode(schema: unknown, text: string, references: EncodeSchema['references'] = []): Encoded {
  const answer = runEncode({
    kind: 'encode',
    schema: schemaOf(schema, references),
    message: null,
    texts: [text],
  });
  if ('problem' in answer) throw new Error(answer.problem);
  return (answer as { encoded: Encoded[] }).encoded[0]!;
}
function bytesOf(schema: unknown, text: string): Buffer {
  const encoded = encode(schema, text);
  if ('errors' in encoded) throw new Error(JSON.stringify(encoded.errors));
  return Buffer.from(encoded.bytes);
}
const read = (schema: unknown, text: string): unknown =>
  witness(schema).fromBuffer(bytesOf(schema, text).subarray(5));
const errorsOf = (schema: unknown, text: string) => {
  const encoded = encode(schema, text);
  return 'errors' in encoded ? encoded.errors.map(({ path, message }) => `${path}: ${message}`) : [];
};

const record = (...fields: object[]) => ({ type: 'record', name: 'Order', namespace: 'shop', fields });

describe('Avro, as avsc reads it', () => {
  it('begins with the wire prefix', () => {
    expect([...bytesOf('"null"', 'null')]).toEqual([0, 0, 0, 1, 2]);
  });

  it('keeps every digit of a 64-bit number, written as number or as text', () => {
    const schema = record({ name: 'n', type: 'long' });
    for (const n of [9007199254740993n, -9223372036854775808n, 9223372036854775807n, 0n]) {
      expect(read(schema, `{"n": ${n}}`)).toEqual({ n });
      expect(read(schema, `{"n": "${n}"}`)).toEqual({ n });
    }
    expect(read(schema, '{"n": 1.2e3}')).toEqual({ n: 1200n });
  });

  it('writes every kind of type', () => {
    const schema = record(
      { name: 'flag', type: 'boolean' },
      { name: 'i', type: 'int' },
      { name: 'f', type: 'float' },
      { name: 'd', type: 'double' },
      { name: 'b', type: 'bytes' },
      { name: 's', type: 'string' },
      { name: 'x', type: { type: 'fixed', name: 'Two', size: 2 } },
      { name: 'e', type: { type: 'enum', name: 'State', symbols: ['A', 'B'] } },
      { name: 'list', type: { type: 'array', items: 'int' } },
      { name: 'map', type: { type: 'map', values: 'string' } },
      { name: 'u', type: ['null', 'string', 'int'] },
      { name: 'again', type: ['null', 'State'] },
    );
    const text = `{"flag": true, "i": -3, "f": 0.5, "d": 1e300, "b": "AP8=", "s": "ż漢🛶", "x": "AQI=", "e": "B",
      "list": [1, 2], "map": {"__proto__": "x", "k": ""}, "u": 7, "again": "A"}`;
    const found = read(schema, text) as Record<string, unknown>;
    expect(found).toMatchObject({
      flag: true,
      i: -3,
      f: 0.5,
      d: 1e300,
      s: 'ż漢🛶',
      e: 'B',
      list: [1, 2],
      u: { int: 7 },
    });
    expect(found.again).toEqual({ 'shop.State': 'A' });
    expect(found.b).toEqual(Buffer.from([0, 255]));
    expect(found.x).toEqual(Buffer.from([1, 2]));
    expect(Object.entries(found.map as object)).toContainEqual(['k', '']);
  });

  it('fills in defaults, also long ones, and takes a union branch by its name', () => {
    const schema = `{"type": "record", "name": "R", "fields": [
      {"name": "n", "type": "long", "default": 9007199254740993},
      {"name": "b", "type": "bytes", "default": "\\u00ff"},
      {"name": "u", "type": ["null", "string"], "default": null},
      {"name": "v", "type": ["int", "long"]}]}`;
    expect(read(JSON.parse(schema.replace('9007199254740993', '0')), '{"v": {"long": 5}}')).toMatchObject({
      v: { long: 5n },
      b: Buffer.from([255]),
      u: null,
    });
    const bytes = bytesOf(schema, '{"v": 5}').subarray(5);
    expect(avro.Type.forSchema('long' as avro.Schema, { registry: { long } }).decode(bytes).value).toBe(
      9007199254740993n,
    );
  });

  it('understands dates, times, moments, decimals and durations', () => {
    const schema = record(
      { name: 'day', type: { type: 'int', logicalType: 'date' } },
      { name: 'time', type: { type: 'int', logicalType: 'time-millis' } },
      { name: 'at', type: { type: 'long', logicalType: 'timestamp-micros' } },
      { name: 'raw', type: { type: 'long', logicalType: 'timestamp-millis' } },
      { name: 'sum', type: { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 2 } },
      { name: 'took', type: { type: 'fixed', size: 12, name: 'Took', logicalType: 'duration' } },
    );
    const text = `{"day": "1970-01-11", "time": "00:00:01.5", "at": "1970-01-01T01:00:00.000001+01:00", "raw": 17,
      "sum": -123456789012345678.5, "took": {"months": 1, "days": 2, "millis": 3}}`;
    const found = read(schema, text) as Record<string, Buffer>;
    // avsc takes such longs for numbers, whatever its registry says.
    expect(found).toMatchObject({ day: 10, time: 1500 });
    expect([found.at, found.raw].map(String)).toEqual(['1', '17']);
    const bytes = found.sum!;
    expect(BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`))).toBe(
      -12345678901234567850n,
    );
    expect(found.took?.toString('hex')).toBe('010000000200000003000000');
  });

  it('follows names of referenced schemas and recursive records', () => {
    const address = { type: 'record', name: 'shop.Address', fields: [{ name: 'city', type: 'string' }] };
    const order = record(
      { name: 'to', type: 'Address' },
      { name: 'parts', type: { type: 'array', items: 'Order' } },
    );
    const text = '{"to": {"city": "Łódź"}, "parts": [{"to": {"city": "x"}, "parts": []}]}';
    const encoded = encode(order, text, [{ name: 'shop.Address', text: JSON.stringify(address) }]);
    const whole = JSON.parse(JSON.stringify(order).replace('"Address"', JSON.stringify(address)));
    expect('bytes' in encoded && witness(whole).fromBuffer(Buffer.from(encoded.bytes).subarray(5))).toEqual(
      JSON.parse(text),
    );
  });
});

describe('what is wrong is named by its path', () => {
  const schema = record(
    { name: 'amount', type: 'int' },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['PLACED', 'PAID'] } },
    { name: 'lines', type: { type: 'array', items: record({ name: 'sku', type: 'string' }) } },
  );
  it.each([
    ['{"amount": "ten", "state": "PAID", "lines": []}', 'amount: a whole number is needed, this is text'],
    [
      '{"amount": 1.5, "state": "PAID", "lines": []}',
      'amount: a whole number is needed, this is a number with a fraction',
    ],
    [
      '{"amount": 3000000000, "state": "PAID", "lines": []}',
      'amount: int goes from -2,147,483,648 to 2,147,483,647, this is 3000000000',
    ],
    ['{"amount": 1, "state": "LOST", "lines": []}', 'state: one of PLACED or PAID is needed, this is "LOST"'],
    [
      '{"amount": 1, "state": "PAID", "lines": [{"sku": "a"}, {"sku": 2}]}',
      'lines[1].sku: text is needed, this is a whole number',
    ],
    ['{"amount": 1, "state": "PAID"}', 'lines: is missing, and the schema has no default for it'],
    [
      '{"amuont": 1, "amount": 1, "state": "PAID", "lines": []}',
      'amuont: shop.Order has no such field; amount is meant?',
    ],
    ['[]', ': an object is needed, this is a list'],
  ])('%s', (text, sentence) => {
    expect(errorsOf(schema, text)).toContain(sentence);
  });

  it('at its place in the text', () => {
    const text = '{"amount": "ten", "state": "PAID", "lines": []}';
    const encoded = encode(schema, text);
    const [error] = 'errors' in encoded ? encoded.errors : [];
    expect(text.slice(error?.from, error?.to)).toBe('"ten"');
  });

  it('a record that is its own default, and unions in unions, end with a sentence', () => {
    const own = record({ name: 'r', type: 'Order', default: {} });
    expect(errorsOf(own, '{}')[0]).toContain('r: is missing, and its default in the schema does not fit');
    let nested: unknown = 'int';
    for (let depth = 0; depth < 9; depth++)
      nested = ['null', { type: 'array', items: nested }, { type: 'map', values: nested }];
    expect(errorsOf(nested, `${'['.repeat(100)}"x"${']'.repeat(100)}`).length).toBeGreaterThan(0);
  });

  it('a schema that cannot be used is said as such', () => {
    for (const text of ['{"type": "record", "name": "R"}', '{"type": "Nowhere"}', '{', '[[[1]]]'])
      expect(
        runEncode({ kind: 'encode', schema: schemaOf(text), message: null, texts: ['1'] }),
      ).toHaveProperty('problem');
  });
});

const exampleOf = (schema: unknown, example: 'plain' | 'edge' = 'plain') =>
  (
    runEncode({
      kind: 'describe-schema',
      schema: schemaOf(schema),
      message: null,
      example,
    }) as SchemaDescription
  ).example;

describe('properties', () => {
  it('any JSON against any of these schemas gives bytes that avsc reads, or errors within the text', () => {
    const schemas = [
      record({
        name: 'a',
        type: ['null', 'long', 'string', { type: 'array', items: 'double' }],
        default: null,
      }),
      {
        type: 'map',
        values: ['null', 'boolean', 'string', 'double', { type: 'array', items: ['null', 'int'] }],
      },
      ['null', 'string', 'boolean', 'double', { type: 'map', values: 'string' }],
    ];
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...schemas), (text, schema) => {
        const encoded = encode(schema, text);
        if ('bytes' in encoded) {
          witness(schema).fromBuffer(Buffer.from(encoded.bytes).subarray(5));
          return;
        }
        expect(encoded.count).toBeGreaterThan(0);
        for (const { from, to } of encoded.errors)
          expect(from >= 0 && to >= from && to <= text.length).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('any text at all is answered', () => {
    fc.assert(fc.property(fc.string(), (text) => void encode(record({ name: 'a', type: 'int' }), text)));
  });

  it('a value of a random schema is written as avsc writes it', () => {
    fc.assert(
      fc.property(schemaArbitrary, (schema) => {
        for (const kind of ['plain', 'edge'] as const) {
          const text = exampleOf(schema, kind);
          expect(errorsOf(schema, text), text).toEqual([]);
          const bytes = bytesOf(schema, text).subarray(5);
          const type = witness(schema);
          expect(type.toBuffer(type.fromBuffer(bytes))).toEqual(bytes);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('an example of a recursive schema ends and fits', () => {
    const node = record(
      { name: 'next', type: ['null', 'Order'] },
      { name: 'all', type: { type: 'array', items: 'Order' } },
    );
    expect(errorsOf(node, exampleOf(node))).toEqual([]);
  });
});

let lastName = 0;
const named = (make: (name: string) => object) => () => {
  lastName += 1;
  return make(`T${lastName}`);
};
const schemaArbitrary: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  type: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('boolean', 'int', 'long', 'double', 'bytes', 'string'),
    fc.constant(null).map(named((name) => ({ type: 'enum', name, symbols: ['A', 'B', 'C'] }))),
    fc.constant(null).map(named((name) => ({ type: 'fixed', name, size: 5 }))),
    tie('type').map((items) => ({ type: 'array', items })),
    tie('type').map((values) => ({ type: 'map', values })),
    tie('type').map((type) => (Array.isArray(type) ? type : ['null', type])),
    fc.array(tie('type'), { minLength: 1, maxLength: 4 }).map((types) =>
      named((name) => ({
        type: 'record',
        name,
        fields: types.map((type, i) => ({ name: `f${i}`, type })),
      }))(),
    ),
  ),
})).type;
