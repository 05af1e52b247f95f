/** A checked filter expression as a tree: what the library's parser gave, with macros put back together and names resolved. */
export type Expression =
  | { kind: 'constant'; value: Constant; at: number }
  | { kind: 'uint'; value: bigint; at: number }
  | { kind: 'variable'; name: VariableName; at: number }
  | { kind: 'local'; name: string; slot: number; at: number }
  | { kind: 'type'; name: string; at: number }
  | { kind: 'select'; operand: Expression; field: string; at: number }
  | { kind: 'has'; operand: Expression; field: string; at: number }
  | { kind: 'index'; operand: Expression; index: Expression; at: number }
  | { kind: 'call'; name: string; target: Expression | undefined; args: Expression[]; at: number }
  | { kind: 'list'; items: Expression[]; at: number }
  | { kind: 'map'; entries: [Expression, Expression][]; at: number }
  | Macro;

/** `range.exists(x, test)` and the like; `filter` has no step, `map` may have both. */
export interface Macro {
  kind: 'macro';
  macro: MacroName;
  range: Expression;
  /** Where the element is kept while the test and the step are evaluated. */
  slot: number;
  test: Expression | undefined;
  step: Expression | undefined;
  at: number;
}

export type Constant = null | boolean | number | bigint | string | Uint8Array;

export const variableNames = [
  'key',
  'value',
  'headers',
  'topic',
  'partition',
  'offset',
  'timestamp',
  'size',
] as const;
export type VariableName = (typeof variableNames)[number];

export const macroNames = ['exists', 'all', 'exists_one', 'existsOne', 'map', 'filter'] as const;
export type MacroName = (typeof macroNames)[number];

export function childrenOf(node: Expression): Expression[] {
  switch (node.kind) {
    case 'select':
    case 'has':
      return [node.operand];
    case 'index':
      return [node.operand, node.index];
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args;
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flat();
    case 'macro':
      return [node.range, node.test, node.step].filter((child) => child !== undefined);
    default:
      return [];
  }
}

/**
 * The place in the record that an expression reads, when it is nothing but a place: `value.items[0].sku` gives `value` and its steps.
 * `*` stands for any element, where the expression reads the variable of a macro over a place.
 */
export function placeOf(node: Expression, locals: ReadonlyMap<number, Place>): Place | undefined {
  switch (node.kind) {
    case 'variable':
      return { root: node.name, steps: [] };
    case 'local':
      return locals.get(node.slot);
    case 'select':
      return step(placeOf(node.operand, locals), node.field);
    case 'index': {
      if (node.index.kind !== 'constant') return undefined;
      const { value } = node.index;
      if (typeof value === 'string') return step(placeOf(node.operand, locals), value);
      return typeof value === 'bigint' ? step(placeOf(node.operand, locals), Number(value)) : undefined;
    }
    default:
      return undefined;
  }
}

export interface Place {
  root: VariableName;
  steps: readonly (string | number | typeof anyElement)[];
}

export const anyElement = Symbol('any element');

function step(place: Place | undefined, next: Place['steps'][number]): Place | undefined {
  return place && { root: place.root, steps: [...place.steps, next] };
}
