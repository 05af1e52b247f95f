/**
 * JSON as text: checked and laid out without ever making a value of it. That keeps every digit of a number, the order of
 * keys, keys that occur twice and keys such as `__proto__` exactly as they were written, and it needs no recursion.
 */

/** Deeper nesting is not shown as JSON: what draws or copies a tree recursively would fail on it. */
export const MAX_JSON_DEPTH = 200;

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
export type JsonCheck =
  | { ok: true; kind: JsonKind }
  | { ok: false; reason: 'syntax' | 'too-deep'; position: number };

/** `open` and `close` are brackets, `key` is a string before a colon. */
type Token = 'open' | 'close' | 'key' | 'colon' | 'comma' | JsonKind;
type Sink = (token: Token, start: number, end: number, depth: number) => void;

/** Whether the text is one JSON value (RFC 8259) nested no deeper than `maxDepth`. */
export function checkJson(text: string, maxDepth = MAX_JSON_DEPTH): JsonCheck {
  return walkJson(text, maxDepth, () => {});
}

/** The same JSON with one member per line, indented by two spaces; null when the text is not JSON. */
export function formatJson(text: string, maxDepth = MAX_JSON_DEPTH): string | null {
  const parts: string[] = [];
  let justOpened = false;
  const line = (depth: number) => `\n${'  '.repeat(depth)}`;
  const result = walkJson(text, maxDepth, (token, start, end, depth) => {
    const source = text.slice(start, end);
    if (token === 'close') {
      parts.push(justOpened ? source : line(depth) + source);
    } else if (token === 'comma') {
      parts.push(source, line(depth));
    } else if (token === 'colon') {
      parts.push(': ');
    } else {
      parts.push(justOpened ? line(depth) + source : source);
    }
    justOpened = token === 'open';
  });
  return result.ok ? parts.join('') : null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words = [
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
] as const;

/** Walks over the tokens of one JSON value in their order. What was handed to `sink` counts only when the answer is `ok`. */
export function walkJson(text: string, maxDepth: number, sink: Sink): JsonCheck {
  const closers: string[] = [];
  let expected: 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'end' =
    'value';
  let kind: JsonKind | undefined;
  let at = skipSpace(text, 0);
  const fail = (reason: 'syntax' | 'too-deep'): JsonCheck => ({ ok: false, reason, position: at });
  while (at < text.length) {
    const char = text[at] as string;
    if (char === closers.at(-1) && expected !== 'key' && expected !== 'value' && expected !== 'colon') {
      closers.pop();
      sink('close', at, ++at, closers.length);
      expected = closers.length === 0 ? 'end' : 'comma-or-close';
    } else if (expected === 'comma-or-close') {
      if (char !== ',') return fail('syntax');
      sink('comma', at, ++at, closers.length);
      expected = closers.at(-1) === '}' ? 'key' : 'value';
    } else if (expected === 'colon') {
      if (char !== ':') return fail('syntax');
      sink('colon', at, ++at, closers.length);
      expected = 'value';
    } else if (expected === 'key' || expected === 'key-or-close') {
      const end = char === '"' ? endOfString(text, at) : -1;
      if (end < 0) return fail('syntax');
      sink('key', at, end, closers.length);
      at = end;
      expected = 'colon';
    } else if (expected === 'end') {
      return fail('syntax');
    } else if (char === '{' || char === '[') {
      if (closers.length >= maxDepth) return fail('too-deep');
      sink('open', at, ++at, closers.length);
      closers.push(char === '{' ? '}' : ']');
      kind ??= char === '{' ? 'object' : 'array';
      expected = char === '{' ? 'key-or-close' : 'value-or-close';
    } else {
      const scalar = endOfScalar(text, at);
      if (!scalar) return fail('syntax');
      sink(scalar.kind, at, scalar.end, closers.length);
      at = scalar.end;
      kind ??= scalar.kind;
      expected = closers.length === 0 ? 'end' : 'comma-or-close';
    }
    at = skipSpace(text, at);
  }
  return expected === 'end' && kind ? { ok: true, kind } : fail('syntax');
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}

function endOfScalar(text: string, at: number): { end: number; kind: JsonKind } | undefined {
  if (text.charCodeAt(at) === QUOTE) {
    const end = endOfString(text, at);
    return end < 0 ? undefined : { end, kind: 'string' };
  }
  for (const [word, kind] of words) {
    if (text.startsWith(word, at)) return { end: at + word.length, kind };
  }
  numberPattern.lastIndex = at;
  return numberPattern.test(text) ? { end: numberPattern.lastIndex, kind: 'number' } : undefined;
}

/** Position after the closing quote of the string that opens at `start`, or -1. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return -1;
    if (code === BACKSLASH) {
      at++;
      const escaped = text[at];
      if (escaped === 'u') {
        if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) return -1;
        at += 4;
      } else if (escaped === undefined || !'"\\/bfnrt'.includes(escaped)) {
        return -1;
      }
    }
  }
  return -1;
}
