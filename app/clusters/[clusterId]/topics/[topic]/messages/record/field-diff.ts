import type { ValueChange } from '#components/code/diff-lines.ts';
import { isShownInDigits } from '#components/message/field-bytes.ts';
import { type JsonNode, memberPath, parseJsonTree } from '#lib/model/json-tree.ts';
import type { MessageField } from '#lib/model/message.ts';

/** Most single values of a JSON text that are compared one by one; beyond, texts are compared whole. */
const mostLeaves = 5_000;
const shownCharacters = 2_000;

export type FieldDiff = { changes: ValueChange[]; unchanged: number };

/** What differs between two JSON texts, value by value as written; null when one is no JSON or has too many. */
export function jsonDiff(before: string, after: string): FieldDiff | null {
  const was = leavesOf(before);
  const is = leavesOf(after);
  if (!was || !is) return null;
  const changes: ValueChange[] = [];
  let unchanged = 0;
  for (const [path, text] of was) {
    const now = is.get(path) ?? null;
    if (now === text) unchanged += 1;
    else changes.push({ key: path, before: cut(text), after: now === null ? null : cut(now) });
  }
  for (const [path, text] of is)
    if (!was.has(path)) changes.push({ key: path, before: null, after: cut(text) });
  return { changes, unchanged };
}

/** What differs between two keys, values or headers of records. `name` stands for what is compared as a whole. */
export function fieldDiff(name: string, before: MessageField | null, after: MessageField | null): FieldDiff {
  if (before?.format === 'json' && after?.format === 'json') {
    const diff = jsonDiff(before.text, after.text);
    if (diff) return diff;
  }
  const [was, is] = [wordsOf(before), wordsOf(after)];
  if (was === is) return { changes: [], unchanged: 1 };
  return { changes: [{ key: name, before: was, after: is }], unchanged: 0 };
}

const wordsOf = (field: MessageField | null): string =>
  field === null
    ? 'null'
    : field.sizeBytes === 0
      ? 'empty'
      : isShownInDigits(field)
        ? cut(`${field.sizeBytes} bytes: ${field.text}`)
        : cut(field.text);

const cut = (text: string): string =>
  text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;

function leavesOf(text: string): Map<string, string> | null {
  const tree = parseJsonTree(text);
  if (!('root' in tree)) return null;
  const leaves = new Map<string, string>();
  return collect(text, tree.root, '', leaves) ? leaves : null;
}

/** Nesting is bounded by the parser. A name that comes twice is told apart by its count. */
function collect(text: string, node: JsonNode, path: string, leaves: Map<string, string>): boolean {
  if (leaves.size >= mostLeaves) return false;
  if (node.kind === 'object' && node.members.length > 0)
    return node.members.every(({ nameStart, nameEnd, value }) => {
      // Escapes stay as they are written: what they stand for might turn the line around.
      const written = text.slice(nameStart + 1, nameEnd - 1);
      return collect(text, value, memberPath(path, written), leaves);
    });
  if (node.kind === 'array' && node.items.length > 0)
    return node.items.every((item, index) => collect(text, item, `${path}[${index}]`, leaves));
  let own = path === '' ? 'value' : path;
  for (let again = 2; leaves.has(own); again += 1) own = `${path} (${again})`;
  leaves.set(own, text.slice(node.start, node.end));
  return true;
}
