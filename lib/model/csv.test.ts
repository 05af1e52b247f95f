import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';

describe('csvLine (R25, P11)', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['a\u0000b', 'a\\u0000b'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    [12, '12'],
  ])('writes %j as %s', (value, text) => {
    expect(csvLine([value])).toBe(`${text}\r\n`);
  });
});
