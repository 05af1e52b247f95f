import fc from 'fast-check';
import type { DataValue } from '#lib/serde/decode-plan.ts';

/** Random filter expressions and the random values they are about; names are few, so that they meet. */

const names = ['a', 'b', 'status', '__proto__', 'constructor'];
const texts = ['', 'A', 'FAILED', 'x-1', 'é😀', '"', '\\', '/', 'a\nb', '12', '1e2', 'true'];
const ints = [
  '0',
  '1',
  '-1',
  '2',
  '5',
  '100',
  '123456',
  '9007199254740992',
  '9007199254740993',
  '9223372036854775807',
];
const doubles = ['0.0', '1.0', '0.5', '2.5', '1e2', '100.0', '9007199254740992.0', '1e30'];

export const celText = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\0', '\\000')}"`;

const anyName = fc.constantFrom(...names);
const literal = fc.oneof(
  fc.constantFrom(...texts).map(celText),
  fc.constantFrom(...ints),
  fc.constantFrom(...doubles),
  fc.constantFrom('true', 'false', 'null'),
);

const arbitraries = fc.letrec<{ expression: string; place: string; test: string }>((tie) => {
  const one = tie('expression');
  const two = fc.tuple(one, one);
  return {
    place: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(
        'value',
        'value',
        'value.a',
        'value.status',
        'key',
        'headers',
        'headers.a',
        'v',
        'size',
        'timestamp',
      ),
      fc.tuple(tie('place'), anyName).map(([place, name]) => `${place}.${name}`),
      fc.tuple(tie('place'), anyName).map(([place, name]) => `${place}["${name}"]`),
      fc.tuple(tie('place'), fc.nat(2)).map(([place, index]) => `${place}[${index}]`),
    ),
    test: fc.oneof(
      { maxDepth: 4 },
      fc
        .tuple(tie('place'), fc.constantFrom('==', '!=', '<', '<=', '>', '>='), literal)
        .map((parts) => parts.join(' ')),
      fc.tuple(literal, fc.constantFrom('==', '!='), tie('place')).map((parts) => parts.join(' ')),
      fc
        .tuple(tie('place'), fc.array(literal, { maxLength: 3 }))
        .map(([place, all]) => `${place} in [${all.join(', ')}]`),
      fc.tuple(literal, tie('place')).map((parts) => parts.join(' in ')),
      fc
        .tuple(tie('place'), fc.constantFrom('contains', 'startsWith', 'endsWith'), fc.constantFrom(...texts))
        .map(([place, name, text]) => `${place}.${name}(${celText(text)})`),
      fc
        .tuple(tie('place'), fc.constantFrom('A', '^F', 'x-.', '[0-9]+$', '(?i)failed', 'é.'))
        .map(([place, pattern]) => `${place}.matches("${pattern}")`),
      fc.tuple(tie('place'), anyName).map(([place, name]) => `has(${place}.${name})`),
      fc
        .tuple(tie('place'), fc.constantFrom('exists', 'all', 'exists_one'), tie('test'))
        .map(([place, name, test]) => `${place}.${name}(v, ${test})`),
      fc.tuple(tie('test'), fc.constantFrom('&&', '||'), tie('test')).map((parts) => `(${parts.join(' ')})`),
      tie('test').map((test) => `!(${test})`),
      fc.tuple(tie('test'), tie('test'), tie('test')).map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`),
    ),
    expression: fc.oneof(
      { maxDepth: 5 },
      literal,
      tie('place'),
      tie('test'),
      fc
        .tuple(one, fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '>=', '&&', '||'), one)
        .map((parts) => `(${parts.join(' ')})`),
      fc.tuple(fc.constantFrom('!', '-'), one).map(([operator, of]) => `${operator}(${of})`),
      fc
        .tuple(fc.constantFrom('size', 'int', 'double', 'string', 'bool', 'timestamp', 'dyn'), one)
        .map(([name, of]) => `${name}(${of})`),
      fc
        .tuple(one, fc.constantFrom('lowerAscii', 'upperAscii', 'trim', 'size'))
        .map(([of, name]) => `(${of}).${name}()`),
      fc
        .tuple(one, fc.constantFrom('contains', 'startsWith', 'endsWith'), one)
        .map(([of, name, part]) => `(${of}).${name}(${part})`),
      fc.array(one, { maxLength: 3 }).map((all) => `[${all.join(', ')}]`),
      two.map((parts) => parts.map((part) => `(${part})`).join(' in ')),
      fc.tuple(one, one).map(([of, index]) => `(${of})[${index}]`),
      fc
        .tuple(one, fc.constantFrom('map', 'filter', 'exists', 'all', 'existsOne'), one)
        .map(([range, name, test]) => `(${range}).${name}(v, ${test})`),
      fc.tuple(one, one, one).map(([range, test, step]) => `(${range}).map(v, ${test}, ${step})`),
      fc.tuple(one, one, one).map(([when, yes, no]) => `(${when} ? ${yes} : ${no})`),
    ),
  };
});

/** Any expression, most of them meaningless. Within macros the element is `v`; outside, `v` is refused. */
export const celExpression = arbitraries.expression;

/** Conditions as people write them, nested. */
export const celCondition = arbitraries.test;

/** Decoded values that the expressions meet. */
export const dataValue: fc.Arbitrary<DataValue> = fc.letrec<{ value: DataValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<DataValue>(...texts, ...ints.map(BigInt), ...doubles.map(Number), true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(anyName, tie('value')), { maxLength: 4 }).map((fields) => Object.fromEntries(fields)),
  ),
})).value;
