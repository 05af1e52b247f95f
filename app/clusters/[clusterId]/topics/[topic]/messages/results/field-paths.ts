import { type JsonNode, memberPath, parseJsonTree } from '#lib/model/json-tree.ts';
import type { MessageRow } from '#lib/model/message.ts';

const lookedAtRows = 30;
const deepest = 3;
const mostPaths = 60;
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Paths of single values that occur in the records that are listed, those that occur most first. */
export function fieldPathsOf(rows: readonly MessageRow[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows.slice(0, lookedAtRows)) {
    for (const side of ['value', 'key'] as const) {
      const field = row[side];
      if (field?.format !== 'json') continue;
      const tree = parseJsonTree(field.text);
      if ('root' in tree) collect(tree.root, side, 0, counts);
    }
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostPaths)
    .map(([path]) => path);
}

function collect(node: JsonNode, path: string, depth: number, counts: Map<string, number>): void {
  if (node.kind !== 'object' || depth >= deepest) return;
  for (const { name, value } of node.members) {
    // A name that cannot be seen, or turns a line around, is no head of a column.
    if (unseen.test(name)) continue;
    const own = memberPath(path, name);
    if (value.kind === 'object') collect(value, own, depth + 1, counts);
    else counts.set(own, (counts.get(own) ?? 0) + 1);
  }
}
