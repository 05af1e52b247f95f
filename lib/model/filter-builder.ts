/**
 * Filter expressions for people who do not write CEL: rows of field, operator and value that hold together, as text and back. Pure.
 */
export const filterOperators = {
  is: 'is',
  isNot: 'is not',
  oneOf: 'is one of',
  contains: 'contains',
  startsWith: 'begins with',
  endsWith: 'ends with',
  more: 'is more than',
  atLeast: 'is at least',
  less: 'is less than',
  atMost: 'is at most',
  has: 'has the element',
  isThere: 'is there',
  isMissing: 'is missing',
  isNull: 'is null',
} as const;
export type FilterOperator = keyof typeof filterOperators;

/** How a value is written: as text in quotes, as a number, as true or false, or as a moment. */
export const valueKinds = ['text', 'number', 'bool', 'moment'] as const;
export type ValueKind = (typeof valueKinds)[number];

export type FilterCondition = {
  /** Such as `value.status`, as an expression writes it. */
  path: string;
  operator: FilterOperator;
  kind: ValueKind;
  /** As it was typed; several are divided by commas. */
  value: string;
};

const signs: Partial<Record<FilterOperator, string>> = {
  is: '==',
  isNot: '!=',
  more: '>',
  atLeast: '>=',
  less: '<',
  atMost: '<=',
};
const methods: readonly FilterOperator[] = ['contains', 'startsWith', 'endsWith'];
const alone: readonly FilterOperator[] = ['isThere', 'isMissing', 'isNull'];

export const needsValue = (operator: FilterOperator): boolean => !alone.includes(operator);

/** How values of a field are written, by the word for its type. */
export function kindOfType(type: string): ValueKind {
  if (/^(int|uint|long|number|double|float|decimal|short|byte)\b/i.test(type)) return 'number';
  if (/^bool/i.test(type)) return 'bool';
  return /^timestamp\b/i.test(type) ? 'moment' : 'text';
}

/** How a value is most likely meant, where the type of its field is not known. */
export function kindOfValue(value: string): ValueKind {
  const parts = partsOf(value);
  if (parts.length > 0 && parts.every(isNumber)) return 'number';
  return value.trim() === 'true' || value.trim() === 'false' ? 'bool' : 'text';
}

/** What can be asked of a field, by the word for its type; of one that is not known (`any`) everything. */
export function operatorsFor(type: string): FilterOperator[] {
  if (type === 'any') return Object.keys(filterOperators) as FilterOperator[];
  const every: FilterOperator[] = ['isThere', 'isMissing', 'isNull'];
  if (/^(list|array)\b/i.test(type)) return ['has', ...every];
  if (/^(map|object|record|message)\b/i.test(type)) return every;
  switch (kindOfType(type)) {
    case 'number':
    case 'moment':
      return ['is', 'isNot', 'more', 'atLeast', 'less', 'atMost', 'oneOf', ...every];
    case 'bool':
      return ['is', 'isNot', ...every];
    default:
      return ['is', 'isNot', 'oneOf', 'contains', 'startsWith', 'endsWith', ...every];
  }
}

const isNumber = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text);

/** What is wrong with the value of a row, in a sentence; null when it can be written. */
export function problemOfValue({ operator, kind, value, path }: FilterCondition): string | null {
  if (path === '') return 'Choose a field.';
  if (!isPath(path)) return 'A field is written as value.status, key.id or headers.source.';
  if (!needsValue(operator)) return null;
  const all = operator === 'oneOf' ? partsOf(value) : [value.trim()];
  if (kind !== 'text' && all.some((text) => text === '')) return 'Give a value.';
  if (kind === 'number' && !all.every(isNumber)) return 'A number, such as 12 or 99.5.';
  if (kind === 'bool' && !all.every((text) => text === 'true' || text === 'false')) return 'true or false.';
  if (kind === 'moment' && !all.every((text) => !Number.isNaN(Date.parse(text))))
    return 'A moment, such as 2026-11-21T03:12:40Z.';
  return null;
}

const partsOf = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function literal(text: string, kind: ValueKind): string {
  if (kind === 'text') return quote(text);
  return kind === 'moment' ? `timestamp(${quote(text.trim())})` : text.trim();
}

/** As CEL writes a text: the escapes of JSON are a part of its own. */
const quote = (text: string): string => JSON.stringify(text);

