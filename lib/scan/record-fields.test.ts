import { describe, expect, test } from 'vitest';
import { plainPlan } from '#lib/serde/decode-plan.ts';
import { recordBatch } from '#lib/testing/record-batches.ts';
import { fieldsOfRecords } from './record-fields.ts';
import { merged } from './sample-fields.ts';
import { fieldsOfSchema } from './schema-fields.ts';

const schema = (type: 'AVRO' | 'JSON', body: object) => ({
  ...{ id: '1', type, text: JSON.stringify(body), references: [], subjects: [] },
});

describe('fields of records', () => {
  test('paths, types and values, as an expression writes them', () => {
    const values = [
      '{"id":9007199254740993,"amount":1,"a-b":{"c":null},"tags":["x"],"items":[{"sku":"A"}]}',
      '{"id":1,"amount":1.5,"a-b":{"c":true},"tags":[],"status":"NEW"}',
      'no JSON',
    ];
    const bytes = recordBatch(
      values.map((value, i) => ({
        offset: BigInt(i),
        key: Buffer.from(`k${i}`),
        value: Buffer.from(value),
        headers: [[Buffer.from('trace-id'), Buffer.from('t')]],
      })),
    );
    const task = { kind: 'fields' as const, partition: 0, maxInflatedBytes: 1e6, plan: plainPlan('t') };
    const records = fieldsOfRecords(bytes, { ...task, offsets: [0n, 1n, 2n] });
    if ('needs' in records) throw new Error('nothing is missing');
    expect(records.map(({ offset }) => offset)).toEqual(['0', '1', '2']);
    expect(merged(records).map(({ path, type, sample }) => `${path}: ${type} = ${sample}`)).toEqual([
      'key: string = k0',
      'value: any = no JSON',
      'value.id: int = 9007199254740993',
      'value.amount: double = 1',
      'value["a-b"]: map = null',
      'value["a-b"].c: bool = true',
      'value.tags: list of string = null',
      'value.items: list of map = null',
      'value.items[0].sku: string = A',
      'headers["trace-id"]: string = t',
      'value.status: string = NEW',
    ]);
  });

  test('fields that a schema knows are there before a record has them', () => {
    const order = {
      type: 'record',
      name: 'Order',
      fields: [
        { name: 'id', type: 'long' },
        { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
        { name: 'note', type: ['null', 'string'] },
        {
          name: 'buyer',
          type: ['null', { type: 'record', name: 'Buyer', fields: [{ name: 'city', type: 'string' }] }],
        },
        { name: 'tags', type: { type: 'array', items: 'string' } },
        { name: 'bought', type: { type: 'array', items: 'Buyer' } },
      ],
    };
    const known = fieldsOfSchema('value', schema('AVRO', order));
    expect(known.map(({ path, type }) => `${path}: ${type}`)).toEqual([
      'value.id: int',
      'value.at: timestamp',
      'value.note: string',
      'value.buyer: map',
      'value.buyer.city: string',
      'value.tags: list of string',
      'value.bought: list of map',
      'value.bought[0].city: string',
    ]);
    const seen = [{ path: 'value.at', type: 'int', sample: '12' }];
    expect(merged([{ seen, known }])[0]).toEqual({ path: 'value.at', type: 'timestamp', sample: '12' });
  });

  test('a schema that cannot be read names none, one that refers to itself ends', () => {
    expect(fieldsOfSchema('value', { ...schema('AVRO', {}), text: '{' })).toEqual([]);
    expect(fieldsOfSchema('key', { ...schema('JSON', {}), text: '[' })).toEqual([]);
    const node = { type: 'record', name: 'N', fields: [{ name: 'next', type: ['null', 'N'] }] };
    expect(fieldsOfSchema('value', schema('AVRO', node)).length).toBeLessThan(20);
    const json = {
      properties: { a: { type: ['string', 'null'] }, __proto__x: { properties: { b: { type: 'integer' } } } },
    };
    expect(fieldsOfSchema('key', schema('JSON', json)).map(({ path, type }) => `${path}: ${type}`)).toEqual([
      'key.a: string',
      'key.__proto__x: any',
      'key.__proto__x.b: int',
    ]);
  });
});
