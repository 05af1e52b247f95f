import fc from 'fast-check';
import protobufjs from 'protobufjs';
import { describe, expect, it } from 'vitest';
import type { DataValue } from '../decode-plan.ts';
import { printValue } from '../print-value.ts';
import { type MessageType, schemaReader } from '../schema-reader.ts';

const schemaOf = (text: string, references: { name: string; text: string }[] = []) =>
  schemaReader({ id: '1', type: 'PROTOBUF', text, references, subjects: [] });
const readerOf = (text: string, references: { name: string; text: string }[] = []) => {
  const reader = schemaOf(text, references);
  if ('problem' in reader) throw new Error(reader.problem);
  return reader;
};
const problemOf = (text: string): string => {
  const reader = schemaOf(text);
  return 'problem' in reader ? reader.problem : 'none';
};
const read = (text: string, bytes: Buffer | number[], type: MessageType = { index: Buffer.alloc(0) }) => {
  const result = readerOf(text).read(Buffer.from(bytes), 0, type);
  return 'value' in result ? result.value : { reason: result.reason };
};
const proto3 = (body: string): string => `syntax = "proto3"; package t; ${body}`;

describe('messages that protobufjs wrote', () => {
  const text = proto3(`
    enum State { UNKNOWN = 0; DONE = 1; BACK = -1; }
    message Leaf { string name = 1; optional int32 maybe = 2; }
    message M {
      double d = 1; float f = 2; int32 i = 3; uint32 u = 4; sint32 s = 5; fixed32 x = 6; sfixed32 sx = 7;
      bool on = 8; string text = 9; bytes raw = 10; State state = 11; Leaf leaf = 12; repeated Leaf leaves = 13;
      repeated int32 packed = 14; repeated int32 loose = 15 [packed = false]; repeated string words = 16;
      map<string, int32> by = 17; map<int32, Leaf> at = 18;
      oneof choice { string a = 19; int32 b = 20; }
      M next = 21;
    }`);
  const leaf = fc.record({ name: fc.string(), maybe: fc.integer() }, { requiredKeys: ['name'] });
  const int = fc.integer();
  const natural = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const message = (depth: number): fc.Arbitrary<Record<string, unknown>> =>
    fc
      .record({
        d: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        f: fc.constantFrom(0, 0.1, 1.5, -3.25, 16777216),
        i: int,
        u: natural,
        s: int,
        x: natural,
        sx: int,
        on: fc.boolean(),
        text: fc.string({ unit: 'grapheme' }),
        raw: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        state: fc.constantFrom('UNKNOWN', 'DONE', 'BACK'),
        leaf: fc.option(leaf, { nil: undefined }),
        leaves: fc.array(leaf, { maxLength: 3 }),
        packed: fc.array(int, { maxLength: 5 }),
        loose: fc.array(int, { maxLength: 5 }),
        words: fc.array(fc.string(), { maxLength: 3 }),
        by: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), int, { maxKeys: 3, noNullPrototype: true }),
        at: fc.dictionary(fc.constantFrom('1', '-5', '70000'), leaf, { maxKeys: 3, noNullPrototype: true }),
        choice: fc.constantFrom<object[]>({}, { a: 'x' }, { b: 7 }, { b: 0 }),
        next: depth === 0 ? fc.constant(undefined) : fc.option(message(depth - 1), { nil: undefined }),
      })
      .map(({ choice, ...rest }) => ({ ...rest, ...choice }));

  it('are read as they were written, with what is absent by its default', () => {
    const type = protobufjs.parse(text, new protobufjs.Root(), { keepCase: true }).root.lookupType('t.M');
    const reader = readerOf(text);
    fc.assert(
      fc.property(message(2), (value) => {
        const bytes = Buffer.from(type.encode(type.fromObject(value)).finish());
        const result = reader.read(Buffer.concat([Buffer.from([2, 2]), bytes]), 0);
        expect(result).toMatchObject({ name: 't.M' });
        // Undefined members are not there.
        expect('value' in result && result.value).toEqual(JSON.parse(JSON.stringify(value), revive));
      }),
      { numRuns: 200 },
    );
  });

  const revive = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
      ? Buffer.from((value as unknown as { data: number[] }).data)
      : value;

  it('cut anywhere, or any bytes at all, give a value or a reason and never throw (P4)', () => {
    const reader = readerOf(text);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const result = reader.read(Buffer.from(bytes), 0, { message: 't.M' });
        expect('value' in result || typeof result.reason === 'string').toBe(true);
        if ('value' in result) result.notes?.();
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('64 bits', () => {
  const text = proto3(
    'message M { int64 i = 1; uint64 u = 2; sint64 s = 3; fixed64 f = 4; sfixed64 x = 5; }',
  );
  it('are exact, whatever they are', () => {
    const signed = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const varint = (value: bigint): number[] => {
      const bytes: number[] = [];
      let rest = BigInt.asUintN(64, value);
      for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
      return [...bytes, Number(rest)];
    };
    const fixed = (value: bigint): number[] => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
      return [...bytes];
    };
    fc.assert(
      fc.property(signed, (value) => {
        const zigzag = (value << 1n) ^ (value >> 63n);
        const bytes = [
          0x08,
          ...varint(value),
          0x10,
          ...varint(value),
          0x18,
          ...varint(zigzag),
          0x21,
          ...fixed(value),
          0x29,
          ...fixed(value),
        ];
        const unsigned = BigInt.asUintN(64, value);
        expect(printValue(read(text, bytes) as DataValue, 1_000).text).toBe(
          `{"i":${value},"u":${unsigned},"s":${value},"f":${unsigned},"x":${value}}`,
        );
      }),
    );
  });
});

describe('the message type', () => {
  const text = proto3(
    'message A { int32 a = 1; message B { int32 b = 1; } enum E { Z = 0; } message C { int32 c = 1; } } message D { int32 d = 1; }',
  );
  const reader = readerOf(text);
  it.each([
    ['a single 0 is the first', [0], 't.A'],
    ['[0] written out', [2, 0], 't.A'],
    ['[1]', [2, 2], 't.D'],
    ['[0, 1]', [4, 0, 2], 't.A.C'],
  ])('%s', (_name, path, name) => {
    expect(reader.read(Buffer.from([...path, 0x08, 0x07]), 0)).toMatchObject({
      name,
      value: expect.objectContaining({}),
    });
  });

  it('that is not there, or no path, is refused', () => {
    expect(reader.read(Buffer.from([2, 10]), 0)).toMatchObject({
      reason: 'the schema has no message type [5]',
    });
    expect(reader.read(Buffer.from([1]), 0)).toMatchObject({
      reason: 'the path of its message type claims -1 steps',
    });
    expect(reader.read(Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f]), 0)).toMatchObject({
      reason: expect.stringContaining('claims 2147483647 steps'),
    });
  });

  it('may be named by a header or by its name', () => {
    expect(reader.read(Buffer.from([0x08, 0x07]), 0, { index: Buffer.from([2, 2]) })).toMatchObject({
      value: { d: 7 },
    });
    expect(reader.read(Buffer.from([0x08, 0x07]), 0, { message: 't.A.C' })).toMatchObject({
      value: { c: 7 },
    });
  });

  it('is counted in its own file, though another of the package was read before', () => {
    const other = proto3('message Other { int32 o = 1; }');
    const main = `syntax = "proto3"; package t; import "other.proto"; message Main { Other other = 1; }`;
    const result = readerOf(main, [{ name: 'other.proto', text: other }]).read(
      Buffer.from([0, 0x0a, 0x02, 0x08, 0x05]),
      0,
    );
    expect(result).toMatchObject({ name: 't.Main', value: { other: { o: 5 } } });
  });
});

