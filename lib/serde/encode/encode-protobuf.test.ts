import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { type Encoded, type EncodeSchema, runEncode, type SchemaDescription } from './encode-task.ts';

/** What is written is read by protobufjs' own reader, which had no part in writing it. */

const text = `syntax = "proto3";
package shop;
import "google/protobuf/timestamp.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/wrappers.proto";
import "google/protobuf/any.proto";
import "address.proto";

message First { string name = 1; }
message Order {
  enum State { UNKNOWN = 0; PAID = 1; LOST = 7; }
  message Line { string sku = 1; int32 quantity = 2; repeated Line parts = 3; }
  int64 id = 1;
  uint64 big = 2;
  sint64 delta = 3;
  fixed64 f64 = 4;
  sfixed32 sf32 = 5;
  double price = 6;
  float ratio = 7;
  bool is_paid = 8;
  bytes photo = 9;
  State state = 10;
  repeated Line lines = 11;
  map<string, int64> counts = 12;
  map<int32, Line> by_number = 13;
  repeated int32 packed = 14;
  oneof paid_by { string card = 15; Line gift = 16; }
  optional int32 maybe = 17;
  google.protobuf.Timestamp created_at = 18;
  google.protobuf.Duration took = 19;
  google.protobuf.Struct extra = 20;
  google.protobuf.Int64Value wrapped = 21;
  google.protobuf.Any anything = 22;
  Address to = 23;
  repeated State states = 24;
}`;
const references = [
  { name: 'address.proto', text: 'syntax = "proto3"; package shop; message Address { string city = 1; }' },
];
const schema: EncodeSchema = { id: '7', type: 'PROTOBUF', text, references };

const root = new protobuf.Root();
protobuf.parse(references[0]!.text, root, { keepCase: true });
protobuf.parse(text, root, { keepCase: true });
for (const name of ['timestamp', 'duration', 'struct', 'wrappers', 'any'])
  root.addJSON(protobuf.common.get(`google/protobuf/${name}.proto`)!.nested!);
root.resolveAll();
const witness = root.lookupType('shop.Order');

function encode(json: string, message: string | null = 'shop.Order', of = schema): Encoded {
  const answer = runEncode({ kind: 'encode', schema: of, message, texts: [json] });
  if ('problem' in answer) throw new Error(answer.problem);
  return (answer as { encoded: Encoded[] }).encoded[0]!;
}
function bytesOf(json: string, message?: string | null, of?: EncodeSchema): Buffer {
  const encoded = encode(json, message, of);
  if ('errors' in encoded) throw new Error(JSON.stringify(encoded.errors));
  return Buffer.from(encoded.bytes);
}
/** After magic byte, id, and the index path [1]. */
const read = (json: string) =>
  witness.toObject(witness.decode(bytesOf(json).subarray(7)), {
    longs: String,
    enums: String,
    bytes: String,
  });
const errorsOf = (json: string) => {
  const encoded = encode(json);
  return 'errors' in encoded ? encoded.errors.map(({ path, message }) => `${path}: ${message}`) : [];
};

