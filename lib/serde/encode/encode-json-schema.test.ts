import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paymentSchema } from '#platform/workload/schemas.ts';
import { type Encoded, type EncodeSchema, runEncode, type SchemaDescription } from './encode-task.ts';
import { textOfPattern } from './pattern-text.ts';

const schemaOf = (schema: unknown, references: EncodeSchema['references'] = []): EncodeSchema => ({
  id: '9',
  type: 'JSON',
  text: JSON.stringify(schema),
  references,
});
function encode(schema: EncodeSchema, text: string): Encoded {
  const answer = runEncode({ kind: 'encode', schema, message: null, texts: [text] });
  if ('problem' in answer) throw new Error(answer.problem);
  return (answer as { encoded: Encoded[] }).encoded[0]!;
}
const errorsOf = (schema: unknown, text: string) => {
  const encoded = encode(schemaOf(schema), text);
  return 'errors' in encoded ? encoded.errors.map(({ path, message }) => `${path}: ${message}`) : [];
};
const exampleOf = (schema: EncodeSchema, example: 'plain' | 'edge') =>
  (runEncode({ kind: 'describe-schema', schema, message: null, example }) as SchemaDescription).example;

const valid = `{"paymentId": "p", "orderId": "o", "state": "CAPTURED", "amountCents": 9007199254740993,
  "currency": "EUR",  "occurredAt": "2026-11-21T03:12:40Z"}`;

describe('JSON Schema', () => {
  it('the text is written as it stands, with every digit and space', () => {
    const encoded = encode(schemaOf(paymentSchema), valid);
    expect('bytes' in encoded && Buffer.from(encoded.bytes).toString('latin1')).toBe(`\0\0\0\0\x09${valid}`);
  });

  it.each([
    ['"amountCents": "ten"', 'amountCents: a whole number is needed, this is text'],
    ['"amountCents": 1.5', 'amountCents: a whole number is needed, this is a number with a fraction'],
    ['"amountCents": -1', 'amountCents: must be >= 0'],
    ['"more": 1', 'more: the schema has no such field'],
    ['"occurredAt": "yesterday"', 'occurredAt: must be a date-time'],
    ['"currency": "euro"', 'currency: must match ^[A-Z]{3}$'],
    ['"state": "LOST"', 'state: one of "AUTHORISED", "CAPTURED", "REFUNDED" is needed'],
  ])('%s', (change, sentence) => {
    const json = JSON.stringify({ ...JSON.parse(valid), ...JSON.parse(`{"amountCents": 1, ${change}}`) });
    expect(errorsOf(paymentSchema, json)).toContain(sentence);
  });

  it('draft 4 is read as it means', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      id: 'https://example.com/old.json',
      properties: {
        a: { type: 'integer', minimum: 1, exclusiveMinimum: true },
        id: { type: 'string' },
        b: { $ref: '#/definitions/b' },
      },
      definitions: { b: { maximum: 5, exclusiveMaximum: false } },
    };
    expect(errorsOf(schema, '{"a": 2, "id": "x", "b": 5}')).toEqual([]);
    expect(errorsOf(schema, '{"a": 1, "id": 2, "b": 6}')).toEqual([
      'a: must be > 1',
      'id: text is needed, this is a whole number',
      'b: must be <= 5',
    ]);
  });

  it('what is missing is named', () => {
    expect(errorsOf(paymentSchema, '{}')).toContain('currency: is missing');
  });

  it('a fault within nested alternatives is said at its place', () => {
    const schema = {
      anyOf: [{ type: 'object', properties: { a: { type: 'array', items: { type: 'integer' } } } }],
    };
    expect(errorsOf(schema, '{"a": [1, "x"]}')).toEqual(['a[1]: a whole number is needed, this is text']);
  });

  it.each(['plain', 'edge'] as const)('a %s example fits the payment schema', (kind) => {
    expect(errorsOf(paymentSchema, exampleOf(schemaOf(paymentSchema), kind))).toEqual([]);
  });

  it('examples follow references, combinations, limits and patterns, and end', () => {
    const references = [
      { name: 'address.json', text: JSON.stringify({ $defs: { city: { type: 'string', minLength: 9 } } }) },
    ];
    const schema = schemaOf(
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        required: ['city', 'node', 'n'],
        properties: {
          city: { $ref: 'address.json#/$defs/city' },
          node: { $ref: '#/$defs/node' },
          n: { type: 'integer', exclusiveMinimum: 4, multipleOf: 5 },
          code: { type: 'string', pattern: '^(?:AB|CD)-\\d{4}[x-z]?$' },
          one: { oneOf: [{ type: 'string', maxLength: 2 }, { type: 'integer' }] },
          pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2 },
          all: { allOf: [{ type: 'object', required: ['x'] }, { properties: { x: { type: 'boolean' } } }] },
        },
        $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
      },
      references,
    );
    for (const kind of ['plain', 'edge'] as const) {
      const encoded = encode(schema, exampleOf(schema, kind));
      expect('errors' in encoded && encoded.errors).toBe(false);
    }
  });

  it('a schema that cannot be used is a sentence, whatever it says (P16)', () => {
    for (const text of [
      '{',
      '{"$ref": "#/nowhere"}',
      '{"type": "nothing"}',
      '{"pattern": "("}',
      '{"$ref": "#"}',
    ])
      expect(
        runEncode({ kind: 'encode', schema: { ...schemaOf({}), text }, message: null, texts: ['1'] }),
      ).toBeTypeOf('object');
    const hostile = {
      title: '*/;process.exit(1)//',
      properties: { "']);process.exit(1)//": { type: 'integer' }, __proto__: {} },
    };
    expect(errorsOf(hostile, `{"']);process.exit(1)//": "x"}`)).toHaveLength(1);
  });

  it('any text is answered', () => {
    const schema = schemaOf({
      type: 'object',
      additionalProperties: { type: ['integer', 'array'], items: { type: 'string' } },
    });
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const encoded = encode(schema, text);
        if ('errors' in encoded)
          for (const { from, to } of encoded.errors)
            expect(from >= 0 && to >= from && to <= text.length).toBe(true);
      }),
    );
  });
});

describe('a text for a pattern', () => {
  it.each(['^[A-Z]{3}$', '^\\d+-\\w{2,4}$', '^(a|b)c*$', 'x\\.y', '^[\\d]{2}$'])('%s', (pattern) => {
    expect(textOfPattern(pattern)).toMatch(new RegExp(pattern));
  });
  it('is none where it is not understood', () => {
    for (const pattern of ['(?=a)b', '[^a]', '(', '\\p{L}']) expect(textOfPattern(pattern)).toBeNull();
  });
});
