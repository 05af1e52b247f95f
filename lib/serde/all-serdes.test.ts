import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageField } from '#lib/model/message.ts';
import type { RegistrySchema } from '#lib/model/registry-schema.ts';
import { serdeOptions } from '#lib/model/serde-choice.ts';
import { learnFacts } from '#lib/scan/facts.ts';
import { decodeField } from './decode-field.ts';
import { type DecodePlan, plainPlan } from './decode-plan.ts';
import type { SerdeContext } from './serde.ts';
import { showField } from './show-field.ts';

const context = (plan: Partial<DecodePlan> = {}, more: Partial<SerdeContext> = {}): SerdeContext => ({
  side: 'value',
  limitBytes: 1024 * 1024,
  isPreview: false,
  plan: { ...plainPlan('orders'), ...plan },
  ...more,
});
const shown = (bytes: Buffer | number[], given: SerdeContext): MessageField => {
  const field = showField(Buffer.from(bytes), given);
  if ('needs' in field) throw new Error(`needs ${field.needs}`);
  return field;
};
const decoded = (bytes: Buffer | number[], given: SerdeContext) => decodeField(Buffer.from(bytes), given);
const forced = (serde: string, options?: Record<string, string>) =>
  context({ value: options ? { serde, options } : { serde } });

const schema = (id: string, type: RegistrySchema['type'], text: string): void =>
  learnFacts([
    {
      id: `schema:reg:${id}`,
      value: { id, type, text, references: [], subjects: [{ subject: 'orders-value', version: 3 }] },
    },
  ]);
const record =
  '{"type":"record","name":"shop.Order","fields":[{"name":"id","type":"string"},{"name":"n","type":"long"}]}';
