import { parseJsonTree } from '#lib/model/json-tree.ts';
import type { FieldError } from '#lib/model/message-draft.ts';
import { readAvroSchema, SchemaProblem } from '../avro/avro-schema.ts';
import { writeAvro } from './avro-write.ts';
import { ByteWriter } from './byte-writer.ts';
import { exampleOfAvro } from './example-avro.ts';
import { exampleOfJsonSchema } from './example-json.ts';
import { exampleOfMessage } from './example-protobuf.ts';
import type { ExampleKind } from './example-values.ts';
import { FieldErrors } from './field-errors.ts';
import { checkBySchema, compileJsonSchema } from './json-schema-check.ts';
import { type ProtobufMessage, parseProtobuf } from './protobuf-schema.ts';
import { writeMessage } from './protobuf-write.ts';

/** A schema as the registry gives it; references come before who uses them. */
export type EncodeSchema = {
  id: string;
  type: 'AVRO' | 'PROTOBUF' | 'JSON';
  text: string;
  references: { name: string; text: string }[];
};

/** What a worker can be asked about writing by a schema. The schema travels in the task. */
export type EncodeTask =
  | { kind: 'encode'; schema: EncodeSchema; message: string | null; texts: string[] }
  | { kind: 'describe-schema'; schema: EncodeSchema; message: string | null; example: ExampleKind };

export type Encoded = { bytes: Uint8Array } | { errors: FieldError[]; count: number };
export type SchemaDescription = {
  /** The message types of a Protobuf schema in their order; empty for the others. */
  messages: string[];
  message: string | null;
  /** JSON that the schema accepts. */
  example: string;
};
/** `problem`: the schema itself cannot be used, in one sentence. */
export type EncodeAnswer<T extends EncodeTask> =
  | { problem: string }
  | (T extends { kind: 'encode' } ? { encoded: Encoded[] } : SchemaDescription);

/** Runs in a worker thread only: schemas are code input. It answers for any text and any schema. */
export function runEncode(task: EncodeTask): EncodeAnswer<EncodeTask> {
  try {
    return task.kind === 'encode' ? { encoded: encodeAll(task) } : describeSchema(task);
  } catch (error) {
    if (error instanceof SchemaProblem) return { problem: `The schema cannot be used: ${error.message}.` };
    // A schema that contains itself without end, for example.
    if (error instanceof RangeError) return { problem: 'The schema is too deep to be used here.' };
    throw error;
  }
}

function encodeAll({ schema, message, texts }: Extract<EncodeTask, { kind: 'encode' }>): Encoded[] {
  const write = writerOf(schema, message);
  const prefix = prefixOf(schema);
  return texts.map((text) => {
    const errors = new FieldErrors();
    const tree = parseJsonTree(text);
    if (!('root' in tree)) {
      const { position, reason } = tree;
      const said =
        reason === 'too-deep' ? 'is nested too deep to be written by a schema' : 'is not JSON from here on';
      errors.add('', { start: position, end: Math.min(text.length, position + 1) }, said);
      return { errors: errors.list, count: errors.count };
    }
    const body = write(tree.root, text, errors);
    if (errors.count > 0) return { errors: errors.list, count: errors.count };
    return { bytes: Uint8Array.from(Buffer.concat([prefix, body])) };
  });
}

type Write = (root: Parameters<typeof writeAvro>[1], text: string, errors: FieldErrors) => Buffer;

function writerOf(schema: EncodeSchema, message: string | null): Write {
  switch (schema.type) {
    case 'AVRO': {
      const type = readAvroSchema(schema.text, schema.references);
      return (root, _text, errors) => writeAvro(type, root, errors);
    }
    case 'PROTOBUF': {
      const { type, path } = messageOf(parseProtobuf(schema.text, schema.references), message);
      return (root, _text, errors) => {
        const out = new ByteWriter();
        writeIndexes(path, out);
        writeMessage(type, root, '', out, errors);
        return out.finish();
      };
    }
    case 'JSON': {
      const validate = compileJsonSchema(schema.text, schema.references);
      return (root, text, errors) => {
        checkBySchema(validate, root, text, errors);
        return Buffer.from(text, 'utf8');
      };
    }
  }
}

/** Magic byte 0 and the id, big end first. */
function prefixOf({ id }: EncodeSchema): Buffer {
  if (!/^\d{1,10}$/.test(id) || Number(id) > 0xffffffff)
    throw new SchemaProblem('the registry gave no number for it that could stand before the bytes');
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(Number(id), 1);
  return prefix;
}

/** Which message of the file it is: zigzag numbers with their count before them, and one zero for the first message. */
function writeIndexes(path: readonly number[], out: ByteWriter) {
  if (path.length === 1 && path[0] === 0) return out.byte(0);
  out.zigzag(BigInt(path.length));
  for (const index of path) out.zigzag(BigInt(index));
}

function messageOf(messages: ProtobufMessage[], name: string | null): ProtobufMessage {
  const found = name === null ? messages[0] : messages.find((each) => each.name === name);
  if (found) return found;
  throw new SchemaProblem(
    name === null ? 'it defines no message' : `it defines no message ${name.slice(0, 200)}`,
  );
}

function describeSchema({
  schema,
  message,
  example,
}: Extract<EncodeTask, { kind: 'describe-schema' }>): SchemaDescription {
  switch (schema.type) {
    case 'AVRO': {
      const type = readAvroSchema(schema.text, schema.references);
      return { messages: [], message: null, example: exampleOfAvro(type, schema.text, example) };
    }
    case 'PROTOBUF': {
      const messages = parseProtobuf(schema.text, schema.references);
      const chosen = messageOf(messages, message);
      return {
        messages: messages.map(({ name }) => name),
        message: chosen.name,
        example: exampleOfMessage(chosen.type, example),
      };
    }
    case 'JSON':
      compileJsonSchema(schema.text, schema.references);
      return {
        messages: [],
        message: null,
        example: exampleOfJsonSchema(schema.text, schema.references, example),
      };
  }
}