describe('hostile bytes (P4)', () => {
  const text =
    'syntax = "proto2"; package t; message M { optional string s = 1; optional M m = 2; optional group G = 3 { optional int32 q = 1; } repeated int32 k = 4 [packed = true]; }';
  it.each([
    ['cut in a text', [0x0a, 0x05, 0x61], 'field 1 announces 5 bytes at byte 1, and 1 are left'],
    ['a length of 2^31', [0x0a, 0x80, 0x80, 0x80, 0x80, 0x08], 'announces 2147483648 bytes'],
    ['a length of 2^64-1', [0x0a, ...Array(9).fill(0xff), 0x01], 'announces 18446744073709551615 bytes'],
    ['an over-long number', [0x20, ...Array(10).fill(0xff), 0x01], 'longer than 64 bits'],
    ['field 0', [0x02, 0x00], 'field 0 at byte 0 cannot be'],
    ['wire type 7', [0x0f], 'wire type 7'],
    ['an end without a beginning', [0x1c], 'a group ends at byte 0 that did not begin'],
    ['a group without an end', [0x1b, 0x08, 0x01], 'the group of field 3 does not end'],
    ['an unknown group without an end', [0x4b, 0x08, 0x01], 'the group of field 9 does not end'],
  ])('%s', (_name, bytes, reason) => {
    expect(read(text, bytes)).toEqual({ reason: expect.stringContaining(reason) });
  });

  it('nested 100,000 deep are refused, as messages, as groups and as unknown groups', () => {
    let nested = Buffer.alloc(0);
    for (let i = 0; i < 300; i++) {
      const length =
        nested.length < 128 ? [nested.length] : [(nested.length & 127) | 128, nested.length >> 7];
      nested = Buffer.concat([Buffer.from([0x12, ...length]), nested]);
    }
    expect(read(text, nested)).toEqual({ reason: 'it is nested deeper than 100 levels' });
    expect(read(text, Array(100_000).fill(0x4b))).toEqual({ reason: 'it is nested deeper than 100 levels' });
    const deepGroup =
      'syntax = "proto2"; package t; message M { optional group G = 3 { optional M m = 1; } }';
    expect(read(deepGroup, [0x1b, 0x1c])).toEqual({ g: {} });
  });

  it('what no field describes is noted, never lost without a word', () => {
    const result = readerOf(proto3('message M { M m = 1; }')).read(
      Buffer.from([0x0a, 0x02, 0x78, 0x07, 0x82, 0x01, 0x02, 0x61, 0x62]),
      0,
      { message: 't.M' },
    );
    expect('notes' in result && result.notes?.()).toEqual([
      { path: 'm', type: 'unknown field 15', text: '7' },
      { path: '', type: 'unknown field 16', text: '2 bytes: 6162' },
    ]);
  });

  it('a message in two parts is one, and the last of a oneof counts', () => {
    const two = proto3(
      'message M { L l = 1; oneof o { int32 a = 2; L b = 3; } } message L { int32 x = 1; int32 y = 2; }',
    );
    expect(read(two, [0x0a, 0x02, 0x08, 0x01, 0x0a, 0x02, 0x10, 0x02, 0x10, 0x05, 0x1a, 0x00])).toEqual({
      l: { x: 1, y: 2 },
      b: { x: 0, y: 0 },
    });
  });
});

