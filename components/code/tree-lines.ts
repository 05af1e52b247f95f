import { type JsonNode, memberPath } from '#lib/model/json-tree.ts';

/** One line of a JSON value that is laid out. `text` is cut out of the source, so that every digit stays. */
export type TreeLine = {
  /** Where its node begins in the text: what tells lines apart, and what is folded. */
  at: number;
  depth: number;
  path: string;
  /** The name as it is written, with its quotes and escapes: what is decoded might turn the line around. */
  name: string | null;
  kind: 'open' | 'close' | 'scalar' | 'inline' | 'folded';
  scalar: 's' | 'n' | 'w' | 'p';
  text: string;
  /** Members or items of what opens or is folded. */
  count: number;
  hasComma: boolean;
  isMarked: boolean;
};

export type TreeOptions = {
  /** What paths begin with: `value` or `key`. */
  root: string;
  folded: ReadonlySet<number>;
  /** Most lines that are made; the others are counted. */
  limit: number;
  /** Paths that are marked, with all that stands below them. */
  marked: ReadonlySet<string>;
};

/** A container this short, of single values only, stands on one line. */
const inlineCharacters = 64;
/** A single value is cut here: the whole of it is in the text face. */
const scalarCharacters = 2_000;

/** The lines of a parsed JSON text, and how many are left out. */
export function treeLines(
  text: string,
  root: JsonNode,
  options: TreeOptions,
): { lines: TreeLine[]; hidden: number } {
  const maker = new Lines(text, options);
  maker.node(root, { depth: 0, path: options.root, name: null, hasComma: false, isMarked: false });
  return { lines: maker.lines, hidden: maker.count - maker.lines.length };
}

type Place = Pick<TreeLine, 'depth' | 'path' | 'name' | 'hasComma' | 'isMarked'>;

class Lines {
  readonly lines: TreeLine[] = [];
  count = 0;
  readonly #text: string;
  readonly #options: TreeOptions;

  constructor(text: string, options: TreeOptions) {
    this.#text = text;
    this.#options = options;
  }

  #add(node: JsonNode, place: Place, rest: Pick<TreeLine, 'kind' | 'scalar' | 'text' | 'count'>): void {
    this.count += 1;
    if (this.lines.length < this.#options.limit) this.lines.push({ at: node.start, ...place, ...rest });
  }

  /** Nesting is bounded by the parser. */
  node(node: JsonNode, place: Place): void {
    const isMarked = place.isMarked || this.#options.marked.has(place.path);
    const here = { ...place, isMarked };
    if (node.kind !== 'object' && node.kind !== 'array') {
      const whole = node.end - node.start;
      const text = this.#text.slice(node.start, Math.min(node.end, node.start + scalarCharacters));
      const scalar = node.kind === 'string' ? 's' : node.kind === 'number' ? 'n' : 'w';
      const cut = whole > scalarCharacters ? `${text}… ${whole} characters` : text;
      this.#add(node, here, { kind: 'scalar', scalar, text: cut, count: 0 });
      return;
    }
    const children =
      node.kind === 'object'
        ? node.members.map(({ name, nameStart, nameEnd, value }) => ({
            name: this.#text.slice(nameStart, nameEnd),
            value,
            path: memberPath(place.path, name),
          }))
        : node.items.map((value, index) => ({ name: null, value, path: `${place.path}[${index}]` }));
    const count = children.length;
    const isFlat = children.every(({ value }) => value.kind !== 'object' && value.kind !== 'array');
    const isShort = count === 0 || (place.depth > 0 && isFlat && node.end - node.start <= inlineCharacters);
    if (isShort) {
      const text = this.#text.slice(node.start, node.end);
      this.#add(node, here, { kind: 'inline', scalar: 'p', text, count });
      return;
    }
    const brackets = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
    if (this.#options.folded.has(node.start)) {
      this.#add(node, here, { kind: 'folded', scalar: 'p', text: `${brackets[0]}…${brackets[1]}`, count });
      return;
    }
    this.#add(
      node,
      { ...here, hasComma: false },
      { kind: 'open', scalar: 'p', text: brackets[0] ?? '', count },
    );
    children.forEach(({ name, value, path }, index) => {
      this.node(value, { depth: place.depth + 1, path, name, hasComma: index < count - 1, isMarked });
    });
    this.#add(node, { ...here, name: null }, { kind: 'close', scalar: 'p', text: brackets[1] ?? '', count });
  }
}
