import { parse } from '@bufbuild/cel';
import type { ExpressionProblem } from '#lib/model/message-filter.ts';
import { MAX_EXPRESSION_BYTES } from '#lib/model/message-limits.ts';
import {
  type Constant,
  type Expression,
  type MacroName,
  type VariableName,
  variableNames,
} from './expression.ts';
import { knownFunctions, nearest, typeNames } from './known-functions.ts';
import { type Token, tokensOf } from './lexer.ts';
import { syntaxProblem, wrongEscape } from './syntax-problem.ts';

/** Nodes of the syntax tree, a macro counting as one. */
export const MAX_NODES = 200;
/** Macros within the test or step of macros: `a.exists(x, x.b.all(y, …))` is two. */
export const MAX_NESTED_MACROS = 2;
/** Brackets within brackets. */
export const MAX_NESTING = 50;
/** Length of a regular expression, which must be a literal: RE2 runs in linear time, but not its compiler. */
export const MAX_PATTERN = 256;

export type Parsed = ReturnType<typeof parse>;
type Node = Parsed['expr'];

/** Carries a problem out of the recursion; never leaves this file. */
class Refused extends Error {
  readonly node: { id: bigint };
  constructor(node: { id: bigint }, message: string) {
    super(message);
    this.node = node;
  }
}

/**
 * Parses an expression and checks what can be known without a record: its limits, and that every variable and function exists.
 * Never throws.
 */
export function readExpression(
  source: string,
): { parsed: Parsed; expression: Expression; slots: number } | { problem: ExpressionProblem } {
  const bytes = Buffer.byteLength(source);
  if (bytes > MAX_EXPRESSION_BYTES) {
    const message = `An expression may have ${MAX_EXPRESSION_BYTES} bytes at most; this one has ${bytes}.`;
    return { problem: { message, from: 0, to: source.length } };
  }
  const tokens = tokensOf(source);
  // The parser drops the backslash of an escape that it does not know: "\\d" would look for a d.
  const problem = nestedTooDeeply(tokens) ?? tokens.map(wrongEscape).find((found) => found !== undefined);
  if (problem) return { problem };
  let parsed: Parsed;
  try {
    parsed = parse(source);
  } catch (error) {
    return { problem: parseProblem(source, error) };
  }
  const reader = new Reader();
  try {
    const expression = reader.read(parsed.expr, parsed, []);
    return { parsed, expression, slots: reader.slots };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const at = parsed.sourceInfo?.positions[error.node.id.toString()] ?? 0;
    return { problem: { message: error.message, ...spanAt(source, at) } };
  }
}

/** The token at a position; after a dot the name that follows, which is what a call or a field is about. */
export function spanAt(source: string, at: number): { from: number; to: number } {
  const tokens = tokensOf(source);
  let i = tokens.findIndex(({ to }) => to > at);
  if (i < 0) return { from: 0, to: source.length };
  if (tokens[i]?.text === '.' && tokens[i + 1]?.kind === 'name') i++;
  const { from, to } = tokens[i] as Token;
  return { from, to };
}

/** The parser calls itself for each bracket: the stack is not to decide. */
function nestedTooDeeply(tokens: readonly Token[]): ExpressionProblem | undefined {
  let depth = 0;
  for (const { kind, from, to } of tokens) {
    if (kind === 'open') depth++;
    if (kind === 'close') depth--;
    if (depth > MAX_NESTING) {
      return { message: `Brackets may be nested ${MAX_NESTING} deep at most.`, from, to };
    }
  }
  return undefined;
}

function parseProblem(source: string, error: unknown): ExpressionProblem {
  const whole = { from: 0, to: source.length };
  const stopped = (error as { location?: { start?: { offset?: number } } } | null)?.location?.start?.offset;
  if (typeof stopped === 'number') return syntaxProblem(source, stopped);
  const reason = error instanceof Error ? error.message : 'unknown';
  return { message: `The expression cannot be read: ${reason}.`, ...whole };
}

