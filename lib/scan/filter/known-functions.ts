/** What may be called in an expression: how many arguments, and whether before a dot, alone, or both. */
export interface KnownFunction {
  args: readonly number[];
  form: 'function' | 'method' | 'both';
}

const known = (form: KnownFunction['form'], ...args: number[]): KnownFunction => ({ form, args });

export const knownFunctions: ReadonlyMap<string, KnownFunction> = new Map([
  ['has', known('function', 1)],
  ['size', known('both', 0, 1)],
  ['contains', known('method', 1)],
  ['startsWith', known('method', 1)],
  ['endsWith', known('method', 1)],
  ['matches', known('method', 1)],
  ['lowerAscii', known('method', 0)],
  ['upperAscii', known('method', 0)],
  ['trim', known('method', 0)],
  ['exists', known('method', 2)],
  ['all', known('method', 2)],
  ['exists_one', known('method', 2)],
  ['existsOne', known('method', 2)],
  ['map', known('method', 2, 3)],
  ['filter', known('method', 2)],
  ['int', known('function', 1)],
  ['uint', known('function', 1)],
  ['double', known('function', 1)],
  ['string', known('function', 1)],
  ['bool', known('function', 1)],
  ['bytes', known('function', 1)],
  ['timestamp', known('function', 1)],
  ['duration', known('function', 1)],
  ['type', known('function', 1)],
  ['dyn', known('function', 1)],
  ...[
    'getFullYear',
    'getMonth',
    'getDate',
    'getDayOfMonth',
    'getDayOfWeek',
    'getDayOfYear',
    'getHours',
    'getMinutes',
    'getSeconds',
    'getMilliseconds',
  ].map((name): [string, KnownFunction] => [name, known('method', 0, 1)]),
]);

export const typeNames: ReadonlySet<string> = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);

/** The name among `names` that `wrong` most likely means: at most two letters away, and fewer than half of it. */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil((wrong.length + 1) / 2));
  for (const name of names) {
    const away =
      name.toLowerCase() === wrong.toLowerCase() ? 0 : distance(wrong.toLowerCase(), name.toLowerCase());
    if (away < least) [best, least] = [name, away];
  }
  return best;
}

/** Letters to insert, delete, replace or swap with their neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const above = rows[i - 1] as number[];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, (above[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j] as number, (rows[i - 2]?.[j - 2] as number) + 1);
      }
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] as number;
}
