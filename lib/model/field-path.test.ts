import { describe, expect, it } from 'vitest';
import { parseFieldPath, splitFieldPaths } from './field-path.ts';

describe('the path of a field', () => {
  it('leads by names and positions', () => {
    expect(parseFieldPath('value')).toEqual({ side: 'value', steps: [] });
    expect(parseFieldPath('value.items[0].sku')).toEqual({ side: 'value', steps: ['items', 0, 'sku'] });
    expect(parseFieldPath('key["a.b"]["c\\"d"]')).toEqual({ side: 'key', steps: ['a.b', 'c"d'] });
    expect(parseFieldPath('headers.trace-id')).toEqual({ side: 'headers', steps: ['trace-id'] });
  });

  it.each([
    '',
    'values.a',
    'value.',
    'value..a',
    'value[x]',
    'value["a]',
    'headers',
    'headers.a.b',
    'headers[0]',
  ])('%j is none', (text) => {
    expect(parseFieldPath(text)).toBeNull();
  });

  it('stands in a list between commas, unless they are quoted', () => {
    expect(splitFieldPaths('value.a, key["x,y"] ,,value.b')).toEqual(['value.a', 'key["x,y"]', 'value.b']);
    expect(splitFieldPaths('')).toEqual([]);
  });
});
