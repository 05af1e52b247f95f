import type { RegistrySchema } from '#lib/model/registry-schema.ts';
import { AvroCursor } from './avro/avro-cursor.ts';
import { avroNotes } from './avro/avro-notes.ts';
import { avroReader } from './avro/avro-reader.ts';
import { nameOf, readAvroSchema, SchemaProblem } from './avro/avro-schema.ts';
import type { DataValue } from './decode-plan.ts';
import { jsonValue } from './json-value.ts';
import { Malformed, reasonOf } from './malformed.ts';
import { readMessageIndex } from './protobuf/message-index.ts';
import { ProtoCursor } from './protobuf/proto-cursor.ts';
import { ProtoPlans } from './protobuf/proto-plan.ts';
import { readMessage } from './protobuf/proto-reader.ts';
import { protobuf, readProtoSchema } from './protobuf/proto-schema.ts';
import type { Resolve } from './protobuf/well-known.ts';
import type { Note } from './serde.ts';

/** What was read by a schema, or a clause that says why it could not be. `end`: where the value ended. */
export type SchemaRead =
  | { value: DataValue; name: string | null; end: number; notes?: () => Note[] }
  | { reason: string; name?: string | null };

/**
 * Which message type of a Protobuf schema it is, where its index does not stand before the value: by the bytes of the index (none is
 * the first message), or by full name.
 */
export type MessageType = { index: Buffer } | { message: string };

/** A schema made ready to read by. */
export interface SchemaReader {
  /** How a person calls the format. */
  readonly title: 'Avro' | 'Protobuf' | 'JSON Schema';
  readonly serde: 'avro' | 'protobuf' | 'json-schema';
  /** Reads the value that begins at `at`. Never throws. */
  read(bytes: Buffer, at: number, type?: MessageType): SchemaRead;
}

/** Makes a schema ready, or says in a clause what is wrong with it. */
export function schemaReader(schema: RegistrySchema): SchemaReader | { problem: string } {
  try {
    switch (schema.type) {
      case 'AVRO':
        return readerOfAvro(schema);
      case 'JSON':
        return readerOfJson;
      case 'PROTOBUF':
        return readerOfProtobuf(schema);
    }
  } catch (error) {
    if (error instanceof SchemaProblem) return { problem: error.message };
    return { problem: reasonOf(error) };
  }
}

function readerOfAvro({ text, references }: RegistrySchema): SchemaReader {
  const node = readAvroSchema(text, references);
  const read = avroReader(node);
  const name = nameOf(node);
  return {
    title: 'Avro',
    serde: 'avro',
    read(bytes, at) {
      const cursor = new AvroCursor(bytes, at);
      try {
        const value = read(cursor);
        return { value, name, end: cursor.at, notes: () => avroNotes(node, value) };
      } catch (error) {
        return { reason: reasonOf(error), name };
      }
    },
  };
}

/** The text is JSON as it stands; the schema only says what should be in it. */
const readerOfJson: SchemaReader = {
  title: 'JSON Schema',
  serde: 'json-schema',
  read(bytes, at) {
    const decoded = jsonValue(bytes.subarray(at));
    if ('value' in decoded) return { value: decoded.value, name: null, end: bytes.length };
    return { reason: 'what follows is not JSON' };
  },
};

function readerOfProtobuf({ text, references }: RegistrySchema): SchemaReader {
  const { root, byIndex } = readProtoSchema(text, references);
  const plans = new ProtoPlans();
  const typeNamed = (name: string) => {
    const found = root.lookup(name.startsWith('.') ? name : `.${name}`);
    return found instanceof protobuf().Type ? plans.of(found) : null;
  };
  const resolve: Resolve = (name, bytes, depth) => {
    const plan = typeNamed(name);
    if (!plan) return null;
    const cursor = new ProtoCursor(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
    cursor.depth = depth + 1;
    return readMessage(cursor, plan, resolve);
  };
  const nameIn = (cursor: ProtoCursor, type: MessageType | undefined): string => {
    if (type && 'message' in type) return type.message;
    const index = type
      ? readMessageIndex(new ProtoCursor(type.index.length > 0 ? type.index : Buffer.from([0]), 0))
      : readMessageIndex(cursor);
    const name = byIndex.get(index);
    if (name === undefined) throw new Malformed(`the schema has no message type [${index}]`);
    return name;
  };
  return {
    title: 'Protobuf',
    serde: 'protobuf',
    read(bytes, at, type) {
      let name: string | null = null;
      try {
        const cursor = new ProtoCursor(bytes, at);
        name = nameIn(cursor, type);
        const plan = typeNamed(name);
        if (!plan) return { reason: `the schema has no message type ${name.slice(0, 200)}`, name: null };
        const start = cursor.at;
        const value = readMessage(cursor, plan, resolve);
        const notes = () => {
          const found: Note[] = [];
          readMessage(new ProtoCursor(bytes, start, found), plan, resolve);
          return found;
        };
        return { value, name, end: bytes.length, notes };
      } catch (error) {
        return { reason: reasonOf(error), name };
      }
    },
  };
}
