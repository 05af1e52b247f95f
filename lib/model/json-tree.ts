import { MAX_JSON_DEPTH, walkJson } from './json-text.ts';

/**
 * JSON as a tree that knows where each part stands in the text, so that what is wrong can be marked at its place. Numbers stay the
 * text that was written: no digit is lost.
 */
export type JsonNode =
  | { kind: 'object'; start: number; end: number; members: JsonMember[] }
  | { kind: 'array'; start: number; end: number; items: JsonNode[] }
  | { kind: 'string'; start: number; end: number; value: string }
  | { kind: 'number'; start: number; end: number; text: string }
  | { kind: 'boolean'; start: number; end: number; value: boolean }
  | { kind: 'null'; start: number; end: number };
export type JsonMember = { name: string; nameStart: number; nameEnd: number; value: JsonNode };

type Container = Extract<JsonNode, { kind: 'object' | 'array' }>;

/** The tree of one JSON value nested no deeper than `maxDepth`, or where and why it is none. It never throws. */
export function parseJsonTree(
  text: string,
  maxDepth = MAX_JSON_DEPTH,
): { root: JsonNode } | { reason: 'syntax' | 'too-deep'; position: number } {
  const open: Container[] = [];
  const names: { name: string; start: number; end: number }[] = [];
  let root: JsonNode | undefined;
  const place = (node: JsonNode) => {
    const parent = open.at(-1);
    if (!parent) root ??= node;
    else if (parent.kind === 'array') parent.items.push(node);
    else {
      const name = names.pop();
      if (name)
        parent.members.push({ name: name.name, nameStart: name.start, nameEnd: name.end, value: node });
    }
  };
  const check = walkJson(text, maxDepth, (token, start, end) => {
    switch (token) {
      case 'open': {
        const node: Container =
          text[start] === '{'
            ? { kind: 'object', start, end, members: [] }
            : { kind: 'array', start, end, items: [] };
        place(node);
        open.push(node);
        return;
      }
      case 'close': {
        const closed = open.pop();
        if (closed) closed.end = end;
        return;
      }
      case 'key':
        names.push({ name: stringOf(text, start, end), start, end });
        return;
      case 'string':
        return place({ kind: 'string', start, end, value: stringOf(text, start, end) });
      case 'number':
        return place({ kind: 'number', start, end, text: text.slice(start, end) });
      case 'boolean':
        return place({ kind: 'boolean', start, end, value: text[start] === 't' });
      case 'null':
        return place({ kind: 'null', start, end });
    }
  });
  if (!check.ok) return { reason: check.reason, position: check.position };
  return root ? { root } : { reason: 'syntax', position: 0 };
}

/** What a checked JSON string literal says. */
function stringOf(text: string, start: number, end: number): string {
  const literal = text.slice(start, end);
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}

/** How a member is appended to a path: `.name`, or `["odd name"]` where it is no plain word. */
export const memberPath = (path: string, name: string): string => {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
};

/** What a node is, as a person calls it: `text`, `a whole number`. */
export function nodeWords(node: JsonNode): string {
  switch (node.kind) {
    case 'string':
      return 'text';
    case 'number':
      return /^-?\d+$/.test(node.text) ? 'a whole number' : 'a number with a fraction';
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
  }
}
