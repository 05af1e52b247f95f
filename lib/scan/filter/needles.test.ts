import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonValue } from '#lib/serde/json-value.ts';
import { celCondition, dataValue } from '#lib/testing/filter-arbitraries.ts';
import { recordView } from '#lib/testing/record-view.ts';
import { spelledJson } from '#lib/testing/spelled-json.ts';
import { compileFilter } from './compile-filter.ts';
import { numberSpellings } from './number-spellings.ts';
import type { RecordView } from './record-view.ts';

const compiled = (source: string) => {
  const made = compileFilter(source);
  if ('problem' in made) throw new Error(`${source}: ${made.problem.message}`);
  return made.filter;
};
const needles = (source: string) => compiled(source).needles.map((set) => set.map(String));

describe('what must be among the bytes', () => {
  test.each([
    ['value.status == "FAILED" && value.amount > 100', [['"FAILED"']]],
    ['"FAILED" == value.status', [['"FAILED"']]],
    ['value.status != "FAILED"', []],
    ['!(value.status != "FAILED")', [['"FAILED"']]],
    ['value.status == "A" || value.status == "B"', [['"A"', '"B"']]],
    ['value.status == "A" || value.amount > 1', []],
    ['value.status in ["A", "B"]', [['"A"', '"B"']]],
    ['value.status in ["A", 1.5]', []],
    ['value.a == "x" && (value.b == "y" || value.c == "z")', [['"x"'], ['"y"', '"z"']]],
    [
      '(value.a == "x" && value.b == "y") || value.c == "z"',
      [
        ['"x"', '"z"'],
        ['"y"', '"z"'],
      ],
    ],
    ['!(value.a == "x" || value.b == "y")', []],
    ['!(value.a != "x" || value.b != "y")', [['"x"'], ['"y"']]],
    [
      'value.name.startsWith("Ann") && value.mail.endsWith(".de") && value.note.contains("late")',
      [['"Ann'], ['late'], ['.de"']],
    ],
    ['value.name.matches("^ord-1")', [['ord-1']]],
    ['value.name.matches("ord.1")', []],
    ['value.name.lowerAscii() == "x"', []],
    ['value.a + value.b == "xy"', []],
    ['value == "plain" || key == "k"', [['plain', 'k']]],
    ['headers.trace == "abc"', [['abc']]],
    ['has(value.vip) && "gold" in value.tags', [['"gold"'], ['"vip"']]],
    ['"trace" in headers || has(headers.x)', []],
    ['value.isTest', [['true']]],
    ['!value.isTest', [['false']]],
    ['value.end == null', [['null']]],
    ['value == null', []],
    ['value.items.exists(i, i.sku == "A" && i.qty > 1)', [['"A"']]],
    ['value.items.all(i, i.sku == "A")', []],
    ['!value.items.all(i, i.sku != "A")', [['"A"']]],
    ['value.items.exists_one(i, i == "A")', [['"A"']]],
    ['!value.items.exists_one(i, i == "A")', []],
    ['headers.exists(name, name == "trace")', []],
    [
      'value.a == "x" ? value.b == "y" : value.c == "z"',
      [
        ['"x"', '"z"'],
        ['"y"', '"z"'],
      ],
    ],
    ['topic == "t" && partition == 100 && offset == 12345', []],
    ['value.id == 9007199254740993', [['9007199254740993']]],
    ['value.id == 42', []],
    ['value.id == 1.5', []],
    ['false', []],
    ['value.a == ""', [['""']]],
    ['key == ""', []],
  ])('%s', (source, expected) => {
    const sorted = (sets: string[][]) => sets.map((set) => set.toSorted().join(' or ')).toSorted();
    expect(sorted(needles(source))).toEqual(sorted(expected));
  });

  test('numbers hold one of their spellings', () => {
    expect(numberSpellings(123456n)).toEqual(['123456', '6e', '6E', '0e', '0E', '99999', '00000']);
    expect(numberSpellings(9007199254740992n)).toBeUndefined();
    expect(numberSpellings(7n)).toBeUndefined();
  });
});

const view = (bytes: Buffer): RecordView =>
  recordView(null, {
    valueBytes: bytes,
    keyBytes: Buffer.from('A'),
    key: () => ({ value: 'A' }),
    headers: () => ({ a: 'FAILED' }),
    value: () => (/^\s*[[{]/.test(String(bytes)) ? jsonValue(bytes) : { value: String(bytes) }),
  });

test('a record whose bytes miss a needle does not match, however its JSON is written', () => {
  let [skipped, matched] = [0, 0];
  const record = dataValue.chain((value) => spelledJson({ value: value, a: value, status: value }));
  fc.assert(
    fc.property(celCondition, record, (source, text) => {
      const made = compileFilter(source);
      if ('problem' in made || made.filter.needles.length === 0) return;
      const bytes = Buffer.from(text);
      const isMatch = made.filter.test(view(bytes)) === 'match';
      if (isMatch) matched++;
      const haystack = Buffer.concat([bytes, Buffer.from('\nA\nFAILED')]);
      if (bytes.includes('\\')) return;
      const isSkipped = made.filter.needles.some((set) => !set.some((needle) => haystack.includes(needle)));
      if (isSkipped) skipped++;
      expect({ source, text, isMatch: isMatch && isSkipped }).toEqual({ source, text, isMatch: false });
    }),
    { numRuns: 5000 },
  );
  expect(skipped).toBeGreaterThan(100);
  expect(matched).toBeGreaterThan(5);
});

test('every spelling of a whole number that equals it holds one of its needles', () => {
  const whole = fc.oneof(
    fc.bigInt({ min: 100n, max: 9_999_999_999n }),
    fc.constantFrom(1000n, 123000n, 9999999999n),
  );
  const spelling = whole.chain((value) =>
    fc
      .record({
        shift: fc.integer({ min: -12, max: 12 }),
        tail: fc.constantFrom('', '0', '00', '000000000000000000001', '00000000000000001', 'under'),
        letter: fc.constantFrom('e', 'E', 'e+'),
      })
      .map((choice) => ({ value, text: spell(value, choice) })),
  );
  let met = 0;
  fc.assert(
    fc.property(spelling, ({ value, text }) => {
      if (Number(text) !== Number(value)) return;
      met++;
      expect({ text, holds: numberSpellings(value)?.some((needle) => text.includes(needle)) }).toEqual({
        text,
        holds: true,
      });
    }),
    { numRuns: 5000 },
  );
  expect(met).toBeGreaterThan(2000);
});

/** The digits with a point `shift` places further left and the exponent that makes up for it, and a tail that hardly changes it. */
function spell(
  value: bigint,
  { shift, tail, letter }: { shift: number; tail: string; letter: string },
): string {
  const digits = tail === 'under' ? `${value - 1n}99999999999999999` : `${value}${tail}`;
  const behind = (tail === 'under' ? 17 : tail.length) + shift;
  const padded = behind < 0 ? digits + '0'.repeat(-behind) : digits.padStart(behind + 1, '0');
  const mantissa = behind <= 0 ? padded : `${padded.slice(0, -behind)}.${padded.slice(-behind)}`;
  const clean = mantissa.replace(/^0+(?=\d)/, '');
  return shift === 0 ? clean : `${clean}${shift < 0 ? letter.replace('+', '') : letter}${shift}`;
}
