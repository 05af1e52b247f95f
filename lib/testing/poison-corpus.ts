import { gzipSync, zstdCompressSync } from 'node:zlib';
import avro from 'avsc';

/** One record made to break who reads it. The id is that of the corpus (P1–P17). */
export type PoisonRecord = {
  id: string;
  what: string;
  key?: Buffer | null;
  value: Buffer | null;
  headers?: readonly { name: string; value: Buffer }[];
  timestampMs?: number;
};

const text = (value: string): Buffer => Buffer.from(value);
const framed = (schemaId: number, ...body: number[]): Buffer => {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(schemaId >>> 0, 1);
  return Buffer.concat([prefix, Buffer.from(body)]);
};
const nested = (depth: number): Buffer => text('['.repeat(depth) + ']'.repeat(depth));
/** Zigzag varint of a long, as Avro writes it. */
const avroLong = (value: bigint): number[] => [...avro.Type.forSchema('long').toBuffer(Number(value))];

const markup = '<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(2)>';

/** Ids that a registry of a test gives to schemas; others are unknown to it. */
export const poisonSchemas = {
  array: { id: 9_001, type: 'AVRO', schema: '{"type":"array","items":"long"}' },
  recursive: {
    id: 9_002,
    type: 'AVRO',
    schema:
      '{"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]},{"name":"n","type":"int"}]}',
  },
  message: {
    id: 9_003,
    type: 'PROTOBUF',
    schema:
      'syntax = "proto3"; message Node { Node next = 1; string name = 2; repeated int32 numbers = 3; bytes raw = 4; }',
  },
  /** Names, documentation and defaults that would mean something in generated code (P16). */
  code: {
    id: 9_004,
    type: 'AVRO',
    schema: JSON.stringify({
      type: 'record',
      name: 'constructor',
      namespace: '__proto__',
      doc: `*/ process.exit(1); /* \`\${process.exit(1)}\` '+process.exit(1)+'`,
      fields: [
        { name: 'toString', type: 'string', doc: '"); process.exit(1); ("', default: `\`\${1}\`` },
        { name: '__proto__', type: 'int', default: 0 },
        { name: 'prototype', type: 'long' },
      ],
    }),
  },
} as const;

