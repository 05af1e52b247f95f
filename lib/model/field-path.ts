/** Most columns of a list that come from fields, and the longest path of one. */
export const MAX_COLUMNS = 12;
export const MAX_PATH_CHARS = 300;

/** A way into a decoded record: `key`, `value` or `headers`, then names and positions. */
export type FieldPath = { side: 'key' | 'value' | 'headers'; steps: (string | number)[] };

/**
 * Reads `value.status`, `key.id`, `headers.trace`, `value.items[0].sku` or `value["a.b"]`; null when it is none. A path of headers has
 * exactly one step.
 */
export function parseFieldPath(text: string): FieldPath | null {
  const side = /^(key|value|headers)/.exec(text)?.[1] as FieldPath['side'] | undefined;
  if (!side || text.length > MAX_PATH_CHARS) return null;
  const steps: FieldPath['steps'] = [];
  const step = /\.([^.,[\]"\s]+)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/y;
  step.lastIndex = side.length;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (!found) return null;
    if (found[2] !== undefined) steps.push(Number(found[2]));
    else steps.push(found[1] ?? (found[3] ?? '').replace(/\\(.)/g, '$1'));
  }
  if (side === 'headers' && (steps.length !== 1 || typeof steps[0] !== 'string')) return null;
  return { side, steps };
}

/** The paths of a comma-separated list; a comma between quotes belongs to its path. */
export const splitFieldPaths = (text: string): string[] =>
  (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [])
    .map((path) => path.trim())
    .filter((path) => path !== '');
