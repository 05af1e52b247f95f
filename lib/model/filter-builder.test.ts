import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter } from '#lib/scan/filter/compile-filter.ts';
import {
  celOf,
  conditionsOf,
  type FilterCondition,
  type FilterOperator,
  kindOfType,
  kindOfValue,
  operatorsFor,
  problemOfValue,
} from './filter-builder.ts';

const row = (
  path: string,
  operator: FilterOperator,
  value = '',
  kind: FilterCondition['kind'] = 'text',
): FilterCondition => ({ path, operator, kind, value });

const cases: readonly (readonly [FilterCondition, string])[] = [
  [row('value.status', 'is', 'FAILED'), 'value.status == "FAILED"'],
  [row('value.status', 'isNot', 'say "no" && go'), String.raw`value.status != "say \"no\" && go"`],
  [row('value.amount', 'more', '9007199254740993', 'number'), 'value.amount > 9007199254740993'],
  [row('value.paid', 'is', 'true', 'bool'), 'value.paid == true'],
  [
    row('timestamp', 'atLeast', '2026-11-21T03:12:40Z', 'moment'),
    'timestamp >= timestamp("2026-11-21T03:12:40Z")',
  ],
  [row('value.currency', 'oneOf', 'EUR, SEK'), 'value.currency in ["EUR", "SEK"]'],
  [row('value.count', 'oneOf', '1, 2', 'number'), 'value.count in [1, 2]'],
  [row('key', 'startsWith', 'ord_'), 'key.startsWith("ord_")'],
  [row('value["post-code"]', 'endsWith', '7'), 'value["post-code"].endsWith("7")'],
  [row('value.tags', 'has', 'vip'), '"vip" in value.tags'],
  [row('value.address.city', 'isThere'), 'has(value.address.city)'],
  [row('value.address.city', 'isMissing'), '!has(value.address.city)'],
  [row('value["post-code"]', 'isMissing'), '!("post-code" in value)'],
  [row('value', 'isNull'), 'value == null'],
  [row('value', 'isThere'), 'value != null'],
  [row('headers.source', 'contains', 'check'), 'headers.source.contains("check")'],
];

describe('rows of the filter builder', () => {
  it.each(cases)('%j is %s, and back', (condition, cel) => {
    expect(celOf([condition])).toBe(cel);
    expect(conditionsOf(cel)).toEqual([condition]);
    expect(compileFilter(cel)).toHaveProperty('filter');
  });

  it('hold together, in their order', () => {
    const all = cases.map(([condition]) => condition);
    expect(conditionsOf(celOf(all))).toEqual(all);
  });

  it('come back from whatever values they were given', () => {
    const values = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('is', 'contains', 'isNot', 'has' as const), values)),
        (rows) => {
          const conditions = rows.map(([operator, value]) =>
            row('value.note', operator as FilterOperator, value),
          );
          expect(conditionsOf(celOf(conditions))).toEqual(conditions);
        },
      ),
    );
  });

  it('are none where an expression says more than they can', () => {
    for (const where of [
      'value.a == 1 || value.b == 2',
      'value.items.exists(i, i.sku == "MUG")',
      'size(value.items) > 3',
      'value.a == value.b',
      'value.a ==',
      "value.a == 'single'",
    ])
      expect(conditionsOf(where)).toBeNull();
    expect(conditionsOf('  ')).toEqual([]);
  });

  it('leave out what says nothing yet, and say why', () => {
    expect(celOf([row('', 'is', 'x'), row('value.a', 'is', 'x', 'number'), row('value.b', 'is', 'y')])).toBe(
      'value.b == "y"',
    );
    expect(problemOfValue(row('', 'is', 'x'))).toBe('Choose a field.');
    expect(problemOfValue(row('a b', 'is', 'x'))).toContain('value.status');
    expect(problemOfValue(row('value.a', 'is', 'x', 'number'))).toBe('A number, such as 12 or 99.5.');
    expect(problemOfValue(row('value.a', 'is', 'noon', 'moment'))).toContain('A moment');
  });

  it('ask of a field what its type can be asked', () => {
    expect(operatorsFor('string')).toContain('startsWith');
    expect(operatorsFor('int')).not.toContain('startsWith');
    expect(operatorsFor('list of string')[0]).toBe('has');
    expect(operatorsFor('map')).toEqual(['isThere', 'isMissing', 'isNull']);
    expect(operatorsFor('any')).toEqual(expect.arrayContaining(['more', 'startsWith', 'has']));
    expect(['12', '1, 2.5', 'true', 'x', '', '1, x'].map(kindOfValue)).toEqual([
      'number',
      'number',
      'bool',
      'text',
      'text',
      'text',
    ]);
    expect(kindOfType('timestamp')).toBe('moment');
    expect(kindOfType('double')).toBe('number');
  });
});
