import type { Decoded } from '#lib/serde/decode-plan.ts';
import { type Cell, Failure, Instant, instantOf, isObject, kindOf } from './cell.ts';
import type { Expression, Macro } from './expression.ts';
import { functions } from './functions.ts';
import { calculate, compare, isEqual, isIn, memberOf, mismatch, negate } from './operations.ts';
import type { RecordView } from './record-view.ts';
import { matchOf, textTestOf } from './text-tests.ts';

/** Elements that all macros of one evaluation may look at. A list of a million in a list of a million is not worth a search. */
const MAX_STEPS = 1_000_000;

/** One evaluation: the record, and what became known on the way. Kept and emptied by its filter, so that nothing is allocated. */
export class Scope {
  record!: RecordView;
  readonly slots: Cell[];
  steps = 0;
  undecoded: string | undefined;
  needs: string | undefined;

  constructor(slots: number) {
    this.slots = new Array<Cell>(slots).fill(null);
  }

  begin(record: RecordView): void {
    this.record = record;
    this.steps = 0;
    this.undecoded = undefined;
    this.needs = undefined;
  }

  /** What a decoded field is in an expression. What could not be decoded fails what reads it. */
  field(decoded: Decoded): Cell {
    if ('value' in decoded) return decoded.value;
    if ('needs' in decoded) this.needs ??= decoded.needs;
    else this.undecoded ??= decoded.reason;
    return undecoded;
  }
}

const undecoded = new Failure('it could not be decoded');
const tooManySteps = new Failure('the lists of this message are too long for the expression');

export type Evaluate = (scope: Scope) => Cell;

/** Makes a function of an expression, or undefined where it uses what only the library knows (durations, unsigned, maps, types). */
export function closureOf(node: Expression): Evaluate | undefined {
  switch (node.kind) {
    case 'constant': {
      const { value } = node;
      return () => value;
    }
    case 'variable':
      return variables[node.name];
    case 'local': {
      const { slot } = node;
      return (scope) => scope.slots[slot] as Cell;
    }
    case 'select': {
      const operand = closureOf(node.operand);
      return operand && member(node, operand, node.field);
    }
    case 'has': {
      const operand = closureOf(node.operand);
      return operand && has(operand, node.field);
    }
    case 'index': {
      const operand = closureOf(node.operand);
      const index = closureOf(node.index);
      return operand && index && indexed(node, operand, index);
    }
    case 'list': {
      const items = node.items.map(closureOf);
      return items.every((item) => item !== undefined) ? list(items) : undefined;
    }
    case 'call':
      return call(node);
    case 'macro':
      return macro(node);
    default:
      return undefined;
  }
}

const variables: Record<string, Evaluate> = {
  key: (scope) => scope.field(scope.record.key()),
  value: (scope) => scope.field(scope.record.value()),
  headers: ({ record }) => record.headers(),
  topic: ({ record }) => record.topic,
  partition: ({ record }) => BigInt(record.partition),
  offset: ({ record }) => record.offset,
  timestamp: ({ record }) => instantOf(record.timestamp * 1_000_000n),
  size: ({ record }) => BigInt(record.size),
};

/** How the expression names a place, for sentences. */
export function nameOf(node: Expression): string {
  if (node.kind === 'variable' || node.kind === 'local') return node.name;
  if (node.kind === 'select') return `${nameOf(node.operand)}.${node.field}`;
  return node.kind === 'index' ? `${nameOf(node.operand)}[…]` : '…';
}

function member(node: Expression, operand: Evaluate, field: string): Evaluate {
  const missing = new Failure(`there is no ${nameOf(node)}`);
  const noObject = (cell: Cell) =>
    new Failure(`there is no ${nameOf(node)}: before the dot is ${kindOf(cell)}`);
  return (scope) => {
    const cell = operand(scope);
    if (cell instanceof Failure) return cell;
    const found = memberOf(cell, field);
    if (found !== undefined) return found;
    return isObject(cell) ? missing : noObject(cell);
  };
}

function has(operand: Evaluate, field: string): Evaluate {
  return (scope) => {
    const cell = operand(scope);
    if (cell instanceof Failure) return cell;
    if (cell instanceof Instant) return mismatch('has', cell);
    return !Array.isArray(cell) && memberOf(cell, field) !== undefined;
  };
}

function indexed(node: Expression, operand: Evaluate, index: Evaluate): Evaluate {
  const missing = new Failure(`there is no ${nameOf(node)}`);
  return (scope) => {
    const cell = operand(scope);
    if (cell instanceof Failure) return cell;
    const at = index(scope);
    if (at instanceof Failure) return at;
    const found = memberOf(cell, at);
    return found === undefined ? missing : found;
  };
}

function list(items: Evaluate[]): Evaluate {
  return (scope) => {
    const cells: Cell[] = [];
    for (const item of items) {
      const cell = item(scope);
      if (cell instanceof Failure) return cell;
      cells.push(cell);
    }
    return cells;
  };
}