schema('12', 'AVRO', record);
schema(
  '13',
  'JSON',
  '{"type":"object","properties":{"n":{"type":"integer","minimum":0},"s":{"pattern":"^(a+)+$"}}}',
);
schema(
  '14',
  'PROTOBUF',
  'syntax = "proto3"; package shop; message A { int64 n = 1; } message B { string s = 1; }',
);
schema('15', 'AVRO', '{"type":"record"}');
const guid = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
schema(guid, 'AVRO', record);
const prefixed = (id: number, body: Buffer | number[]): Buffer => {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(id, 1);
  return Buffer.concat([prefix, Buffer.from(body)]);
};
const avro = Buffer.from([0x04, 0x61, 0x62, 0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
const registry = context({ registry: 'reg' });

describe('by a schema of the registry', () => {
  it('Avro, with where it is used', () => {
    expect(shown(prefixed(12, avro), registry)).toMatchObject({
      serde: 'avro',
      reason: 'Avro, schema id 12, found by its wire prefix.',
      text: '{"id":"ab","n":9007199254740993}',
      format: 'json',
      schema: { id: '12', type: 'AVRO', subject: 'orders-value', version: 3, name: 'shop.Order' },
      base64: prefixed(12, avro).toString('base64'),
    });
    expect(decoded(prefixed(12, avro), registry)).toEqual({ value: { id: 'ab', n: 9007199254740993n } });
  });

  it('named by a header, and by a GUID', () => {
    const header = (name: string) =>
      name === '__value_schema_id' ? Buffer.from(`01${guid.replaceAll('-', '')}`, 'hex') : undefined;
    const field = shown(avro, { ...registry, header });
    expect(field).toMatchObject({ serde: 'avro', reason: `Avro, schema id ${guid}, found by its header.` });
    const inBytes = Buffer.concat([Buffer.from(`01${guid.replaceAll('-', '')}`, 'hex'), avro]);
    expect(shown(inBytes, registry)).toMatchObject({ serde: 'avro', schema: { id: guid } });
  });

  it('Protobuf and JSON Schema', () => {
    expect(shown(prefixed(14, [0x02, 0x02, 0x0a, 0x01, 0x61]), registry)).toMatchObject({
      serde: 'protobuf',
      text: '{"s":"a"}',
      schema: { name: 'shop.B' },
    });
    const json = '{"n":9007199254740993}';
    expect(shown(prefixed(13, Buffer.from(json)), registry)).toMatchObject({
      serde: 'json-schema',
      text: json,
    });
    expect(decoded(prefixed(13, Buffer.from(json)), registry)).toEqual({ value: { n: 9007199254740993n } });
  });

  it('whether JSON is valid by its schema is said, and never keeps it from being shown', () => {
    const of = (json: string) => shown(prefixed(13, Buffer.from(json)), registry);
    expect(of('{"n":1}').reason).toBe('JSON Schema, schema id 13, found by its wire prefix. Valid by it.');
    expect(of('{"n":-1}')).toMatchObject({ serde: 'json-schema', text: '{"n":-1}' });
    expect(of('{"n":-1}').reason).toContain('Not valid by it: /n must be >= 0.');
    // A pattern that would keep a backtracking engine busy for ever.
    expect(of(`{"s":"${'a'.repeat(50_000)}!"}`).reason).toContain('Not valid by it: /s must match pattern');
    schema('16', 'JSON', '{"$ref":"https://else.example/x.json"}');
    expect(shown(prefixed(16, Buffer.from('{}')), registry)).toMatchObject({
      text: '{}',
      reason: expect.stringContaining('Not checked: The JSON schema cannot be used'),
    });
  });

  it('what does not fit is shown byte by byte with the reason (P3, P4)', () => {
    expect(shown(prefixed(12, [0x04, 0x61]), registry)).toMatchObject({
      format: 'hex',
      reason:
        'Avro, schema id 12, found by its wire prefix, does not fit: 2 bytes are announced at byte 6, and 1 are left.',
      schema: { id: '12', name: 'shop.Order' },
    });
    expect(shown(prefixed(13, Buffer.from('no')), registry).reason).toContain('Looks like JSON, but is not');
    expect(shown(prefixed(15, [1]), registry).reason).toContain('cannot be used: a record has no fields');
    expect(shown(prefixed(12, [...avro, 1, 2]), registry).reason).toContain(
      '2 bytes after the value were not read.',
    );
    expect(shown(prefixed(12, avro), context()).reason).toContain('This cluster has no schema registry set.');
    expect(decoded(prefixed(12, [0x04, 0x61]), registry)).toEqual({
      reason: expect.stringContaining('Avro, schema id 12'),
    });
  });

  it('a schema that is not known yet is asked for, and one that cannot be had says why until it is asked for again', () => {
    expect(showField(prefixed(99, avro), registry)).toEqual({ needs: 'schema:reg:99' });
    expect(decoded(prefixed(99, avro), registry)).toEqual({ needs: 'schema:reg:99' });
    expect(shown(prefixed(99, avro), { ...registry, isFinal: true }).reason).toContain('could not be had');
    const missing = (until: number) =>
      learnFacts([{ id: 'schema:reg:98', value: { id: '98', missing: 'The registry is away.', until } }]);
    missing(Date.now() + 60_000);
    expect(shown(prefixed(98, avro), registry)).toMatchObject({
      serde: 'registry',
      format: 'hex',
      reason: 'Starts with a schema registry prefix: schema id 98. The registry is away.',
      schema: { id: '98', type: null },
    });
    missing(Date.now() - 1);
    expect(showField(prefixed(98, avro), registry)).toEqual({ needs: 'schema:reg:98' });
  });

  it('eight bytes are a 64-bit number unless the schema reads exactly them', () => {
    expect(shown(prefixed(12, [0x02, 0x61, 0x02]), registry).serde).toBe('avro');
    expect(shown(prefixed(12, [0x02, 0x61, 0x82]), registry).serde).toBe('hex');
    expect(decoded(prefixed(12, [0x02, 0x61, 0x82]), registry)).toEqual({ reason: expect.any(String) });
    expect(shown([0, 0, 1, 0x8b, 0xcf, 0xe5, 0x68, 0], { ...registry, isFinal: true }).serde).toBe('hex');
  });

  it('chosen for values without a prefix', () => {
    expect(
      shown(avro, context({ registry: 'reg', value: { serde: 'schema', options: { schemaId: '12' } } })),
    ).toMatchObject({
      serde: 'avro',
      reason: 'Chosen: schema. Avro, schema id 12.',
    });
    const options = { schemaId: '14', message: 'shop.B' };
    expect(
      shown([0x0a, 0x01, 0x61], context({ registry: 'reg', value: { serde: 'schema', options } })).text,
    ).toBe('{"s":"a"}');
  });
});

describe('chosen serdes', () => {
  const bytes = (write: (buffer: Buffer) => void, size: number): Buffer => {
    const buffer = Buffer.alloc(size);
    write(buffer);
    return buffer;
  };
  it.each<[string, Buffer, string]>([
    ['int32', bytes((b) => b.writeInt32BE(-7), 4), '-7'],
    ['int64', bytes((b) => b.writeBigInt64BE(-9007199254740993n), 8), '-9007199254740993'],
    ['float', bytes((b) => b.writeFloatBE(0.1), 4), '0.1'],
    ['double', bytes((b) => b.writeDoubleBE(0.1), 8), '0.1'],
    ['uuid', Buffer.from(guid.replaceAll('-', ''), 'hex'), `"${guid}"`],
    ['uuid', Buffer.from(guid.toUpperCase()), `"${guid}"`],
    ['latin1', Buffer.from([0xe4, 0x41]), 'äA'],
    ['utf-16be', Buffer.from([0x00, 0x41, 0x20, 0xac]), 'A€'],
    ['utf-16le', Buffer.from([0x41, 0x00, 0xac, 0x20]), 'A€'],
    ['json', Buffer.from('"a"'), '"a"'],
    ['text', Buffer.from('{"a":1}'), '{"a":1}'],
    ['hex', Buffer.from('ab'), '61 62'],
    ['base64', Buffer.from([0xff, 0xfe]), '//4='],
  ])('%s', (serde, raw, text) => {
    expect(shown(raw, forced(serde))).toMatchObject({
      serde,
      text,
      reason: expect.stringMatching(/^Chosen: /),
    });
    expect(decoded(raw, forced(serde))).toHaveProperty('value');
  });

  it.each([
    ['int32', [1, 2, 3], 'It has 3 bytes, a 32-bit integer has 4.'],
    ['uuid', [1], 'neither 16 nor the text of a UUID'],
    ['utf-16le', [0x00, 0xd8], 'not UTF-16'],
    ['json', [0x7b], 'Looks like JSON, but is not'],
    ['registry', [0x7b], 'does not begin as a schema registry’s serializers write'],
    ['schema', [0x7b], 'no schema registry set'],
    ['consumer-offsets', [0, 1], 'its key does not say what it is'],
    ['nothing', [0], 'There is no serde called nothing.'],
  ])('%s says why it does not fit, and shows the bytes', (serde, raw, reason) => {
    const field = shown(raw, forced(serde));
    expect(field).toMatchObject({ format: 'hex', reason: expect.stringContaining(reason) });
    expect(decoded(raw, forced(serde))).toHaveProperty('reason');
  });
});

describe('compressed values', () => {
  const json = Buffer.from('{"a":1}');
  it.each([
    ['gzip', gzipSync(json)],
    ['zstd', zstdCompressSync(json)],
  ])('%s is inflated and read as what is inside', (codec, bytes) => {
    expect(shown(bytes, context())).toMatchObject({
      serde: 'json',
      compression: codec,
      text: '{"a":1}',
      reason: `Compressed with ${codec}, 7 bytes inside. Valid JSON object.`,
      base64: bytes.toString('base64'),
    });
    expect(decoded(bytes, context())).toEqual({ value: { a: 1 } });
  });

  it('a schema inside, but not another compression inside', () => {
    expect(shown(gzipSync(prefixed(12, avro)), registry)).toMatchObject({
      serde: 'avro',
      compression: 'gzip',
    });
    expect(shown(gzipSync(gzipSync(json)), context())).toMatchObject({ serde: 'hex', compression: 'gzip' });
  });

  it('a bomb costs no more than its limit and is shown as it is stored (P12)', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const field = shown(bomb, context({}, { isPreview: true, limitBytes: 20_480 }));
    expect(field).toMatchObject({ serde: 'hex', compression: null });
    expect(field.reason).toContain('inflates to more than 1 MB');
    expect(decoded(bomb, context())).toEqual({
      reason: expect.stringContaining('inflates to more than 8 MB'),
    });
    expect(shown(Buffer.from('1f8b0800ff', 'hex'), context()).reason).toContain('cannot be inflated');
  });
});

describe('Kafka’s own topics', () => {
  const offsets = context({ topic: '__consumer_offsets' });
  const key = Buffer.from('0001000167000174000000 05'.replaceAll(' ', ''), 'hex');
  it('are known by their names', () => {
    expect(shown(key, { ...offsets, side: 'key' })).toMatchObject({
      serde: 'consumer-offsets',
      text: '{"type":"OffsetCommit","group":"g","topic":"t","partition":5}',
    });
    const value = Buffer.from('0003000000000000000affffffff00000000019a00000000', 'hex');
    expect(shown(value, { ...offsets, key })).toMatchObject({
      text: '{"version":3,"offset":10,"leaderEpoch":-1,"metadata":"","commitTimestamp":1760936591360}',
      notes: [{ path: 'commitTimestamp', type: 'timestamp-millis', text: '2025-10-20T05:03:11.360Z' }],
    });
    expect(shown(value, offsets).reason).toContain('its key does not say what it is');
    expect(shown(Buffer.from('0063', 'hex'), { ...offsets, key }).reason).toContain(
      'its version 99 is not known here',
    );
  });

  it('MirrorMaker’s, which are another’s where they do not fit', () => {
    const heartbeats = context({ topic: 'eu.heartbeats' });
    expect(shown(Buffer.from('0000000000000000000a', 'hex'), heartbeats)).toMatchObject({
      serde: 'mirror-heartbeats',
      text: '{"timestamp":10}',
    });
    expect(shown(Buffer.from('{"beat":1}'), heartbeats)).toMatchObject({ serde: 'json' });
    expect(decoded(Buffer.from('{"beat":1}'), heartbeats)).toEqual({ value: { beat: 1 } });
    const checkpoint = context({ topic: 'eu.checkpoints.internal' });
    expect(shown(Buffer.from('0000000000000000000a000000000000000b0000', 'hex'), checkpoint).text).toBe(
      '{"upstreamOffset":10,"offset":11,"metadata":""}',
    );
    const sync = context({ topic: 'mm2-offset-syncs.eu.internal' }, { side: 'key' });
    expect(shown(Buffer.from('00017400000003', 'hex'), sync).text).toBe('{"topic":"t","partition":3}');
  });
});

describe('Kafka Connect’s own topics', () => {
  it.each([
    ['connect-status', 'status-task-orders-sink-0', '{"state":"RUNNING"}', 'status of task 0 of orders-sink'],
    [
      'connect-configs',
      'connector-orders-sink',
      '{"properties":{}}',
      'configuration of the connector orders-sink',
    ],
    [
      'eu-connect-offsets',
      '["files",{"filename":"a"}]',
      '{"position":9007199254740993}',
      'source offset of the connector files',
    ],
  ])('%s %s', (topic, key, value, words) => {
    const given = context({ topic }, { key: Buffer.from(key) });
    expect(shown(Buffer.from(value), given)).toMatchObject({
      serde: 'json',
      text: value,
      reason: `Kafka Connect: ${words}. Valid JSON object.`,
    });
  });

  it('are told from others', () => {
    expect(
      shown(Buffer.from('{}'), context({ topic: 'orders' }, { key: Buffer.from('connector-a') })).reason,
    ).toBe('Valid JSON object.');
  });
});

describe('any bytes, by any serde', () => {
  it('are shown with a reason, decoded or refused, and never throw', () => {
    const plans = [
      registry,
      ...serdeOptions.map(({ name }) =>
        context({ registry: 'reg', value: { serde: name, options: { schemaId: '12' } } }, { isFinal: true }),
      ),
      ...[
        '__consumer_offsets',
        '__transaction_state',
        '__share_group_state',
        'a.heartbeats',
        'a.checkpoints.internal',
      ].map((topic) => context({ topic }, { key: Buffer.from([0, 2]) })),
    ];
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      fc.uint8Array({ maxLength: 60 }).map((body) => new Uint8Array(prefixed(12, Buffer.from(body)))),
      fc.uint8Array({ maxLength: 60 }).map((body) => new Uint8Array(prefixed(14, Buffer.from(body)))),
      fc.uint8Array({ maxLength: 60 }).map((body) => new Uint8Array(gzipSync(body))),
      fc.json().map((text) => new Uint8Array(Buffer.from(text))),
    );
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom(...plans),
        fc.constantFrom(1024 * 1024, 16),
        (raw, plan, limitBytes) => {
          const all = Buffer.from(raw);
          const given = { ...plan, limitBytes, isFinal: true };
          const field = shown(all, given);
          expect(field.reason).toMatch(/\.$/);
          expect(field.sizeBytes).toBe(all.length);
          if (field.base64 !== null) {
            expect(Buffer.from(field.base64, 'base64').equals(all.subarray(0, field.shownBytes))).toBe(true);
          }
          const value = decoded(all, given);
          expect('value' in value || 'reason' in value).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
