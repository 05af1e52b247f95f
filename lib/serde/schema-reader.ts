import type { RegistrySchema } from '#lib/model/registry-schema.ts';
import { AvroCursor } from './avro/avro-cursor.ts';
import { avroNotes } from './avro/avro-notes.ts';
import { avroReader } from './avro/avro-reader.ts';
import { nameOf, readAvroSchema, SchemaProblem } from './avro/avro-schema.ts';
import type { DataValue } from './decode-plan.ts';
import { jsonValue } from './json-value.ts';
import { reasonOf } from './malformed.ts';
import type { Note } from './serde.ts';

/** What was read by a schema, or a clause that says why it could not be. `end`: where the value ended. */
export type SchemaRead =
  | { value: DataValue; name: string | null; end: number; notes?: () => Note[] }
  | { reason: string; name?: string | null };

/** A schema made ready to read by. */
export interface SchemaReader {
  /** How a person calls the format. */
  readonly title: 'Avro' | 'Protobuf' | 'JSON Schema';
  readonly serde: 'avro' | 'protobuf' | 'json-schema';
  /**
   * Reads the value that begins at `at`. `index`: the bytes that name the message type, where they do not stand before the value.
   * Never throws.
   */
  read(bytes: Buffer, at: number, index?: Buffer): SchemaRead;
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
        return { problem: 'not yet' };
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
