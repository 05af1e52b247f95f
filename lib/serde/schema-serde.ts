import type { SchemaType } from '#lib/model/registry-schema.ts';
import type { Decoded, SerdeChoice } from './decode-plan.ts';
import { find } from './registry-serde.ts';
import type { MessageType, SchemaRead } from './schema-reader.ts';
import type { Reading, Serde, SerdeContext } from './serde.ts';

/**
 * Values without a prefix, read by one schema of the registry: its id, and for Protobuf the message type, stand in the choice. Only
 * where it is chosen.
 */
export const schemaSerde: Serde = {
  name: 'schema',
  read(bytes, context, choice): Reading {
    const found = readBy(bytes, context, choice);
    if ('needs' in found) return found;
    if ('problem' in found) return { fits: false, nearMiss: found.problem };
    const { read, id, title, serde, type, used } = found;
    const schema = {
      ...{ id, type, subject: used?.subject ?? null, version: used?.version ?? null },
      name: 'name' in read ? (read.name ?? null) : null,
    };
    if ('reason' in read)
      return { fits: false, nearMiss: `${title}, schema id ${id}: ${read.reason}.`, schema };
    const left = bytes.length - read.end;
    const over = left > 0 ? ` ${left} bytes after the value were not read.` : '';
    return {
      fits: true,
      serde,
      reason: `${title}, schema id ${id}.${over}`,
      schema,
      body: { as: 'value', value: read.value, ...(read.notes ? { notes: read.notes } : {}) },
    };
  },
  decode(bytes, context, choice): Decoded | undefined {
    const found = readBy(bytes, context, choice);
    if ('needs' in found) return found;
    if ('problem' in found) return { reason: found.problem };
    const { read, title, id } = found;
    return 'value' in read ? { value: read.value } : { reason: `${title}, schema id ${id}: ${read.reason}.` };
  },
};

type Found = {
  read: SchemaRead;
  id: string;
  title: string;
  serde: string;
  type: SchemaType;
  used: { subject: string; version: number } | undefined;
};

function readBy(
  bytes: Buffer,
  context: SerdeContext,
  choice: SerdeChoice | undefined,
): Found | { needs: string } | { problem: string } {
  const { schemaId: id = '', message } = choice?.options ?? {};
  const registry = context.plan?.registry ?? null;
  if (registry === null) return { problem: 'The cluster has no schema registry set.' };
  const found = find(registry, id, context);
  if ('needs' in found) return found;
  if ('missing' in found) return { problem: found.missing };
  const { reader, schema } = found;
  if ('problem' in reader) return { problem: `Schema id ${id} cannot be used: ${reader.problem}.` };
  const type: MessageType = message ? { message } : { index: Buffer.alloc(0) };
  const read: SchemaRead = reader.read(bytes, 0, type);
  return { read, id, title: reader.title, serde: reader.serde, type: schema.type, used: schema.subjects[0] };
}