class Reader {
  slots = 0;
  private nodes = 0;

  /** @param locals variables of the macros around the node, innermost last. */
  read(node: Node, parsed: Parsed, locals: readonly { name: string; slot: number }[]): Expression {
    if (++this.nodes > MAX_NODES) {
      throw new Refused(node, `An expression may have ${MAX_NODES} parts at most; this one has more.`);
    }
    const { exprKind } = node;
    const at = parsed.sourceInfo?.positions[node.id.toString()] ?? 0;
    const deeper = (child: Node | undefined): Expression => {
      if (!child) throw new Refused(node, 'A part is missing here.');
      return this.read(child, parsed, locals);
    };
    switch (exprKind.case) {
      case 'constExpr':
        return constant(node, exprKind.value.constantKind, at);
      case 'identExpr':
        return identifier(node, exprKind.value.name, locals, at);
      case 'selectExpr': {
        const operand = deeper(exprKind.value.operand);
        return { kind: exprKind.value.testOnly ? 'has' : 'select', operand, field: exprKind.value.field, at };
      }
      case 'callExpr': {
        const { function: name, target, args } = exprKind.value;
        checkCall(node, name, target !== undefined, args.length);
        const call = { target: target && deeper(target), args: args.map(deeper), at };
        if (name === '_[_]') {
          const [operand, index] = call.args as [Expression, Expression];
          return { kind: 'index', operand, index, at };
        }
        if (name === 'matches') checkPattern(node, call.args[0]);
        return { kind: 'call', name, ...call };
      }
      case 'listExpr':
        return { kind: 'list', items: exprKind.value.elements.map(deeper), at };
      case 'structExpr': {
        const { messageName, entries } = exprKind.value;
        if (messageName) throw new Refused(node, 'Message types cannot be made here.');
        return {
          kind: 'map',
          entries: entries.map(({ keyKind, value }) => [
            deeper(keyKind.case === 'mapKey' ? keyKind.value : undefined),
            deeper(value),
          ]),
          at,
        };
      }
      case 'comprehensionExpr':
        return this.readMacro(node, parsed, locals, at);
      default:
        throw new Refused(node, 'This cannot be evaluated.');
    }
  }

  private readMacro(
    node: Node,
    parsed: Parsed,
    locals: readonly { name: string; slot: number }[],
    at: number,
  ): Expression {
    if (node.exprKind.case !== 'comprehensionExpr') throw new Refused(node, 'This cannot be evaluated.');
    const { iterRange, iterVar, loopStep } = node.exprKind.value;
    const call = parsed.sourceInfo?.macroCalls[node.id.toString()]?.exprKind;
    const macro = (call?.case === 'callExpr' ? call.value.function : '') as MacroName;
    const args = callArgs(loopStep);
    if (!iterRange || !args) throw new Refused(node, 'This cannot be evaluated.');
    if (locals.length >= MAX_NESTED_MACROS) {
      throw new Refused(
        node,
        `\`exists\`, \`all\`, \`map\` and \`filter\` may stand ${MAX_NESTED_MACROS} within another at most.`,
      );
    }
    const range = this.read(iterRange, parsed, locals);
    const slot = this.slots++;
    const inner = [...locals, { name: iterVar, slot }];
    const read = (child: Node | undefined) => child && this.read(child, parsed, inner);
    const isQuantor = macro === 'exists' || macro === 'all';
    const isConditional = macro === 'filter' || macro === 'exists_one' || macro === 'existsOne';
    const hasTest = args.length === 3;
    const test = isQuantor ? read(args[1]) : hasTest ? read(args[0]) : undefined;
    // `@result + [step]`, alone or as the first branch of the condition.
    const appended = hasTest ? callArgs(args[1])?.[1] : args[1];
    const step =
      isQuantor || isConditional
        ? undefined
        : read(appended?.exprKind.case === 'listExpr' ? appended.exprKind.value.elements[0] : undefined);
    return { kind: 'macro', macro, range, slot, test, step, at };
  }
}

