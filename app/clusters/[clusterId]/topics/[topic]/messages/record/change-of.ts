import { type JsonNode, parseJsonTree } from '#lib/model/json-tree.ts';
import { type FieldDiff, jsonDiff } from './field-diff.ts';

const operations: Record<string, string> = {
  c: 'Created',
  u: 'Updated',
  d: 'Deleted',
  r: 'Read by a snapshot',
  t: 'Truncated',
};

/**
 * What a change event of Debezium says: the row before and after, as a difference. Null for any other value. The envelope may stand in
 * a `payload` beside its schema.
 */
export function changeOf(text: string): (FieldDiff & { title: string }) | null {
  const tree = parseJsonTree(text);
  if (!('root' in tree)) return null;
  const envelope = envelopeOf(tree.root);
  if (!envelope) return null;
  const { before, after, op } = envelope;
  const textOf = (node: JsonNode) => (node.kind === 'null' ? '{}' : text.slice(node.start, node.end));
  const diff = jsonDiff(textOf(before), textOf(after));
  if (!diff) return null;
  // A row that came or went has all of its fields new or gone; the empty object that stood for it says nothing.
  const changes = diff.changes.filter(({ key }) => key !== 'value');
  return { title: operations[op] ?? `Operation ${op}`, changes, unchanged: diff.unchanged };
}

type Envelope = { before: JsonNode; after: JsonNode; op: string };

function envelopeOf(root: JsonNode): Envelope | null {
  const members = membersOf(root);
  const payload = members?.get('payload');
  const inner = payload && members?.has('schema') ? membersOf(payload) : members;
  const [before, after, op] = [inner?.get('before'), inner?.get('after'), inner?.get('op')];
  if (!before || !after || op?.kind !== 'string' || !isRow(before) || !isRow(after)) return null;
  if (before.kind === 'null' && after.kind === 'null') return null;
  return { before, after, op: op.value };
}

const isRow = (node: JsonNode): boolean => node.kind === 'object' || node.kind === 'null';

const membersOf = (node: JsonNode): Map<string, JsonNode> | null =>
  node.kind === 'object' ? new Map(node.members.map(({ name, value }) => [name, value])) : null;
