import {
  anyElement,
  childrenOf,
  type Expression,
  type Place,
  placeOf,
  type VariableName,
} from './expression.ts';

/** A field as a path, and its steps from a variable: positions and elements of lists are left out of both. */
export interface NamedPlace {
  path: string;
  root: VariableName;
  steps: string[];
}

/** The fields that an expression reads, each once, in the order of the text. */
export function placesOf(expression: Expression): NamedPlace[] {
  const places = new Map<string, NamedPlace>();
  visit(expression, new Map(), ({ root, steps: all }) => {
    const steps = all.filter((step) => typeof step === 'string');
    const path = [root, ...steps].reduce((before, step) =>
      /^[A-Za-z_]\w*$/.test(step) ? `${before}.${step}` : `${before}[${JSON.stringify(step)}]`,
    );
    places.set(path, places.get(path) ?? { path, root, steps });
  });
  return [...places.values()];
}

/** Calls back for each longest place that is read. */
function visit(node: Expression, locals: Map<number, Place>, report: (place: Place) => void): void {
  const place = node.kind === 'has' ? placeOf({ ...node, kind: 'select' }, locals) : placeOf(node, locals);
  if (place) {
    report(place);
    return;
  }
  if (node.kind === 'macro') {
    const range = placeOf(node.range, locals);
    if (range) locals.set(node.slot, { root: range.root, steps: [...range.steps, anyElement] });
  }
  for (const child of childrenOf(node)) visit(child, locals, report);
}

const MAX_MARKS = 20;

/**
 * Texts and whole numbers that the expression compares a field with, where that can make it true: what stands in the record then.
 * None for what is negated.
 */
export function marksOf(root: Expression): string[] {
  const marks = new Set<string>();
  const walk = (node: Expression, isWanted: boolean): void => {
    if (node.kind === 'call' && isWanted && compared.has(node.name)) {
      const sides = node.target ? [node.target, ...node.args] : node.args;
      if (sides.some(isField)) for (const side of sides) addConstants(marks, side);
    }
    const turns = node.kind === 'call' && node.name === '!_';
    for (const child of childrenOf(node)) walk(child, turns ? !isWanted : isWanted);
  };
  walk(root, true);
  return [...marks].slice(0, MAX_MARKS);
}

const compared = new Set(['_==_', '@in', 'contains', 'startsWith', 'endsWith']);

const payload: readonly string[] = ['key', 'value', 'headers'];

/** A place of the payload, or the element of a macro. */
function isField(node: Expression): boolean {
  if (node.kind === 'select' || node.kind === 'index') return isField(node.operand);
  return node.kind === 'local' || (node.kind === 'variable' && payload.includes(node.name));
}

function addConstants(marks: Set<string>, node: Expression): void {
  if (node.kind === 'list') for (const item of node.items) addConstants(marks, item);
  if (node.kind !== 'constant') return;
  if (typeof node.value === 'string' && node.value !== '') marks.add(node.value);
  if (typeof node.value === 'bigint') marks.add(String(node.value));
}
