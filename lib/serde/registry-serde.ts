import type { MessageField } from '#lib/model/message.ts';
import { factOf, madeOf } from '#lib/scan/facts.ts';
import type { Decoded, SchemaFact } from './decode-plan.ts';
import { checkerOf, verdictOf } from './json-schema-verdict.ts';
import { readJson } from './json-serde.ts';
import { headerPrefix, type Prefix, registryPrefix } from './registry-prefix.ts';
import { type MessageType, type SchemaReader, schemaReader } from './schema-reader.ts';
import type { Reading, Serde, SerdeContext } from './serde.ts';

type Schema = Extract<SchemaFact, { text: string }>;
type Found = { schema: Schema; factId: string; reader: SchemaReader | { problem: string } };

/** Values that a schema registry's serializer wrote: recognised by their prefix or header, read by the schema it names. */
export const registrySerde: Serde = {
  name: 'registry',
  read(bytes, context, choice): Reading {
    const prefix = prefixOf(bytes, context);
    if (!prefix) {
      return choice
        ? { fits: false, nearMiss: 'It does not begin as a schema registry’s serializers write.' }
        : { fits: false };
    }
    const registry = context.plan?.registry ?? null;
    const isDoubtful = prefix.isDoubtful && !choice;
    const found = registry === null ? null : find(registry, prefix.id, context);
    if (found && 'needs' in found) return found;
    if (isDoubtful) return readDoubtful(bytes, prefix, found, context);
    const intro =
      prefix.from === 'header'
        ? `A header names its schema: ${prefix.id}.`
        : `Starts with a schema registry prefix: schema id ${prefix.id}.`;
    if (!found || 'missing' in found) {
      const noRegistry = context.plan ? ' This cluster has no schema registry set.' : '';
      return asBytes(bytes, `${intro}${found ? ` ${found.missing}` : noRegistry}`, prefix.id, null);
    }
    return readBy(bytes, prefix, found, context);
  },
  decode(bytes, context, choice): Decoded | undefined {
    if (bytes[0] !== 0 && bytes[0] !== 1 && !context.header) return undefined;
    const prefix = prefixOf(bytes, context);
    if (!prefix) return undefined;
    const registry = context.plan?.registry ?? null;
    const isDoubtful = prefix.isDoubtful && !choice;
    if (registry === null)
      return isDoubtful ? undefined : { reason: 'The cluster has no schema registry set.' };
    const found = find(registry, prefix.id, context);
    if ('needs' in found) return found;
    if ('missing' in found) return isDoubtful ? undefined : { reason: found.missing };
    if ('problem' in found.reader)
      return isDoubtful ? undefined : { reason: `Schema ${prefix.id}: ${found.reader.problem}.` };
    const read = found.reader.read(bytes, prefix.bytes, typeIn(prefix));
    if ('value' in read) return isDoubtful && read.end < bytes.length ? undefined : { value: read.value };
    return isDoubtful
      ? undefined
      : { reason: `${found.reader.title}, schema id ${prefix.id}: ${read.reason}.` };
  },
};

function prefixOf(bytes: Buffer, { side, header, plan }: SerdeContext): Prefix | undefined {
  if (side === 'header') return undefined;
  const inHeader = header && plan?.registry ? headerPrefix(side, header) : undefined;
  return inHeader ?? registryPrefix(bytes);
}

const typeIn = ({ index }: Prefix): MessageType | undefined => index && { index };

/** The schema of an id as this worker knows it. */
export function find(
  registry: string,
  id: string,
  context: SerdeContext,
): Found | { missing: string } | { needs: string } {
  const factId = `schema:${registry}:${id}`;
  const fact = factOf(factId) as SchemaFact | undefined;
  if (fact === undefined || ('missing' in fact && fact.until <= Date.now())) {
    if (!context.isFinal) return { needs: factId };
    return fact && 'missing' in fact ? fact : { missing: 'Its schema could not be had.' };
  }
  if ('missing' in fact) return fact;
  return { schema: fact, factId, reader: madeOf(factId, () => schemaReader(fact)) };
}

function readBy(bytes: Buffer, prefix: Prefix, found: Found, context: SerdeContext): Reading {
  const { reader, schema } = found;
  const where = prefix.from === 'header' ? 'found by its header' : 'found by its wire prefix';
  if ('problem' in reader) {
    const reason = `Schema id ${prefix.id}, ${where}, cannot be used: ${reader.problem}.`;
    return asBytes(bytes, reason, prefix.id, schema);
  }
  const title = `${reader.title}, schema id ${prefix.id}`;
  if (reader.serde === 'json-schema') {
    const inner = bytes.subarray(prefix.bytes);
    const json = readJson(inner, context);
    if ('body' in json) {
      const verdict = context.isPreview
        ? ''
        : ` ${verdictOf(
            madeOf(`${found.factId}#check`, () => checkerOf(schema)),
            inner,
          )}`;
      return {
        ...json,
        serde: reader.serde,
        reason: `${title}, ${where}.${verdict}`,
        schema: schemaOf(prefix.id, schema, null),
      };
    }
    const why = 'nearMiss' in json ? json.nearMiss : '';
    return asBytes(bytes, `${title}, ${where}. ${why}`, prefix.id, schema);
  }
  const read = reader.read(bytes, prefix.bytes, typeIn(prefix));
  if ('reason' in read)
    return asBytes(bytes, `${title}, ${where}, does not fit: ${read.reason}.`, prefix.id, schema, read.name);
  const left = bytes.length - read.end;
  const over = left > 0 ? ` ${left === 1 ? '1 byte' : `${left} bytes`} after the value were not read.` : '';
  return {
    fits: true,
    serde: reader.serde,
    reason: `${title}, ${where}.${over}`,
    schema: schemaOf(prefix.id, schema, read.name),
    body: { as: 'value', value: read.value, ...(read.notes ? { notes: read.notes } : {}) },
  };
}

function readDoubtful(
  bytes: Buffer,
  prefix: Prefix,
  found: Found | { missing: string } | null,
  context: SerdeContext,
): Reading {
  if (!found || 'missing' in found || 'problem' in found.reader) return { fits: false };
  const read = found.reader.read(bytes, prefix.bytes);
  if ('reason' in read || read.end < bytes.length) return { fits: false };
  return readBy(bytes, prefix, found, context);
}

const asBytes = (
  bytes: Buffer,
  reason: string,
  id: string,
  schema: Schema | null,
  name: string | null = null,
): Reading => ({ fits: true, reason, body: { as: 'hex', bytes }, schema: schemaOf(id, schema, name) });

/** What the field says of its schema. Of several subjects the first stands for all. */
function schemaOf(id: string, schema: Schema | null, name: string | null): MessageField['schema'] {
  const [used] = schema?.subjects ?? [];
  return {
    id,
    type: schema?.type ?? null,
    subject: used?.subject ?? null,
    version: used?.version ?? null,
    name,
  };
}
