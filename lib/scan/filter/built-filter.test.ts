import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  celOf,
  conditionsOf,
  type FilterCondition,
  type FilterOperator,
  problemOfValue,
} from '#lib/model/filter-builder.ts';
import { recordView } from '#lib/testing/record-view.ts';
import { compileFilter } from './compile-filter.ts';

const hostile = fc.constantFrom(
  '" || true || "',
  '\\',
  '\\"',
  "'",
  '"""',
  '\n',
  '\r\n',
  '\0',
  '\u2028',
  '//',
  ')',
  '\\u0022',
  'é😀',
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  hostile,
  fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join('')),
);
const path = fc.oneof(
  fc.constantFrom('value.status', 'key', 'headers.trace', 'value.items[0].sku'),
  text.filter((name) => name !== '').map((name) => `value[${JSON.stringify(name)}]`),
);

const outcome = (where: string, value: Parameters<typeof recordView>[0]) => {
  const compiled = compileFilter(where);
  return 'problem' in compiled ? compiled.problem.message : compiled.filter.test(recordView(value));
};

test('a text cannot leave its quotes: the row is true of that text and of no other', () => {
  fc.assert(
    fc.property(text, (value) => {
      fc.pre(value.isWellFormed() && Buffer.byteLength(value) < 300);
      const row = (operator: FilterOperator): FilterCondition => ({
        path: 'value.a',
        operator,
        kind: 'text',
        value,
      });
      expect(outcome(celOf([row('is')]), { a: value })).toBe('match');
      expect(outcome(celOf([row('is')]), { a: `${value}x` })).toBe('no');
      expect(outcome(celOf([row('isNot')]), { a: value })).toBe('no');
      expect(outcome(celOf([row('contains')]), { a: `x${value}y` })).toBe('match');
      expect(outcome(celOf([row('has')]), { a: ['x', value] })).toBe('match');
    }),
  );
});

test('a name cannot leave its quotes either', () => {
  fc.assert(
    fc.property(text, (name) => {
      fc.pre(name !== '' && name.isWellFormed() && Buffer.byteLength(name) < 300);
      const at = `value[${JSON.stringify(name)}]`;
      const row = (operator: FilterOperator): FilterCondition => ({
        path: at,
        operator,
        kind: 'number',
        value: '1',
      });
      fc.pre(problemOfValue(row('is')) === null);
      const object = Object.fromEntries([[name, 1]]);
      expect(outcome(celOf([row('is')]), object)).toBe('match');
      expect(outcome(celOf([row('isThere')]), object)).toBe('match');
      expect(outcome(celOf([row('isMissing')]), {})).toBe('match');
    }),
  );
});

const operators: FilterOperator[] = [
  'is',
  'isNot',
  'contains',
  'startsWith',
  'endsWith',
  'has',
  'isThere',
  'isMissing',
  'isNull',
];

test('rows to text and back to the same rows', () => {
  const row = fc.record({
    path,
    operator: fc.constantFrom(...operators),
    kind: fc.constant('text' as const),
    value: text,
  });
  const rows = fc.array(row, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rows, (all) => {
      const given = all.filter((one) => problemOfValue(one) === null && one.value.isWellFormed());
      const where = celOf(given);
      const back = conditionsOf(where);
      // What cannot be drawn as rows again stays text; what can, says the same.
      if (back !== null) expect(celOf(back)).toBe(where);
    }),
  );
});

test('a simple row comes back as it was, whatever its text', () => {
  const withText = fc.constantFrom<FilterOperator>(
    'is',
    'isNot',
    'contains',
    'startsWith',
    'endsWith',
    'has',
  );
  fc.assert(
    fc.property(withText, text, (operator, value) => {
      fc.pre(value.isWellFormed());
      const row: FilterCondition = { path: 'value.status', operator, kind: 'text', value };
      expect(conditionsOf(celOf([row, row]))).toEqual([row, row]);
    }),
  );
});
