/** One thing that can be written next in an expression. */
export type Suggestion = {
  label: string;
  kind: 'field' | 'root' | 'word' | 'method' | 'function';
  /** Short, beside it: its type, or what it needs. */
  detail: string | null;
  /** Longer, for the one that is chosen: a sample or what it does. */
  info: string | null;
  /** What is written, and how far before its end the cursor then stands. */
  text: string;
  caretBack: number;
};

/** Where the path begins that ends at `at`, such as `value.address["post-code"].ci`. */
function startOfPath(text: string, at: number): number {
  const before = text.slice(0, at);
  const found = /(?:[A-Za-z_]\w*(?:\["[^"\]]*"?\]?|\[\d*\]?)*\.)*[A-Za-z_]?\w*(?:\["[^"\]]*"?\]?)*$/.exec(
    before,
  );
  return found ? found.index : at;
}

/** Whether `at` lies in a text, where nothing is suggested. */
function isInText(text: string, at: number): boolean {
  let quote: string | null = null;
  for (let index = 0; index < at; index++) {
    const sign = text[index];
    if (quote === null) {
      if (sign === '"' || sign === "'") quote = sign;
    } else if (sign === '\\') index++;
    else if (sign === quote) quote = null;
  }
  return quote !== null;
}

/**
 * What can be written at `at`: names of the record and functions where a path begins or goes on, methods after a whole path. Null
 * when nothing was begun, unless it was asked for.
 */
export function suggestionsAt(
  text: string,
  at: number,
  all: readonly Suggestion[],
  isAsked: boolean,
): { from: number; suggestions: Suggestion[] } | null {
  if (isInText(text, at) && !/\["[^"]*$/.test(text.slice(0, at))) return null;
  const from = startOfPath(text, at);
  const path = text.slice(from, at);
  if (path === '' && !isAsked) return null;
  if (/^\d/.test(text.slice(from))) return null;
  const elements = elementsAt(text.slice(0, from), path, all);
  if (elements.length > 0) return { from, suggestions: elements };
  const dot = path.lastIndexOf('.');
  const parent = path.slice(0, dot);
  const isPathFurther =
    dot > 0 && all.some(({ label, kind }) => kind === 'field' && label.startsWith(`${parent}.`));
  const names = all.filter(
    ({ kind, label }) => kind !== 'method' && (dot < 0 || label.startsWith(`${parent}.`)),
  );
  if (dot < 0 || isPathFurther) return names.length > 0 ? { from, suggestions: names } : null;
  return { from: from + dot + 1, suggestions: all.filter(({ kind }) => kind === 'method') };
}

const loop = /([\w.[\]"-]+)\.(?:exists|all|exists_one|existsOne|map|filter)\(\s*([A-Za-z_]\w*)\s*,/g;

/** In `value.lines.exists(line, line.`: the fields that an element of the list has, under the name it was given. */
function elementsAt(before: string, path: string, all: readonly Suggestion[]): Suggestion[] {
  const name = /^(\w+)\./.exec(path)?.[1];
  const list = [...before.matchAll(loop)].findLast((found) => found[2] === name)?.[1];
  if (!name || !list) return [];
  const start = `${list}[0].`;
  return all
    .filter(({ kind, label }) => kind === 'field' && label.startsWith(start))
    .map((field) => {
      const label = `${name}.${field.label.slice(start.length)}`;
      return { ...field, label, text: label };
    });
}
