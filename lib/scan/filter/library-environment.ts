import {
  CelScalar,
  type CelType,
  type CelValue,
  celEnv,
  celFunc,
  celMethod,
  listType,
  objectType,
} from '@bufbuild/cel';
import { RE2JS } from '@bufbuild/re2';
import { type Cell, Failure, Instant } from './cell.ts';
import { functions, toInstant } from './functions.ts';
import { fromLibrary, toLibrary } from './library-values.ts';
import { calculate, compare } from './operations.ts';

/**
 * The library's environment with our numbers and times: what `operations.ts` says of both is true whichever of the two evaluates.
 * One per expression, since it keeps the compiled patterns.
 */
export function filterEnvironment() {
  const patterns = new Map<string, ReturnType<typeof RE2JS.compile>>();
  return celEnv({
    funcs: [
      ...arithmetic(),
      ...joining(),
      ...comparisons(),
      ...equality(),
      ...conversions(),
      ...textFunctions(),
    ],
    re2: {
      compile(pattern) {
        const compiled = patterns.get(pattern) ?? RE2JS.compile(pattern);
        patterns.set(pattern, compiled);
        return compiled;
      },
    },
  });
}

const { INT, DOUBLE, STRING, BYTES, DYN, BOOL } = CelScalar;
const TIMESTAMP = objectType('google.protobuf.Timestamp') as CelType;

/** Pairs that the library refuses, compares as doubles, or lets become infinite. */
const numberPairs = [
  [INT, DOUBLE],
  [DOUBLE, INT],
  [DOUBLE, DOUBLE],
] as const;

/** A cell as the result of a function; failures become exceptions, which the library turns into its errors. */
const result = (cell: Cell): CelValue => toLibrary(cell);

const arithmetic = () =>
  (['+', '-', '*', '/', '%'] as const).flatMap((operator) =>
    numberPairs.map((types) =>
      celFunc(
        `_${operator}_`,
        types,
        DYN,
        (left, right) => result(calculate(operator, left, right)) as never,
      ),
    ),
  );

const joining = () =>
  [STRING, BYTES, listType(DYN)].map((type) =>
    celFunc(
      '_+_',
      [type as CelType, type as CelType],
      DYN,
      (left, right) => result(calculate('+', fromLibrary(left), fromLibrary(right))) as never,
    ),
  );

const orders = {
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
};

function comparisons() {
  const pairs: (readonly [CelType, CelType])[] = [...numberPairs];
  for (const number of [INT, DOUBLE]) pairs.push([number, TIMESTAMP], [TIMESTAMP, number]);
  return Object.entries(orders).flatMap(([operator, test]) =>
    pairs.map((types) =>
      celFunc(`_${operator}_`, types, BOOL, (left, right) =>
        test(compare(fromLibrary(left), fromLibrary(right)) as number),
      ),
    ),
  );
}

const original = [...celEnv().funcs].find(({ id }) => id === '_==_(dyn,dyn)');

/** A number beside a time is epoch milliseconds here too. */
function isSame(left: CelValue, right: CelValue): boolean {
  const [a, b] = [fromLibrary(left), fromLibrary(right)];
  if (a instanceof Instant !== b instanceof Instant) return compare(a, b) === 0;
  return original?.call(0, undefined, [left, right]) === true;
}

const equality = () => [
  celFunc('_==_', [DYN, DYN], BOOL, isSame),
  celFunc('_!=_', [DYN, DYN], BOOL, (left, right) => !isSame(left, right)),
  celFunc('@in', [DYN, listType(DYN)], BOOL, (needle, list) =>
    [...list].some((item) => isSame(item, needle)),
  ),
];

const convert = (name: string, type: CelType) =>
  celFunc(name, [type], DYN, (value) => result(functions[name]?.(fromLibrary(value)) ?? null) as never);

const conversions = () => [
  convert('int', DOUBLE),
  convert('int', STRING),
  convert('int', TIMESTAMP),
  convert('double', STRING),
  convert('string', TIMESTAMP),
  ...[INT, DOUBLE, STRING].map((type) =>
    celFunc('timestamp', [type as CelType], DYN, (value) => result(toInstant(fromLibrary(value))) as never),
  ),
];

const textFunctions = () =>
  ['lowerAscii', 'upperAscii', 'trim'].map((name) =>
    celMethod(name, STRING, [], STRING, function (this: string) {
      return result(functions[name]?.(this) ?? new Failure('unknown')) as string;
    }),
  );
