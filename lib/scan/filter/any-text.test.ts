import fc from 'fast-check';
import { expect, test } from 'vitest';
import { celCondition } from '#lib/testing/filter-arbitraries.ts';
import { recordView } from '#lib/testing/record-view.ts';
import { compileFilter } from './compile-filter.ts';

const token = fc.constantFrom(
  ...[
    'value',
    'key',
    '.a',
    '["a"]',
    '[0]',
    '==',
    '=',
    '&&',
    '&',
    '||',
    '!',
    '-',
    '1',
    '1u',
    '0x1F',
    '1e3',
    '"x"',
  ],
  ...[
    "'x",
    '"""',
    'r"',
    'b"x"',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    '?',
    ':',
    'in',
    'has(',
    '.exists(i,',
    '.matches(',
  ],
  ...['.size()', ' ', '\n', '//', 'é', '😀', '\0', '\\', '`', 'null', 'true', 'and', 'type(', 'timestamp('],
);
const damaged = fc.tuple(celCondition, fc.nat(), fc.nat(3), token).map(([source, at, cut, inserted]) => {
  const place = at % (source.length + 1);
  return source.slice(0, place) + inserted + source.slice(place + cut);
});
const anyText = fc.oneof(
  fc.array(token, { maxLength: 30 }).map((all) => all.join('')),
  damaged,
  fc.string({ unit: 'binary' }),
);

test('any text is a filter that answers, or has a problem within it', () => {
  let [filters, problems] = [0, 0];
  fc.assert(
    fc.property(anyText, (source) => {
      const compiled = compileFilter(source);
      if ('filter' in compiled) {
        filters++;
        const verdict = compiled.filter.test(recordView({ a: [1, 'x'] }));
        expect(typeof verdict === 'string' || 'failed' in verdict).toBe(true);
        return;
      }
      problems++;
      const { message, from, to } = compiled.problem;
      expect(message).toMatch(/^[A-Z`].*[.?]$/su);
      expect(message).not.toMatch(/undefined|NaN|\[object/);
      expect(0 <= from && from <= to && to <= source.length).toBe(true);
    }),
    { numRuns: 4000 },
  );
  expect(filters).toBeGreaterThan(20);
  expect(problems).toBeGreaterThan(1000);
});
