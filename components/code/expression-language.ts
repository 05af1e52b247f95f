import {
  HighlightStyle,
  StreamLanguage,
  type StreamParser,
  type StringStream,
  syntaxHighlighting,
} from '@codemirror/language';
import { Tag } from '@lezer/highlight';

const tags = {
  root: Tag.define('root'),
  name: Tag.define('name'),
  text: Tag.define('text'),
  number: Tag.define('number'),
  word: Tag.define('word'),
  sign: Tag.define('sign'),
  comment: Tag.define('comment'),
};
type TokenName = keyof typeof tags;

const roots = new Set(['key', 'value', 'headers', 'topic', 'partition', 'offset', 'timestamp', 'size']);
const words = new Set(['true', 'false', 'null', 'in']);

type LexState = {
  /** What ends the text that was begun, or null outside of texts. */
  quote: string | null;
  isRaw: boolean;
  afterDot: boolean;
};

/** The words of CEL, one by one; it knows no grammar, for that the server is asked. */
export const expressionParser: StreamParser<LexState> = {
  name: 'cel',
  startState: () => ({ quote: null, isRaw: false, afterDot: false }),
  copyState: (state) => ({ ...state }),
  tokenTable: tags,
  token(stream, state): TokenName | null {
    if (state.quote !== null) return inText(stream, state);
    if (stream.eatSpace()) return null;
    const afterDot = state.afterDot;
    state.afterDot = false;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    const opening = stream.match(/^([rRbB]{0,2})("""|'''|"|')/) as RegExpMatchArray | null;
    if (opening) {
      state.quote = opening[2] ?? '"';
      state.isRaw = /r/i.test(opening[1] ?? '');
      return inText(stream, state);
    }
    if (stream.match(/^(0x[0-9a-f]+u?|\d+(\.\d+)?(e[+-]?\d+)?u?|\.\d+(e[+-]?\d+)?)/i)) return 'number';
    const name = stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null;
    if (name) {
      if (afterDot) return 'name';
      if (words.has(name[0])) return 'word';
      return roots.has(name[0]) ? 'root' : 'name';
    }
    state.afterDot = stream.next() === '.';
    return 'sign';
  },
};

/** Goes to the end of a text, or of the line when it ends on none. */
function inText(stream: StringStream, state: LexState): TokenName {
  const quote = state.quote ?? '"';
  while (!stream.eol()) {
    if (stream.match(quote)) {
      state.quote = null;
      return 'text';
    }
    if (stream.next() === '\\' && !state.isRaw) stream.next();
  }
  // Only a text of three quotes goes over the end of a line.
  if (quote.length === 1) state.quote = null;
  return 'text';
}

/** Colours as in every text of a machine: names of the record in water, texts good, numbers warning, literals heavy. */
const colours = HighlightStyle.define([
  { tag: tags.root, color: 'var(--color-water)' },
  { tag: tags.text, color: 'var(--color-good)' },
  { tag: tags.number, color: 'var(--color-warning)' },
  { tag: tags.word, fontWeight: '600' },
  { tag: [tags.sign, tags.comment], color: 'var(--color-ink-3)' },
]);

export const expressionLanguage = [StreamLanguage.define(expressionParser), syntaxHighlighting(colours)];
