/** What stands where a secret was. */
export const redacted = '(not recorded)';

/**
 * A copy of `input` in which every value at one of the `secrets` paths is replaced.
 * A path names object keys joined by dots; `*` stands for every key or element at its place.
 */
export function redact(input: unknown, secrets: readonly string[]): unknown {
  return walk(
    input,
    secrets.map((path) => path.split('.')),
  );
}

function walk(value: unknown, paths: string[][]): unknown {
  if (paths.some((path) => path.length === 0))
    return value === undefined || value === null ? value : redacted;
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map((item, index) => walk(item, below(paths, String(index))));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, below(paths, key))]),
    );
  }
  return value;
}

const below = (paths: string[][], key: string): string[][] =>
  paths.filter(([head]) => head === key || head === '*').map(([, ...rest]) => rest);
