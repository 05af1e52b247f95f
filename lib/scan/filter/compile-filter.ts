import { RE2JS } from '@bufbuild/re2';
import type { ExpressionProblem } from '#lib/model/message-filter.ts';
import { type Cell, Failure, kindOf } from './cell.ts';
import { closureOf, Scope } from './evaluate.ts';
import { childrenOf, type Expression } from './expression.ts';
import { libraryEvaluate } from './library-evaluate.ts';
import { marksOf, type NamedPlace, placesOf } from './mentions.ts';
import { needlesOf } from './needles.ts';
import { readExpression, spanAt } from './read-expression.ts';
import type { CompiledFilter, Verdict } from './record-view.ts';

export interface Compiled {
  filter: CompiledFilter;
  /** Fields that the expression reads, such as `value.items.sku`, in the order of the text, each once. */
  paths: string[];
  /** The same as steps from a variable. */
  places: NamedPlace[];
  /** Texts that a matching record may show, to be underlined. */
  marks: string[];
}

/**
 * Makes a filter of a CEL expression over `key`, `value`, `headers`, `topic`, `partition`, `offset`, `timestamp` and `size`. Never
 * throws; what is wrong with the text is said with its position. Only for workers: evaluation takes as long as it takes, and ends
 * with the worker.
 *
 * Numbers: see `operations.ts`. `timestamp` is an instant; a number compared with it is epoch milliseconds. A field that is not
 * there, or a type that does not fit, is a failed record; `has(value.field)` asks first. `a || b` and `a && b` fail only where the
 * other side does not decide. A record whose key or value cannot be decoded is `undecoded` only if the result depends on it.
 */
export function compileFilter(source: string): Compiled | { problem: ExpressionProblem } {
  const read = readExpression(source);
  if ('problem' in read) return read;
  const { parsed, expression, slots } = read;
  const problem = patternProblem(source, expression) ?? resultProblem(source, expression);
  if (problem) return { problem };
  let evaluate: (scope: Scope) => Cell;
  try {
    evaluate = closureOf(expression) ?? libraryEvaluate(parsed);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return { problem: { message: `The expression cannot be read: ${reason}.`, from: 0, to: source.length } };
  }
  const scope = new Scope(slots);
  const places = placesOf(expression);
  return {
    filter: { needles: needlesOf(expression), test: (record) => verdictOf(evaluate, scope, record) },
    paths: places.map(({ path }) => path),
    places,
    marks: marksOf(expression),
  };
}

function verdictOf(
  evaluate: (scope: Scope) => Cell,
  scope: Scope,
  record: Parameters<CompiledFilter['test']>[0],
): Verdict {
  scope.begin(record);
  let cell: Cell;
  try {
    cell = evaluate(scope);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : 'unknown' };
  }
  if (cell === true) return 'match';
  if (cell === false) return 'no';
  if (scope.needs !== undefined) return { needs: scope.needs };
  if (scope.undecoded !== undefined) return { undecoded: scope.undecoded };
  return {
    failed: cell instanceof Failure ? cell.reason : `the expression gives ${kindOf(cell)}, not true or false`,
  };
}

/** Instructions of a compiled pattern: each character of a text costs up to so many. */
const MAX_PATTERN_STEPS = 500;

function patternProblem(source: string, node: Expression): ExpressionProblem | undefined {
  if (node.kind === 'call' && node.name === 'matches' && node.args[0]?.kind === 'constant') {
    try {
      const size = RE2JS.compile(String(node.args[0].value)).re2Input.prog.numInst();
      if (size > MAX_PATTERN_STEPS) {
        const message = 'The pattern is too large: its repeat counts multiply.';
        return { message, ...spanAt(source, node.args[0].at) };
      }
    } catch (error) {
      const reason =
        error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'unknown';
      return { message: `The pattern cannot be read: ${reason}.`, ...spanAt(source, node.args[0].at) };
    }
  }
  for (const child of childrenOf(node)) {
    const problem = patternProblem(source, child);
    if (problem) return problem;
  }
  return undefined;
}

const tests: ReadonlySet<string> = new Set(
  '_&&_ _||_ _?_:_ _==_ _!=_ _<_ _<=_ _>_ _>=_ @in !_ contains startsWith endsWith matches bool dyn'.split(
    ' ',
  ),
);

/** What can never be true or false is refused before it fails on every record. */
function resultProblem(source: string, node: Expression): ExpressionProblem | undefined {
  const isWrong =
    (node.kind === 'constant' && typeof node.value !== 'boolean') ||
    ['uint', 'list', 'map', 'type'].includes(node.kind) ||
    (node.kind === 'macro' && (node.macro === 'map' || node.macro === 'filter')) ||
    (node.kind === 'variable' && node.name !== 'value' && node.name !== 'key') ||
    (node.kind === 'call' && !tests.has(node.name));
  if (!isWrong) return undefined;
  return {
    message: 'This is no condition: it is never true or false. Compare it, such as value.amount > 100.',
    from: 0,
    to: source.length,
  };
}