function call(node: Extract<Expression, { kind: 'call' }>): Evaluate | undefined {
  const given = node.target ? [node.target, ...node.args] : node.args;
  const args = given.map(closureOf);
  if (!args.every((arg) => arg !== undefined)) return undefined;
  const [first, second, third] = args as [Evaluate, Evaluate, Evaluate];
  if (node.name === '_&&_') return both(first, second, false);
  if (node.name === '_||_') return both(first, second, true);
  if (node.name === '_?_:_') return choose(first, second, third);
  const unary = unaryOf(node.name);
  if (unary) {
    return (scope) => {
      const cell = first(scope);
      return cell instanceof Failure ? cell : unary(cell);
    };
  }
  const binary = node.name === 'matches' ? matchOf(node.args[0]) : binaryOf(node.name);
  if (!binary) return undefined;
  return (scope) => {
    const left = first(scope);
    if (left instanceof Failure) return left;
    const right = second(scope);
    return right instanceof Failure ? right : binary(left, right);
  };
}

/** `||` where `decisive` is true, `&&` where it is false: one decisive side decides, whatever the other fails on. */
function both(first: Evaluate, second: Evaluate, decisive: boolean): Evaluate {
  const wrong = (cell: Cell) => (cell instanceof Failure ? cell : mismatch(decisive ? '||' : '&&', cell));
  return (scope) => {
    const left = first(scope);
    if (left === decisive) return decisive;
    const right = second(scope);
    if (right === decisive) return decisive;
    if (typeof left !== 'boolean') return wrong(left);
    return typeof right === 'boolean' ? !decisive : wrong(right);
  };
}

function choose(condition: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (scope) => {
    const cell = condition(scope);
    if (cell === true) return yes(scope);
    if (cell === false) return no(scope);
    return cell instanceof Failure ? cell : mismatch('?', cell);
  };
}

function unaryOf(name: string): ((cell: Cell) => Cell) | undefined {
  if (name === '-_') return negate;
  if (name === '!_') return (cell) => (typeof cell === 'boolean' ? !cell : mismatch('!', cell));
  return functions[name];
}

function binaryOf(name: string): ((left: Cell, right: Cell) => Cell) | undefined {
  switch (name) {
    case '_==_':
      return isEqual;
    case '_!=_':
      return (left, right) => !isEqual(left, right);
    case '_<_':
      return (left, right) => ordered('<', left, right, (order) => order < 0);
    case '_<=_':
      return (left, right) => ordered('<=', left, right, (order) => order <= 0);
    case '_>_':
      return (left, right) => ordered('>', left, right, (order) => order > 0);
    case '_>=_':
      return (left, right) => ordered('>=', left, right, (order) => order >= 0);
    case '@in':
      return isIn;
    case '_+_':
    case '_-_':
    case '_*_':
    case '_/_':
    case '_%_': {
      const operator = name[1] as '+' | '-' | '*' | '/' | '%';
      return (left, right) => calculate(operator, left, right);
    }
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return textTestOf(name);
    default:
      return undefined;
  }
}

function ordered(operator: string, left: Cell, right: Cell, test: (order: number) => boolean): Cell {
  const order = compare(left, right);
  return order === undefined ? mismatch(operator, left, right) : test(order);
}

function macro(node: Macro): Evaluate | undefined {
  const range = closureOf(node.range);
  const test = node.test ? closureOf(node.test) : () => true;
  const step = node.step && closureOf(node.step);
  if (!range || !test || (node.step && !step)) return undefined;
  const { slot, macro: name } = node;
  return (scope) => {
    const cell = range(scope);
    if (cell instanceof Failure) return cell;
    const items = Array.isArray(cell) ? cell : isObject(cell) ? Object.keys(cell) : undefined;
    if (!items) return mismatch(name, cell);
    scope.steps += items.length;
    if (scope.steps > MAX_STEPS) return tooManySteps;
    if (name === 'exists' || name === 'all') return quantify(scope, items, slot, test, name === 'exists');
    const kept: Cell[] = [];
    for (const item of items) {
      scope.slots[slot] = item;
      const wanted = test(scope);
      if (wanted === false) continue;
      if (wanted !== true) return wanted instanceof Failure ? wanted : mismatch(name, wanted);
      const made = step ? step(scope) : item;
      if (made instanceof Failure) return made;
      kept.push(made);
    }
    return name === 'map' || name === 'filter' ? kept : kept.length === 1;
  };
}

/** An element that decides makes up for those that failed. */
function quantify(
  scope: Scope,
  items: readonly Cell[],
  slot: number,
  test: Evaluate,
  decisive: boolean,
): Cell {
  let failed: Failure | undefined;
  for (const item of items) {
    scope.slots[slot] = item;
    const cell = test(scope);
    if (cell === decisive) return decisive;
    if (typeof cell !== 'boolean') failed ??= cell instanceof Failure ? cell : mismatch('exists', cell);
  }
  return failed ?? !decisive;
}