describe('what every schema may import', () => {
  it('is there, and well-known types are drawn in their own form', () => {
    const text = proto3(`
      import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/wrappers.proto";
      import "google/protobuf/struct.proto"; import "google/protobuf/any.proto"; import "google/protobuf/field_mask.proto";
      import "google/protobuf/descriptor.proto"; import "google/type/money.proto"; import "google/type/datetime.proto";
      import "confluent/meta.proto"; import "confluent/type/decimal.proto";
      message M {
        google.protobuf.Timestamp at = 1; google.protobuf.Duration took = 2; google.protobuf.Int64Value count = 3;
        google.protobuf.Struct any_json = 4; google.protobuf.Any any = 5; google.protobuf.FieldMask mask = 6;
        google.type.Money price = 7; confluent.type.Decimal exact = 8; google.type.DateTime when = 9;
      }
      message Inner { string name = 1; }`);
    const root = new protobufjs.Root();
    protobufjs.parse(text, root, { keepCase: true });
    const witness = protobufjs.common;
    for (const name of ['timestamp', 'duration', 'wrappers', 'struct', 'any', 'field_mask']) {
      const known = witness.get(`google/protobuf/${name}.proto`)?.nested;
      if (known) root.addJSON(known);
    }
    const encode = (name: string, value: object): Buffer => {
      const type = root.lookupType(name);
      return Buffer.from(type.encode(type.fromObject(value)).finish());
    };
    const field = (id: number, bytes: Buffer): Buffer =>
      Buffer.concat([Buffer.from([(id << 3) | 2, bytes.length]), bytes]);
    const any = Buffer.concat([
      field(1, Buffer.from('type.googleapis.com/t.Inner')),
      field(2, field(1, Buffer.from('ana'))),
    ]);
    const bytes = Buffer.concat([
      field(1, encode('google.protobuf.Timestamp', { seconds: 1_763_728_375, nanos: 120_000_000 })),
      field(2, encode('google.protobuf.Duration', { seconds: -1, nanos: -500_000_000 })),
      field(3, encode('google.protobuf.Int64Value', { value: 7 })),
      field(
        4,
        encode('google.protobuf.Struct', {
          fields: { a: { listValue: { values: [{ numberValue: 1.5 }, { nullValue: 0 }] } } },
        }),
      ),
      field(5, any),
      field(6, encode('google.protobuf.FieldMask', { paths: ['a', 'b.c'] })),
      field(7, Buffer.concat([field(1, Buffer.from('EUR')), Buffer.from([0x10, 12])])),
      field(8, Buffer.concat([field(1, Buffer.from([0x04, 0xd2])), Buffer.from([0x18, 2])])),
    ]);
    const value = readerOf(text).read(bytes, 0, { index: Buffer.alloc(0) });
    expect(value).toMatchObject({
      value: {
        at: '2025-11-21T12:32:55.120Z',
        took: '-1.500s',
        count: 7,
        any_json: { a: [1.5, null] },
        any: { '@type': 'type.googleapis.com/t.Inner', name: 'ana' },
        mask: 'a,b.c',
        price: { currency_code: 'EUR', units: 12, nanos: 0 },
        exact: 12.34,
      },
    });
  });

  it('and nothing else: a type that is missing is named', () => {
    expect(problemOf(proto3('import "else.proto"; message M { Else e = 1; }'))).toContain('Else');
    expect(problemOf('syntax = "proto3"; message {')).toContain('its text cannot be read');
  });
});

describe('schemas made to break generated code (P16)', () => {
  it('are data', () => {
    const text = proto3(`// */ process.exit(1)
      message M { int32 __proto__ = 1; string constructor = 2 [json_name = "\\"];process.exit(1);//"]; int32 toString = 3; }
      message __proto__x { }`);
    const bytes = Buffer.from([0x08, 0x01, 0x12, 0x01, 0x61, 0x18, 0x02]);
    const result = readerOf(text).read(bytes, 0, { message: 't.M' });
    const value = 'value' in result ? (result.value as object) : {};
    expect(Object.getOwnPropertyNames(value)).toEqual(['constructor', 'toString']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    // The parser leaves a field of that name out: it is shown as one that no field describes.
    expect('notes' in result && result.notes?.()).toEqual([{ path: '', type: 'unknown field 1', text: '1' }]);
  });

  it('100,000 messages deep are refused', () => {
    expect(problemOf(`syntax = "proto3"; ${'message M {'.repeat(100_000)}`)).not.toBe('none');
  });
});
