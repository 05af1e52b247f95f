import { highlightJson, type JsonPiece } from '#components/code/highlight-json.ts';
import { type JsonNode, memberPath, parseJsonTree } from '#lib/model/json-tree.ts';

/** A piece of a line and whether it is what was searched for. */
export type PreviewPiece = JsonPiece & { isMarked: boolean };

/** What of a record is marked: paths of fields such as `value.status`, and texts. */
export type Marks = { paths: readonly string[]; texts: readonly string[] };

export const noMarks: Marks = { paths: [], texts: [] };

const lineCharacters = 400;
/** A match that stands further in than this is drawn from shortly before it. */
const farIn = 160;

/**
 * A value in one line. Members of JSON that match come first and are marked, keys stand without quotes; the rest is as it was
 * written, every digit of it. What is no whole JSON is the text as it is, from shortly before its first match.
 * @param root what paths begin with: `value` or `key`
 */
export function previewPieces(
  text: string,
  format: 'json' | 'text' | 'hex',
  root: string,
  marks: Marks,
  limit = lineCharacters,
): PreviewPiece[] {
  const tree = format === 'json' ? parseJsonTree(text) : null;
  if (tree && 'root' in tree && (tree.root.kind === 'object' || tree.root.kind === 'array')) {
    const line = new Line(limit, marks);
    line.node(text, tree.root, root, false);
    return withTexts(line.pieces, marks.texts);
  }
  const shown = fromMatch(text, marks.texts, limit);
  const pieces: JsonPiece[] = format === 'json' ? highlightJson(shown) : [{ kind: 't', text: shown }];
  return withTexts(
    pieces.map((piece) => ({ ...piece, isMarked: false })),
    marks.texts,
  );
}

function fromMatch(text: string, texts: readonly string[], limit: number): string {
  const at = texts.reduce((first, one) => {
    const found = text.indexOf(one);
    return found >= 0 && (first < 0 || found < first) ? found : first;
  }, -1);
  if (at < farIn) return text.slice(0, limit);
  return `…${text.slice(at - 20, at - 20 + limit)}`;
}

/** Collects the pieces of one line and stops when there are enough. */
class Line {
  readonly pieces: PreviewPiece[] = [];
  #left: number;
  readonly #paths: ReadonlySet<string>;
  readonly #texts: readonly string[];

  constructor(limit: number, marks: Marks) {
    this.#left = limit;
    this.#paths = new Set(marks.paths);
    this.#texts = marks.texts;
  }

  #add(kind: JsonPiece['kind'], text: string, isMarked: boolean): void {
    if (this.#left <= 0) return;
    this.#left -= text.length;
    const last = this.pieces.at(-1);
    if (last && last.kind === kind && last.isMarked === isMarked) last.text += text;
    else this.pieces.push({ kind, text, isMarked });
  }

  /** Nesting is bounded by the parser. */
  node(text: string, node: JsonNode, path: string, isMarked: boolean): void {
    if (this.#left <= 0) return;
    if (node.kind === 'object') {
      const members = this.#matchedFirst(text, node.members, path);
      this.#add('p', members.length > 0 ? '{ ' : '{}', isMarked);
      members.forEach(({ written, value, own }, index) => {
        const isHit = isMarked || this.#paths.has(own);
        this.#add('k', written, isHit);
        this.#add('p', ': ', isHit);
        this.node(text, value, own, isHit);
        this.#add('p', index < members.length - 1 ? ', ' : ' }', isMarked);
      });
      return;
    }
    if (node.kind === 'array') {
      this.#add('p', node.items.length > 0 ? '[' : '[]', isMarked);
      node.items.forEach((item, index) => {
        this.node(text, item, `${path}[${index}]`, isMarked);
        this.#add('p', index < node.items.length - 1 ? ', ' : ']', isMarked);
      });
      return;
    }
    const kind = node.kind === 'string' ? 's' : node.kind === 'number' ? 'n' : 'w';
    this.#add(kind, text.slice(node.start, Math.min(node.end, node.start + this.#left)), isMarked);
  }

  #matchedFirst(text: string, members: Extract<JsonNode, { kind: 'object' }>['members'], path: string) {
    const first: { written: string; value: JsonNode; own: string }[] = [];
    const rest: typeof first = [];
    for (const { name, nameStart, nameEnd, value } of members) {
      // Escapes stay as they are written: what they stand for might turn the line around.
      const written = text.slice(nameStart + 1, nameEnd - 1);
      const member = { written, value, own: memberPath(path, name) };
      (this.#holdsMatch(text, member) ? first : rest).push(member);
    }
    return [...first, ...rest];
  }

  #holdsMatch(text: string, { own, value }: { own: string; value: JsonNode }): boolean {
    for (const path of this.#paths) if (path === own || isBelow(path, own)) return true;
    return this.#texts.some((wanted) => {
      const at = wanted === '' ? -1 : text.indexOf(wanted, value.start);
      return at >= 0 && at + wanted.length <= value.end;
    });
  }
}

const isBelow = (path: string, parent: string): boolean =>
  path.startsWith(parent) && (path[parent.length] === '.' || path[parent.length] === '[');

/** Cuts marked texts out of pieces; each is looked for within one piece. */
export function withTexts(pieces: PreviewPiece[], texts: readonly string[]): PreviewPiece[] {
  const wanted = texts.filter((text) => text !== '');
  if (wanted.length === 0) return pieces;
  return pieces.flatMap((piece) => {
    if (piece.isMarked) return [piece];
    const parts: PreviewPiece[] = [];
    let at = 0;
    while (at < piece.text.length) {
      let from = -1;
      let length = 0;
      for (const text of wanted) {
        const found = piece.text.indexOf(text, at);
        if (found >= 0 && (from < 0 || found < from)) [from, length] = [found, text.length];
      }
      if (from < 0) break;
      if (from > at) parts.push({ ...piece, text: piece.text.slice(at, from) });
      parts.push({ ...piece, text: piece.text.slice(from, from + length), isMarked: true });
      at = from + length;
    }
    if (at < piece.text.length) parts.push({ ...piece, text: piece.text.slice(at) });
    return parts;
  });
}
