import { anyElement, type Expression, type Macro, type Place, placeOf } from './expression.ts';
import { all, any, type Clauses, clausesOf, never, nothing } from './needle-clauses.ts';
import { numberSpellings } from './number-spellings.ts';

type Locals = ReadonlyMap<number, Place>;

/**
 * Byte strings without which no record can match: every set must have one member in the record's bytes. It holds for records whose
 * key and value are JSON or text, unmasked, without a backslash: there a string stands as its UTF-8 bytes between quotes. Only what
 * makes the expression true is looked at: a record that would fail is not kept for that, so a record skipped by its bytes counts as
 * "no match", whether it would have failed or not.
 */
export function needlesOf(expression: Expression): Buffer[][] {
  return clausesOf(need(expression, true, new Map()));
}

/** What must be among the bytes for `node` to be `wanted`. */
function need(node: Expression, wanted: boolean, locals: Locals): Clauses {
  switch (node.kind) {
    case 'constant':
      return node.value === wanted ? nothing : never;
    case 'has':
      return wanted ? nameOf(node.operand, node.field, locals) : nothing;
    case 'macro':
      return ofMacro(node, wanted, locals);
    case 'call':
      return ofCall(node, wanted, locals);
    default: {
      // A place alone: it must be true, or false.
      const place = placeOf(node, locals);
      return isField(place) ? one(String(wanted)) : nothing;
    }
  }
}

function ofCall(node: Extract<Expression, { kind: 'call' }>, wanted: boolean, locals: Locals): Clauses {
  const [first, second, third] = node.args as [Expression, Expression, Expression];
  switch (node.name) {
    case '!_':
      return need(first, !wanted, locals);
    case '_&&_':
    case '_||_': {
      const sides = [need(first, wanted, locals), need(second, wanted, locals)] as const;
      return (node.name === '_&&_') === wanted ? all(...sides) : any(...sides);
    }
    case '_?_:_':
      return any(
        all(need(first, true, locals), need(second, wanted, locals)),
        all(need(first, false, locals), need(third, wanted, locals)),
      );
    case '_==_':
    case '_!=_':
      if ((node.name === '_==_') !== wanted) return nothing;
      return all(equals(first, second, locals), equals(second, first, locals));
    case '@in':
      return wanted ? isIn(first, second, locals) : nothing;
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'matches':
      return wanted ? partOf(node.name, node.target, first, locals) : nothing;
    default:
      return nothing;
  }
}

function ofMacro(node: Macro, wanted: boolean, locals: Locals): Clauses {
  const isQuantor = wanted ? node.macro !== 'all' : node.macro === 'all';
  const makesList = node.macro === 'map' || node.macro === 'filter';
  const needsElement = isQuantor && !makesList;
  const countsOne = node.macro === 'exists_one' || node.macro === 'existsOne';
  if (!needsElement || (countsOne && !wanted) || !node.test) return nothing;
  const range = placeOf(node.range, locals);
  const inner = new Map(locals);
  // Names of headers are not among the bytes that are searched.
  if (range && range.root !== 'headers') {
    inner.set(node.slot, { root: range.root, steps: [...range.steps, anyElement] });
  } else {
    inner.delete(node.slot);
  }
  return need(node.test, wanted, inner);
}

const one = (text: string): Clauses => (text === '' ? nothing : [[text]]);

/** Inside a decoded object or list, so in JSON: strings have quotes around them. */
const isField = (place: Place | undefined): boolean =>
  place !== undefined && (place.root === 'key' || place.root === 'value') && place.steps.length > 0;

const isRead = (place: Place | undefined): place is Place =>
  place !== undefined && ['key', 'value', 'headers'].includes(place.root);

function equals(side: Expression, other: Expression, locals: Locals): Clauses {
  const place = placeOf(side, locals);
  if (!isRead(place) || other.kind !== 'constant') return nothing;
  const spellings = spellingsOf(place, other.value);
  return spellings ? [spellings] : nothing;
}

/** How a constant can stand in the bytes of a place; undefined when that cannot be said. */
function spellingsOf(
  place: Place,
  value: Extract<Expression, { kind: 'constant' }>['value'],
): string[] | undefined {
  const isJson = isField(place);
  if (typeof value === 'string') {
    if (isJson) return [`"${value}"`];
    return value === '' || value.includes('\ufffd') ? undefined : [value];
  }
  if (!isJson) return undefined;
  if (typeof value === 'bigint') return numberSpellings(value);
  return typeof value === 'boolean' || value === null ? [String(value)] : undefined;
}

function isIn(needle: Expression, hay: Expression, locals: Locals): Clauses {
  if (needle.kind === 'constant' && typeof needle.value === 'string')
    return nameOf(hay, needle.value, locals);
  const place = placeOf(needle, locals);
  if (hay.kind !== 'list' || !isRead(place)) return nothing;
  const spellings = hay.items.map((item) =>
    item.kind === 'constant' ? spellingsOf(place, item.value) : undefined,
  );
  return spellings.every((known) => known !== undefined) ? [spellings.flat()] : nothing;
}

/** A name in an object, or a string in a list: between quotes in both. */
function nameOf(of: Expression, name: string, locals: Locals): Clauses {
  const place = placeOf(of, locals);
  return place && (place.root === 'key' || place.root === 'value') ? one(`"${name}"`) : nothing;
}

function partOf(name: string, target: Expression | undefined, part: Expression, locals: Locals): Clauses {
  const place = target && placeOf(target, locals);
  if (!isRead(place) || part.kind !== 'constant' || typeof part.value !== 'string') return nothing;
  const text = name === 'matches' ? plainPattern(part.value) : part.value;
  if (!text || text.includes('\ufffd')) return nothing;
  if (!isField(place)) return one(text);
  if (name === 'startsWith') return one(`"${text}`);
  return one(name === 'endsWith' ? `${text}"` : text);
}

/** The text of a pattern that has nothing but letters in it. */
const plainPattern = (pattern: string): string | undefined =>
  /^\^?([A-Za-z0-9_ :@#,;/=-]+)\$?$/.exec(pattern)?.[1];
