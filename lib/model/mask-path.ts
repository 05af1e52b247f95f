/** One step of a mask's path. `deep` is any number of fields, none included; `any` is one field or element. */
export type MaskStep =
  | { kind: 'deep' }
  | { kind: 'any' }
  /** `glob`: with `*` for any letters of the name; null where the name is meant as it is written. */
  | { kind: 'name'; name: string; glob: readonly string[] | null }
  | { kind: 'index'; index: number };

export const maxMaskPathChars = 200;
const maxSteps = 24;

/**
 * Reads `customer.email`, `items[*].price`, `**.email`, `card*`, `headers["a.b"]`, `$.a`; null when it is none. A name between quotes is
 * meant as it is written. `*` within a name stands for any letters, alone for any one field, `**` for any number of them.
 */
export function parseMaskPath(text: string): MaskStep[] | null {
  if (text.length === 0 || text.length > maxMaskPathChars) return null;
  const steps: MaskStep[] = [];
  const step = /([^.[\]"\s]+)|"((?:[^"\\]|\\.)+)"|\[(?:(\d{1,9})|(\*?)|"((?:[^"\\]|\\.)+)")\]/y;
  let at = text.startsWith('$.') ? 2 : 0;
  let mayName = true;
  while (at < text.length) {
    if (text[at] === '.' && !mayName) {
      at++;
      mayName = true;
      if (at === text.length) return null;
    }
    step.lastIndex = at;
    const found = step.exec(text);
    if (!found) return null;
    const [all, plain, quoted, index, star, bracketed] = found;
    const isBracket = all.startsWith('[');
    if (!isBracket && !mayName) return null;
    if (isBracket && mayName && steps.length > 0) return null;
    if (plain !== undefined) steps.push(plainStep(plain));
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (star !== undefined) steps.push({ kind: 'any' });
    else steps.push({ kind: 'name', name: unquoted(quoted ?? bracketed ?? ''), glob: null });
    at = step.lastIndex;
    mayName = false;
  }
  return steps.length > 0 && steps.length <= maxSteps && !mayName ? steps : null;
}

function plainStep(text: string): MaskStep {
  if (text === '**') return { kind: 'deep' };
  if (text === '*') return { kind: 'any' };
  return { kind: 'name', name: text, glob: text.includes('*') ? text.split(/\*+/) : null };
}

const unquoted = (text: string) => text.replace(/\\(.)/g, '$1');

/** Whether a text is these pieces with anything between them. Linear: no pattern can make it slow. */
export function matchesPieces(pieces: readonly string[], text: string): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return at <= end;
}

/**
 * Whether a topic is meant by a pattern such as `shop.orders.*`. A list separated by commas means each of them. Names are told apart
 * exactly: `a.b` is not `a_b`.
 */
export const matchesTopic = (pattern: string, topic: string): boolean =>
  pattern
    .split(',')
    .map((one) => one.trim())
    .some((one) => one !== '' && matchesPieces(one.split(/\*+/), topic));
