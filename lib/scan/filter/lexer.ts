/** One token of an expression, `[from, to)` in UTF-16 units. */
export interface Token {
  kind: 'name' | 'number' | 'text' | 'operator' | 'open' | 'close' | 'unknown';
  text: string;
  from: number;
  to: number;
  /** A text without its closing quote. */
  isOpenEnded?: boolean;
}

const space = /(?:\s|\/\/[^\n]*)+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /0[xX][0-9a-fA-F]+u?|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?u?/y;
const operator = /&&|\|\||==|!=|<=|>=|[<>!+\-*/%?:,.]/y;

/** Splits an expression into tokens, whatever it says; only for positions and sentences, the library's parser decides. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  while (at < source.length) {
    const skipped = take(space);
    if (skipped) {
      at += skipped.length;
      continue;
    }
    const token = quoted(source, at) ?? plain(source, at, take);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function plain(source: string, at: number, take: (pattern: RegExp) => string | undefined): Token {
  const make = (kind: Token['kind'], text: string): Token => ({ kind, text, from: at, to: at + text.length });
  const char = source[at] as string;
  if ('([{'.includes(char)) return make('open', char);
  if (')]}'.includes(char)) return make('close', char);
  const named = take(name);
  if (named) return make('name', named);
  const counted = take(number);
  if (counted) return make('number', counted);
  const operated = take(operator);
  if (operated) return make('operator', operated);
  return make('unknown', String.fromCodePoint(source.codePointAt(at) as number));
}

function quoted(source: string, at: number): Token | undefined {
  const opening = /^(?:[rR][bB]?|[bB][rR]?)?("""|'''|"|')/.exec(source.slice(at, at + 5));
  if (!opening) return undefined;
  const quote = opening[1] as string;
  const isRaw = /r/i.test(opening[0].slice(0, -quote.length));
  let end = at + opening[0].length;
  for (; end < source.length; end++) {
    if (source.startsWith(quote, end)) return token(source, at, end + quote.length);
    if (source[end] === '\\' && !isRaw) end++;
    else if (quote.length === 1 && source[end] === '\n') break;
  }
  return { ...token(source, at, Math.min(end, source.length)), isOpenEnded: true };
}

const token = (source: string, from: number, to: number): Token => ({
  kind: 'text',
  text: source.slice(from, to),
  from,
  to,
});
