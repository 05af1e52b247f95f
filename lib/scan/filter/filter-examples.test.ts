import { expect, test } from 'vitest';
import { examplesOf } from '#lib/model/filter-examples.ts';
import { recordView } from '#lib/testing/record-view.ts';
import { compileFilter } from './compile-filter.ts';

const field = (path: string, type: string, sample: string | null = null) => ({ path, type, sample });
const fields = [
  field('key', 'string', 'ord-98ec'),
  field('value.orderId', 'string', 'ord-98ec'),
  field('value.sequence', 'int', '9007199254747006'),
  field('value.state', 'string', 'CONFIRMED "now"'),
  field('value.lines', 'list of map'),
  field('value.lines[0].sku', 'string', 'MUG'),
  field('value["a-b"]', 'double', '1.5'),
  field('value.tags', 'list of string'),
  field('headers["x-source"]', 'string', 'checkout'),
];

test('examples are made of the fields of a topic, and are expressions', () => {
  const examples = examplesOf(fields);
  expect(examples.map(({ where }) => where)).toEqual([
    'value.state == "CONFIRMED \\"now\\""',
    'value.sequence > 9007199254747006',
    'value.state == "CONFIRMED \\"now\\"" && value.sequence > 9007199254747006',
    'value.lines.exists(one, one.sku == "MUG")',
    '"…" in value.tags',
    'headers["x-source"] == "checkout"',
    'key.startsWith("ord-")',
    '!has(value.orderId)',
  ]);
  for (const { where } of examples) expect(compileFilter(where)).toHaveProperty('filter');
  const compiled = compileFilter(examples[0]?.where ?? '');
  const view = recordView({ state: 'CONFIRMED "now"' });
  expect('filter' in compiled && compiled.filter.test(view)).toBe('match');
  expect(examplesOf([])).toEqual([]);
});