const callArgs = (node: Node | undefined): Node[] | undefined =>
  node?.exprKind.case === 'callExpr' ? node.exprKind.value.args : undefined;

type ConstantKind = Extract<Node['exprKind'], { case: 'constExpr' }>['value']['constantKind'];

const MAX_INT = 2n ** 63n;

/** As the parser names them; none of them can be written as the name of a function. */
const operators: ReadonlySet<string> = new Set(
  '_&&_ _||_ _?_:_ _==_ _!=_ _<_ _<=_ _>_ _>=_ @in _+_ _-_ _*_ _/_ _%_ !_ -_ _[_]'.split(' '),
);

function constant(node: Node, kind: ConstantKind, at: number): Expression {
  let value: Constant;
  switch (kind.case) {
    case 'int64Value':
      if (kind.value >= MAX_INT || kind.value < -MAX_INT) {
        throw new Refused(node, 'A whole number has 64 bits at most: 9223372036854775807.');
      }
      value = kind.value;
      break;
    case 'uint64Value':
      if (kind.value >= 2n * MAX_INT) {
        throw new Refused(node, 'An unsigned number has 64 bits at most: 18446744073709551615u.');
      }
      return { kind: 'uint', value: kind.value, at };
    case 'nullValue':
      value = null;
      break;
    case 'boolValue':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      value = kind.value;
      break;
    default:
      throw new Refused(node, 'This constant is not known.');
  }
  return { kind: 'constant', value, at };
}

function identifier(
  node: Node,
  name: string,
  locals: readonly { name: string; slot: number }[],
  at: number,
): Expression {
  const local = locals.findLast((candidate) => candidate.name === name);
  if (local) return { kind: 'local', name, slot: local.slot, at };
  if ((variableNames as readonly string[]).includes(name)) {
    return { kind: 'variable', name: name as VariableName, at };
  }
  if (typeNames.has(name)) return { kind: 'type', name, at };
  const near = nearest(name, [...locals.map((known) => known.name), ...variableNames]);
  throw new Refused(
    node,
    near
      ? `There is no \`${name}\`. Do you mean \`${near}\`?`
      : `There is no \`${name}\`. A field of the value is written \`value.${name}\`; the variables are ${variableNames.join(', ')}.`,
  );
}

function checkCall(node: Node, name: string, isMethod: boolean, args: number): void {
  if (operators.has(name)) return;
  const known = knownFunctions.get(name);
  if (!known) {
    const near = nearest(name, knownFunctions.keys());
    throw new Refused(node, `There is no function \`${name}\`.${near ? ` Do you mean \`${near}\`?` : ''}`);
  }
  if (name === 'has') throw new Refused(node, '`has` asks for a field, such as has(value.status).');
  const isMacro = known.form === 'method' && known.args[0] === 2;
  if (isMacro && isMethod) {
    throw new Refused(
      node,
      `\`${name}\` takes a name for the element and what to do with it, such as value.items.${name}(item, item.price > 10).`,
    );
  }
  if (isMethod ? known.form === 'function' : known.form === 'method') {
    throw new Refused(
      node,
      isMethod ? `Write \`${name}(…)\`, without a dot before it.` : `Write \`value.field.${name}(…)\`.`,
    );
  }
  const given = known.form === 'both' && !isMethod ? args - 1 : args;
  const wanted = known.form === 'both' ? [0] : known.args;
  if (!wanted.includes(given)) {
    throw new Refused(node, `\`${name}\` takes ${wanted.join(' or ')} arguments here, not ${args}.`);
  }
}

function checkPattern(node: Node, pattern: Expression | undefined): void {
  if (pattern?.kind !== 'constant' || typeof pattern.value !== 'string') {
    throw new Refused(node, 'The pattern of `matches` is written out, as text in quotes.');
  }
  if (pattern.value.length > MAX_PATTERN) {
    throw new Refused(node, `The pattern of \`matches\` may have ${MAX_PATTERN} characters at most.`);
  }
}