/** Everything that is small. `bigRecords` makes the rest, one at a time. */
export const poisonRecords: readonly PoisonRecord[] = [
  { id: 'P2', what: 'empty value', value: Buffer.alloc(0) },
  { id: 'P2', what: 'null key and null value', key: null, value: null },
  {
    id: 'P2',
    what: 'repeated header names and an empty header',
    value: text('x'),
    headers: [
      { name: 'same', value: text('1') },
      { name: 'same', value: Buffer.alloc(0) },
      { name: '', value: text('no name') },
      { name: 'same', value: Buffer.from([0, 255]) },
    ],
  },
  {
    id: 'P2',
    what: '10,000 headers',
    value: text('x'),
    headers: Array.from({ length: 10_000 }, (_, i) => ({ name: `h${i}`, value: text(String(i)) })),
  },
  { id: 'P3', what: 'unknown schema id', value: framed(65_535, 1, 2, 3, 4) },
  { id: 'P3', what: 'unknown schema id, or a 64-bit number', value: framed(65_535, 1, 2, 3) },
  { id: 'P3', what: 'schema id of all ones', value: framed(0xffffffff, 1) },
  { id: 'P3', what: 'magic 1', value: Buffer.from([1, ...Array.from({ length: 19 }, (_, i) => i)]) },
  { id: 'P3', what: 'three bytes', value: Buffer.from([0, 0, 1]) },
  { id: 'P4', what: 'Avro array of -1', value: framed(9_001, ...avroLong(-1n)) },
  { id: 'P4', what: 'Avro array of 2^40', value: framed(9_001, ...avroLong(2n ** 40n), 2) },
  { id: 'P4', what: 'Avro recursion', value: framed(9_002, ...Array.from({ length: 50_000 }, () => 2)) },
  { id: 'P4', what: 'Protobuf cut short', value: framed(9_003, 0, 0x12, 0x20, 0x41) },
  { id: 'P4', what: 'Protobuf length of 2^31', value: framed(9_003, 0, 0x12, 0x80, 0x80, 0x80, 0x80, 0x08) },
  {
    id: 'P4',
    what: 'Protobuf group tags',
    value: framed(9_003, 0, ...Array.from({ length: 5_000 }, () => 0x0b)),
  },
  { id: 'P4', what: 'Protobuf longer than said', value: framed(9_003, 0, 0x12, 0x01, 0x41, 0xff, 0xff) },
  { id: 'P4', what: 'Protobuf message index out of range', value: framed(9_003, 2, 0x7e, 0x12, 0x01, 0x41) },
  { id: 'P5', what: 'invalid UTF-8', value: Buffer.from([0xc3, 0x28, 0xff, 0xfe]) },
  { id: 'P5', what: 'lone surrogate', value: Buffer.from([0xed, 0xa0, 0x80]) },
  { id: 'P5', what: 'lone surrogate escaped in JSON', value: text('{"s":"\\ud800","n":"\\u0000"}') },
  {
    id: 'P5',
    what: 'NUL, controls, ANSI, bidi, zero width',
    value: text('a\u0000\u0007\u009b\u001b[31mred\u001b[0m\u202egpj.exe\u2066\u2069\u200b'),
  },
  { id: 'P5', what: '1 MB in one grapheme', value: text(`e${'\u0301'.repeat(500_000)}`) },
  { id: 'P7', what: 'JSON nested 100,000', value: nested(100_000) },
  { id: 'P7', what: 'JSON nested 5,000', value: nested(5_000) },
  {
    id: 'P8',
    what: 'prototype keys',
    value: text('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'),
  },
  {
    id: 'P9',
    what: 'numbers',
    value: text(
      '{"a":9007199254740993,"b":1e400,"c":-0,"d":-1e-400,"e":0.1000000000000000055511151231257827}',
    ),
  },
  { id: 'P9', what: 'NaN text', value: text('{"d":NaN}') },
  { id: 'P10', what: 'markup', value: text(markup) },
  {
    id: 'P10',
    what: 'markup in JSON',
    value: text(
      JSON.stringify({
        note: `</script>${markup}`,
        link: 'javascript:alert(1)',
        md: '[x](javascript:alert(1))',
      }),
    ),
  },
  { id: 'P11', what: 'formulas', value: text('=cmd|calc!A1\t+1\r\n@x,"y"\u0000') },
  { id: 'P11', what: 'begins with =', value: text('=1+1') },
  { id: 'P11', what: 'begins with +', value: text('+1+1') },
  { id: 'P11', what: 'begins with -', value: text('-1+1') },
  { id: 'P11', what: 'begins with @', value: text('@SUM(A1),"y"') },
  { id: 'P11', what: 'begins with a tab', value: text('\t=1+1') },
  { id: 'P11', what: 'begins with a carriage return', value: text('\r\n=1+1;x') },
  {
    id: 'P11',
    what: 'formula in JSON',
    value: text('{"cell":"=HYPERLINK(\\"https://evil.example\\")","plus":"+1","at":"@SUM(1)"}'),
  },
  { id: 'P12', what: 'gzip bomb in a value', value: gzipSync(Buffer.alloc(200 * 1024 * 1024)) },
  { id: 'P12', what: 'zstd bomb in a value', value: zstdCompressSync(Buffer.alloc(200 * 1024 * 1024)) },
  { id: 'P13', what: 'before 1970', value: text('time'), timestampMs: -86_400_000 },
  { id: 'P13', what: 'year 9999', value: text('time'), timestampMs: 253_402_300_799_999 },
  {
    id: 'P14',
    what: 'names of our columns',
    value: text('{"offset":1,"partition":2,"timestamp":3,"headers":{"key":1}}'),
    headers: [
      { name: 'offset', value: text('9') },
      { name: 'constructor', value: text('9') },
    ],
  },
  { id: 'P16', what: 'schema made to break generated code', value: framed(9_004, 2, 0x41, 4, 6) },
  { id: 'P17', what: 'schema whose references form a circle', value: framed(9_005, 0, 2) },
  { id: 'P17', what: 'registry that answers another schema', value: framed(9_006, 0, 2) },
];

/** P6 and P1, largest last; made when they are asked for, because they are large. */
export function* bigRecords(megabytes: readonly number[]): Generator<PoisonRecord> {
  const keys = Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',');
  yield { id: 'P6', what: 'JSON with a million keys', value: text(`{${keys}}`) };
  for (const size of megabytes)
    yield { id: 'P1', what: `${size} MB`, value: Buffer.alloc(size * 1_000_000, 'P1 ') };
}
