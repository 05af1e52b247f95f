import { describe, expect, it } from 'vitest';
import { parseJsonTree } from '#lib/model/json-tree.ts';
import { type TreeOptions, treeLines } from './tree-lines.ts';

function draw(text: string, options: Partial<TreeOptions> = {}) {
  const tree = parseJsonTree(text);
  if (!('root' in tree)) throw new Error('no JSON');
  const made = treeLines(text, tree.root, {
    root: 'value',
    folded: new Set(),
    limit: 100,
    marked: new Set(),
    ...options,
  });
  return {
    hidden: made.hidden,
    text: made.lines.map(
      ({ depth, name, text: own, hasComma, isMarked }) =>
        `${'  '.repeat(depth)}${isMarked ? '*' : ''}${name === null ? '' : `${name.slice(1, -1)}: `}${own}${hasComma ? ',' : ''}`,
    ),
    lines: made.lines,
  };
}

describe('a JSON value as lines', () => {
  it('has its numbers as they were written and short parts on one line (P9)', () => {
    expect(draw('{"id":9007199254740993,"amount":{"minor":-0,"rate":1e400},"list":[[1],2]}').text).toEqual([
      '{',
      '  id: 9007199254740993,',
      '  amount: {"minor":-0,"rate":1e400},',
      '  list: [',
      '    [1],',
      '    2',
      '  ]',
      '}',
    ]);
  });

  it('folds at the places that were chosen, and counts what is left out', () => {
    const text = '{"a":{"b":{"c":[]}},"d":1}';
    expect(draw(text, { folded: new Set([5]) }).text).toEqual(['{', '  a: {…},', '  d: 1', '}']);
    expect(draw(text, { limit: 2 })).toMatchObject({ text: ['{', '  a: {'], hidden: 6 });
  });

  it('marks a field with all that is below it', () => {
    const marked = new Set(['value.a']);
    expect(draw('{"a":{"b":{"c":1,"d":[{}]}},"e":2}', { marked }).text).toEqual([
      '{',
      '  *a: {',
      '    *b: {',
      '      *c: 1,',
      '      *d: [',
      '        *{}',
      '      *]',
      '    *}',
      '  *},',
      '  e: 2',
      '}',
    ]);
  });

  it('writes names as they are written, so that no escape turns a line around (P5)', () => {
    const { lines } = draw('{"pay \\u202egpj.exe":1}');
    expect(lines[1]?.name).toBe('"pay \\u202egpj.exe"');
  });

  it('keeps names that come twice and odd ones (P8)', () => {
    const { lines } = draw('{"__proto__":1,"a b":2,"a b":3}');
    expect(lines.map(({ path }) => path)).toEqual([
      'value',
      'value.__proto__',
      'value["a b"]',
      'value["a b"]',
      'value',
    ]);
  });
});
