import fc from 'fast-check';
import { expect, test } from 'vitest';
import { celCondition, celExpression, dataValue } from '#lib/testing/filter-arbitraries.ts';
import { recordView } from '#lib/testing/record-view.ts';
import { type Cell, Failure, Instant, isNumber } from './cell.ts';
import { closureOf, Scope } from './evaluate.ts';
import { libraryEvaluate } from './library-evaluate.ts';
import { isEqual } from './operations.ts';
import { readExpression } from './read-expression.ts';

/** Equal in value and in kind; whole numbers and doubles are told apart, since division does. */
const isSame = (a: Cell, b: Cell): boolean =>
  a instanceof Failure || b instanceof Failure
    ? a instanceof Failure && b instanceof Failure
    : a instanceof Instant || b instanceof Instant
      ? a instanceof Instant && b instanceof Instant && a.nanos === b.nanos
      : isNumber(a) && isNumber(b)
        ? Object.is(a, b) || a === b
        : isEqual(a, b) ||
          (Array.isArray(a) && Array.isArray(b) && a.every((x, i) => isSame(x, b[i] as Cell)));

test.each([
  ['conditions', celCondition, 1500],
  ['any expressions', celExpression, 1500],
] as const)('the closures give what the library gives, failures included: %s', (_, expressions, numRuns) => {
  let met = 0;
  fc.assert(
    fc.property(expressions, dataValue, (source, value) => {
      const read = readExpression(source);
      if ('problem' in read) return;
      const evaluate = closureOf(read.expression);
      if (!evaluate) return;
      const scope = new Scope(read.slots);
      const record = recordView(value, { headers: () => ({ a: 'A', b: new Uint8Array([255]) }) });
      scope.begin(record);
      const ours = evaluate(scope);
      scope.begin(record);
      const theirs = libraryEvaluate(read.parsed)(scope);
      if (!(ours instanceof Failure)) met++;
      if (!isSame(ours, theirs)) {
        const show = (cell: Cell) => (cell instanceof Failure ? `failure: ${cell.reason}` : cell);
        expect({ source, ours: show(ours) }).toEqual({ source, ours: show(theirs) });
        throw new Error(source);
      }
    }),
    { numRuns },
  );
  expect(met).toBeGreaterThan(numRuns / 20);
});