describe('Protobuf, as protobufjs reads it', () => {
  it('has the wire prefix with the path to the message, short for the first', () => {
    expect([...bytesOf('{}', 'shop.First')]).toEqual([0, 0, 0, 0, 7, 0]);
    expect([...bytesOf('{}', null)]).toEqual([0, 0, 0, 0, 7, 0]);
    expect([...bytesOf('{}', 'shop.Order')]).toEqual([0, 0, 0, 0, 7, 2, 2]);
    expect([...bytesOf('{}', 'shop.Order.Line')]).toEqual([0, 0, 0, 0, 7, 4, 2, 0]);
  });

  it('keeps every kind of field exactly', () => {
    const json = `{"id": 9007199254740993, "big": "18446744073709551615", "delta": -9223372036854775808, "f64": 5,
      "sf32": -2, "price": 1e300, "ratio": 0.5, "is_paid": true, "photo": "AP8=", "state": "LOST",
      "lines": [{"sku": "ż漢", "quantity": -1, "parts": [{}]}], "counts": {"a": 9007199254740993},
      "byNumber": {"-3": {"sku": "x"}}, "packed": [1, -1, 300], "gift": {"sku": "g"}, "maybe": 0,
      "createdAt": "1969-12-31T23:59:59.5Z", "took": "-1.5s", "extra": {"n": 1, "l": [null, true]}, "wrapped": 5,
      "anything": {"@type": "x/shop.First", "name": "inner"}, "to": {"city": "Łódź"}, "states": ["PAID", 7]}`;
    expect(read(json)).toEqual({
      id: '9007199254740993',
      big: '18446744073709551615',
      delta: '-9223372036854775808',
      f64: '5',
      sf32: -2,
      price: 1e300,
      ratio: 0.5,
      is_paid: true,
      photo: 'AP8=',
      state: 'LOST',
      lines: [{ sku: 'ż漢', quantity: -1, parts: [{}] }],
      counts: { a: '9007199254740993' },
      by_number: { '-3': { sku: 'x' } },
      packed: [1, -1, 300],
      gift: { sku: 'g' },
      maybe: 0,
      created_at: { seconds: '-1', nanos: 500_000_000 },
      took: { seconds: '-1', nanos: -500_000_000 },
      extra: {
        fields: {
          n: { numberValue: 1 },
          l: { listValue: { values: [{ nullValue: 'NULL_VALUE' }, { boolValue: true }] } },
        },
      },
      wrapped: { value: '5' },
      anything: {
        type_url: 'x/shop.First',
        value: Buffer.from([0x0a, 5, ...Buffer.from('inner')]).toString('base64'),
      },
      to: { city: 'Łódź' },
      states: ['PAID', 'LOST'],
    });
  });

  it('proto2: required fields, groups, and nothing packed that is not', () => {
    const old: EncodeSchema = {
      id: '1',
      type: 'PROTOBUF',
      text: 'syntax = "proto2"; message M { required int32 a = 1; repeated int32 b = 2; optional group G = 3 { optional int32 x = 1; } }',
      references: [],
    };
    const type = protobuf.parse(old.text, new protobuf.Root(), { keepCase: true }).root.lookupType('M');
    const bytes = bytesOf('{"a": 0, "b": [1, 2], "g": {"x": 3}}', null, old).subarray(6);
    expect(bytes.toString('hex')).toBe('0800100110021b08031c');
    expect(type.toObject(type.decode(bytes))).toEqual({ a: 0, b: [1, 2], g: { x: 3 } });
    const encoded = encode('{}', null, old);
    expect('errors' in encoded && encoded.errors[0]).toMatchObject({
      path: 'a',
      message: 'is missing, and is required',
    });
  });

  it('does not count the type of a group among the nested messages of a path, as reading does not', () => {
    const text =
      'syntax = "proto2"; message M { optional group G = 1 { optional int32 x = 1; } message N { optional int32 y = 1; } }';
    const old: EncodeSchema = { id: '7', type: 'PROTOBUF', text, references: [] };
    expect([...bytesOf('{}', 'M.N', old)]).toEqual([0, 0, 0, 0, 7, 4, 0, 0]);
  });

  it('knows the types that registries know without a reference', () => {
    const text =
      'syntax = "proto3"; import "google/type/date.proto"; import "confluent/meta.proto"; message M { google.type.Date on = 1; }';
    const of: EncodeSchema = { id: '7', type: 'PROTOBUF', text, references: [] };
    expect(bytesOf('{"on": {"year": 2026, "month": 11}}', null, of).subarray(6).toString('hex')).toBe(
      '0a0508ea0f100b',
    );
  });
});

describe('what is wrong is named by its path', () => {
  it.each([
    ['{"id": "ten"}', 'id: a whole number is needed, this is text'],
    ['{"big": -1}', 'big: uint64 goes from 0 to 18,446,744,073,709,551,615, this is -1'],
    [
      '{"lines": [{"quantity": 1.5}]}',
      'lines[0].quantity: a whole number is needed, this is a number with a fraction',
    ],
    ['{"state": "GONE"}', 'state: one of UNKNOWN, PAID, LOST is needed, this is "GONE"'],
    ['{"card": "a", "gift": {}}', 'gift: only one of paid_by can be set, and card is'],
    ['{"created_at": "yesterday"}', 'created_at: a moment is needed, as 2026-11-21T03:12:40.250Z'],
    ['{"staet": "PAID"}', 'staet: shop.Order has no such field; state is meant?'],
    ['{"photo": "*"}', 'photo: is not base64'],
    [
      '{"extra": {"n": 9007199254740993}}',
      'extra.n: 9007199254740993 cannot be held exactly: google.protobuf.Value has doubles only',
    ],
    ['{"counts": {"a": true}}', 'counts["a"]: a whole number is needed, this is true'],
  ])('%s', (json, sentence) => {
    expect(errorsOf(json)).toEqual([sentence]);
  });

  it('and what is wrong with the schema as such', () => {
    for (const [broken, message] of [
      ['message {', null],
      ['syntax = "proto3"; import "nowhere.proto"; message M { Nowhere n = 1; }', null],
      ['syntax = "proto3"; message M {}', 'Other'],
      ['syntax = "proto3";', null],
    ] as const)
      expect(
        runEncode({
          kind: 'encode',
          schema: { ...schema, text: broken, references: [] },
          message,
          texts: ['{}'],
        }),
      ).toHaveProperty('problem');
  });
});

describe('properties', () => {
  it('any JSON is answered: bytes that are read, or errors within the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (json) => {
        const encoded = encode(json);
        if ('bytes' in encoded) witness.decode(encoded.bytes.subarray(7));
        else
          for (const { from, to } of encoded.errors)
            expect(from >= 0 && to >= from && to <= json.length).toBe(true);
      }),
    );
  });

  it.each(['plain', 'edge'] as const)('the %s example of every message fits', (example) => {
    for (const message of ['shop.First', 'shop.Order', 'shop.Order.Line']) {
      const described = runEncode({ kind: 'describe-schema', schema, message, example }) as SchemaDescription;
      expect(described.messages).toEqual(['shop.First', 'shop.Order', 'shop.Order.Line']);
      const encoded = encode(described.example, message);
      expect('errors' in encoded && encoded.errors, described.example).toBe(false);
    }
  });
});