const pathPattern = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\["(?:[^"\\]|\\.)*"\]|\[\d+\])*/;
const isPath = (text: string): boolean => pathPattern.exec(text)?.[0] === text;
const isNested = (path: string): boolean => /[.[]/.test(path);

/** One row as CEL. */
function termOf({ path, operator, kind, value }: FilterCondition): string {
  const sign = signs[operator];
  if (sign) return `${path} ${sign} ${literal(value, kind)}`;
  if (methods.includes(operator)) return `${path}.${operator}(${quote(value)})`;
  if (operator === 'oneOf')
    return `${path} in [${partsOf(value)
      .map((part) => literal(part, kind))
      .join(', ')}]`;
  if (operator === 'has') return `${literal(value, kind)} in ${path}`;
  if (operator === 'isNull') return `${path} == null`;
  const there = thereOf(path);
  if (operator === 'isThere') return there;
  return there.startsWith('has(') ? `!${there}` : `!(${there})`;
}

/** `has` takes names only: what stands in brackets is looked for in what holds it. */
function thereOf(path: string): string {
  if (!isNested(path)) return `${path} != null`;
  const bracket = /\[("(?:[^"\\]|\\.)*")\]$/.exec(path);
  return bracket ? `${bracket[1]} in ${path.slice(0, bracket.index)}` : `has(${path})`;
}

/** Rows as one expression: all of them hold. A row that says nothing is left out. */
export const celOf = (conditions: readonly FilterCondition[]): string =>
  conditions
    .filter((condition) => problemOfValue(condition) === null)
    .map(termOf)
    .join(' && ');

const literalPattern = String.raw`(?:"(?:[^"\\]|\\.)*"|timestamp\("[^"\\]*"\)|-?\d[\d.eE+-]*|true|false)`;

function readLiteral(text: string): Pick<FilterCondition, 'kind' | 'value'> | null {
  const moment = /^timestamp\(("[^"\\]*")\)$/.exec(text)?.[1];
  if (moment) return { kind: 'moment', value: JSON.parse(moment) as string };
  if (text.startsWith('"')) {
    try {
      return { kind: 'text', value: JSON.parse(text) as string };
    } catch {
      return null;
    }
  }
  if (text === 'true' || text === 'false') return { kind: 'bool', value: text };
  return isNumber(text) ? { kind: 'number', value: text } : null;
}

const operatorOfSign = new Map(
  Object.entries(signs).map(([operator, sign]) => [sign, operator as FilterOperator]),
);

function conditionOf(term: string): FilterCondition | null {
  const alone = (path: string, operator: FilterOperator): FilterCondition | null =>
    isPath(path) ? { path, operator, kind: 'text', value: '' } : null;
  const there = /^(!?)has\((.+)\)$/.exec(term);
  if (there) return alone(there[2] ?? '', there[1] ? 'isMissing' : 'isThere');
  const missing = /^!\((.+)\)$/.exec(term);
  if (missing) {
    const inner = conditionOf(missing[1] ?? '');
    return inner?.operator === 'isThere'
      ? { ...inner, operator: 'isMissing' }
      : inner && bracketed(inner, 'isMissing');
  }
  const path = pathPattern.exec(term)?.[0] ?? '';
  const rest = term.slice(path.length);
  if (path !== '' && / == null$/.test(rest) && rest.length === 8) return alone(path, 'isNull');
  if (path !== '' && rest === ' != null' && !isNested(path)) return alone(path, 'isThere');
  const call = new RegExp(`^\\.(contains|startsWith|endsWith)\\((${literalPattern})\\)$`).exec(
    term.slice(path.replace(/\.(contains|startsWith|endsWith)$/, '').length),
  );
  if (call) {
    const given = readLiteral(call[2] ?? '');
    const of = path.replace(/\.(contains|startsWith|endsWith)$/, '');
    return given?.kind === 'text' ? { path: of, operator: call[1] as FilterOperator, ...given } : null;
  }
  const compared = new RegExp(`^ (==|!=|>=|<=|>|<) (${literalPattern})$`).exec(rest);
  if (path !== '' && compared) {
    const given = readLiteral(compared[2] ?? '');
    const operator = operatorOfSign.get(compared[1] ?? '');
    return given && operator ? { path, operator, ...given } : null;
  }
  const list = new RegExp(`^ in \\[(${literalPattern}(?:, ${literalPattern})*)\\]$`).exec(rest);
  if (path !== '' && list) return oneOf(path, list[1] ?? '');
  const element = new RegExp(`^(${literalPattern}) in (.+)$`).exec(term);
  if (!element || !isPath(element[2] ?? '')) return null;
  const given = readLiteral(element[1] ?? '');
  return given && { path: element[2] ?? '', operator: 'has', ...given };
}

/** `"a-b" in value` says of `value["a-b"]` that it is there. */
const bracketed = (inner: FilterCondition, operator: FilterOperator): FilterCondition | null =>
  inner.operator === 'has' && inner.kind === 'text'
    ? { path: `${inner.path}[${quote(inner.value)}]`, operator, kind: 'text', value: '' }
    : null;

function oneOf(path: string, list: string): FilterCondition | null {
  const all = (list.match(new RegExp(literalPattern, 'g')) ?? []).map(readLiteral);
  const kind = all[0]?.kind;
  if (!kind || all.some((given) => given?.kind !== kind || given.value.includes(','))) return null;
  return { path, operator: 'oneOf', kind, value: all.map((given) => given?.value).join(', ') };
}

/** Where `&&` stands outside of texts and brackets. */
function termsOf(where: string): string[] {
  const terms: string[] = [];
  let from = 0;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < where.length; at++) {
    const sign = where[at];
    if (isText) {
      if (sign === '\\') at++;
      else if (sign === '"') isText = false;
    } else if (sign === '"') isText = true;
    else if (sign === '(' || sign === '[') depth++;
    else if (sign === ')' || sign === ']') depth--;
    else if (depth === 0 && where.startsWith('&&', at)) {
      terms.push(where.slice(from, at).trim());
      from = at + 2;
      at++;
    }
  }
  return [...terms, where.slice(from).trim()];
}

/** The rows of an expression; null when it says more than rows can. */
export function conditionsOf(where: string): FilterCondition[] | null {
  if (where.trim() === '') return [];
  const conditions = termsOf(where).map(conditionOf);
  return conditions.every((condition) => condition !== null) ? conditions : null;
}
