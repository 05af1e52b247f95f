import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonValue, MAX_JSON_MEMBERS } from './json-value.ts';

const decode = (text: string) => jsonValue(Buffer.from(text));

/** The slow way: every number is looked at in its source. */
const bySource = (text: string): unknown =>
  JSON.parse(text, (_key: string, value: unknown, context?: { source: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? BigInt(context?.source ?? '')
      : value,
  );

test('whole numbers are exact, decimals are doubles', () => {
  expect(decode('{"a":9007199254740993,"b":-9223372036854775808,"c":[1,18446744073709551615]}')).toEqual({
    value: { a: 9007199254740993n, b: -9223372036854775808n, c: [1, 18446744073709551615n] },
  });
  expect(decode(' 9007199254740993 ')).toEqual({ value: 9007199254740993n });
  expect(decode('{"a":9007199254740992.0,"b":1e400,"c":-0,"d":9007199254740991}')).toEqual({
    value: { a: 9007199254740992, b: Number.POSITIVE_INFINITY, c: -0, d: 9007199254740991 },
  });
});

test('keys that a class would have are keys', () => {
  const decoded = decode('{"__proto__":9007199254740993,"constructor":{"__proto__":[9007199254740995]}}');
  expect(
    'value' in decoded && JSON.stringify(decoded.value, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
  ).toBe('{"__proto__":"9007199254740993","constructor":{"__proto__":["9007199254740995"]}}');
  expect(Object.getPrototypeOf({}).admin).toBeUndefined();
});

const scalar = fc.constantFrom(
  ...[
    '9007199254740993',
    '-9007199254740993',
    '9007199254740992',
    '12345678901234567890123',
    '9007199254740992.0',
  ],
  ...[
    '9007199254740993e0',
    '1e300',
    '1',
    '-0',
    '"9007199254740993"',
    '"a,9007199254740993"',
    '"\\"9007199254740993"',
  ],
  ...['true', 'null', '""', '"\\\\"'],
);
const name = fc.constantFrom('a', 'b', '__proto__', '\\u0061', 'x:9007199254740993', '');
const space = fc.constantFrom('', ' ', '\n');
const json = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc
      .tuple(space, fc.array(tie('json'), { maxLength: 4 }))
      .map(([gap, all]) => `[${all.join(`${gap},${gap}`)}${gap}]`),
    fc
      .tuple(space, fc.array(fc.tuple(name, tie('json')), { maxLength: 4 }))
      .map(([gap, all]) => `{${gap}${all.map(([key, of]) => `"${key}"${gap}:${gap}${of}`).join(',')}}`),
  ),
})).json;

test('any JSON, repeated and escaped names included, is as if each number were looked at', () => {
  fc.assert(
    fc.property(json, (text) => {
      expect(decode(text)).toStrictEqual({ value: bySource(text) });
    }),
    { numRuns: 3000 },
  );
});

test('what is too deep, too much, or no JSON has a reason', () => {
  expect(decode('['.repeat(200) + ']'.repeat(200))).toHaveProperty('value');
  expect(decode('['.repeat(201) + ']'.repeat(201))).toEqual({
    reason: 'JSON nested deeper than 200 levels.',
  });
  expect(decode(`{"a":"${'['.repeat(300)}\\"${']'.repeat(300)}"}`)).toHaveProperty('value');
  expect(decode(`[${'1,'.repeat(MAX_JSON_MEMBERS)}1]`)).toEqual({
    reason: 'JSON with more than 200,000 members.',
  });
  expect(decode('{"a":1')).toEqual({ reason: 'Not valid JSON.' });
  expect(decode(`"${'a'.repeat(1000)}`)).toEqual({ reason: 'Not valid JSON.' });
  expect(jsonValue(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ reason: 'Not valid UTF-8.' });
});
