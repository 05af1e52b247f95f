import type { JsonNode } from '#lib/model/json-tree.ts';
import type { AvroNode } from '../avro/avro-schema.ts';

/** How well a branch suits a value of this kind; 0 is not at all. Of those that suit, the higher is tried first. */
export function rankOf(branch: AvroNode, node: JsonNode): number {
  switch (node.kind) {
    case 'null':
      return branch.kind === 'null' ? 1 : 0;
    case 'boolean':
      return branch.kind === 'boolean' ? 1 : 0;
    case 'number':
      return numberRank[branch.kind] ?? 0;
    case 'string':
      return stringRank[branch.kind] ?? 0;
    case 'object':
      return branch.kind === 'record' ? 3 : branch.kind === 'map' ? 2 : branch.kind === 'fixed' ? 1 : 0;
    case 'array':
      return branch.kind === 'array' ? 1 : 0;
  }
}
const numberRank: Partial<Record<AvroNode['kind'], number>> = {
  int: 5,
  long: 4,
  double: 3,
  float: 2,
  bytes: 1,
  fixed: 1,
};
const stringRank: Partial<Record<AvroNode['kind'], number>> = {
  enum: 9,
  string: 8,
  int: 7,
  long: 6,
  fixed: 5,
  bytes: 4,
  double: 2,
  float: 1,
};
