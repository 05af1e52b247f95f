import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJson, formatJson } from './json-text.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('JSON as text', () => {
  it('accepts exactly what JSON.parse accepts', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"\\u00e4"',
        '"\\x"',
        '1',
        '-0',
        '01',
        '1e5',
        '.5',
        'true',
        'nul',
        ' ',
        '\n',
        '\u00a0',
        '"',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          pieces.map((p) => p.join('')),
          fc.string(),
        ),
        (text) => {
          expect(checkJson(text).ok).toBe(isJson(text));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('lays out as JSON.stringify does, where that loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(formatJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps digits, order and duplicates', () => {
    expect(formatJson('{"2":9007199254740993,"1":1.0,"2":[ ],"__proto__":{ }}')).toBe(
      '{\n  "2": 9007199254740993,\n  "1": 1.0,\n  "2": [],\n  "__proto__": {}\n}',
    );
    expect(formatJson('{"a":')).toBeNull();
  });

  it('tells how deep is too deep without recursion', () => {
    expect(checkJson('['.repeat(100_000) + ']'.repeat(100_000))).toEqual({
      ok: false,
      reason: 'too-deep',
      position: 200,
    });
    expect(checkJson('[[1]]', 1)).toEqual({ ok: false, reason: 'too-deep', position: 1 });
  });
});
