import type { DataValue } from '../decode-plan.ts';
import { MAX_DEPTH, Malformed } from '../malformed.ts';
import { shortFloat } from '../protobuf/proto-cursor.ts';
import { setOwn } from '../set-own.ts';
import type { AvroCursor } from './avro-cursor.ts';
import { readBigDecimal, readDecimal, readDuration, readUuid } from './avro-logical.ts';
import type { AvroNode } from './avro-schema.ts';

type Read = (cursor: AvroCursor) => DataValue;

/**
 * Makes a schema into a function that reads one value. Closures, no generated code: nothing in a schema can become a program.
 * The function throws `Malformed`.
 */
export function avroReader(node: AvroNode): Read {
  return compile(node, new Map());
}

function compile(node: AvroNode, known: Map<AvroNode, Read>): Read {
  const found = known.get(node);
  if (found) return found;
  // A type may hold itself: whoever asks meanwhile gets a way to the reader that is being made.
  let made: Read | undefined;
  if (node.kind === 'record') known.set(node, (cursor) => (made as Read)(cursor));
  made = make(node, known);
  if (node.kind === 'record') known.set(node, made);
  return made;
}

function make(node: AvroNode, known: Map<AvroNode, Read>): Read {
  switch (node.kind) {
    case 'null':
      return () => null;
    case 'boolean':
      return readBoolean;
    case 'int':
    case 'long':
      return (cursor) => cursor.readLong();
    case 'float':
      return (cursor) => shortFloat(cursor.take(4).readFloatLE(0));
    case 'double':
      return (cursor) => cursor.take(8).readDoubleLE(0);
    case 'string':
      return (cursor) => cursor.readString();
    case 'bytes':
      return readerOfBytes(node, (cursor) => cursor.take(cursor.readSize('the length of bytes')));
    case 'fixed': {
      const { size } = node;
      return readerOfBytes(node, (cursor) => cursor.take(size));
    }
    case 'enum':
      return readerOfEnum(node.symbols);
    case 'union':
      return readerOfUnion(node.branches.map((branch) => compile(branch, known)));
    case 'array':
      return readerOfArray(compile(node.items, known));
    case 'map':
      return readerOfMap(compile(node.values, known));
    case 'record':
      return readerOfRecord(
        node.fields.map(({ name }) => name),
        node.fields.map(({ type }) => compile(type, known)),
      );
  }
}

function readBoolean(cursor: AvroCursor): boolean {
  const byte = cursor.readByte();
  if (byte > 1) throw new Malformed(`the boolean at byte ${cursor.at - 1} is ${byte}`);
  return byte === 1;
}

function readerOfBytes(
  { kind, logical, ...rest }: Extract<AvroNode, { kind: 'bytes' | 'fixed' }>,
  take: (cursor: AvroCursor) => Buffer,
): Read {
  const size = 'size' in rest ? rest.size : -1;
  switch (logical?.type) {
    case 'decimal': {
      const { scale } = logical;
      return (cursor) => readDecimal(take(cursor), scale);
    }
    case 'big-decimal':
      return kind === 'bytes' ? (cursor) => readBigDecimal(take(cursor)) : take;
    case 'uuid':
      return size === 16 ? (cursor) => readUuid(take(cursor)) : take;
    case 'duration':
      return size === 12 ? (cursor) => readDuration(take(cursor)) : take;
    default:
      return take;
  }
}

function readerOfEnum(symbols: readonly string[]): Read {
  return (cursor) => {
    const index = cursor.readLong();
    const symbol = symbols[Number(index)];
    if (symbol === undefined) throw new Malformed(`an enum has no symbol ${index}`);
    return symbol;
  };
}

function readerOfUnion(branches: readonly Read[]): Read {
  return (cursor) => {
    const index = cursor.readLong();
    const branch = branches[Number(index)];
    if (branch === undefined) throw new Malformed(`a union has no branch ${index}`);
    return branch(cursor);
  };
}

function readerOfRecord(names: readonly string[], reads: readonly Read[]): Read {
  const { length } = names;
  const isPlain = !names.includes('__proto__');
  return (cursor) => {
    if (++cursor.depth > MAX_DEPTH) throw tooDeep();
    const record: { [key: string]: DataValue } = {};
    for (let i = 0; i < length; i++) {
      const value = (reads[i] as Read)(cursor);
      if (isPlain) record[names[i] as string] = value;
      else setOwn(record, names[i] as string, value);
    }
    cursor.depth--;
    return record;
  };
}

function readerOfArray(read: Read): Read {
  return (cursor) => {
    if (++cursor.depth > MAX_DEPTH) throw tooDeep();
    const items: DataValue[] = [];
    for (let count = readCount(cursor); count > 0; count = readCount(cursor)) {
      for (let i = 0; i < count; i++) items.push(read(cursor));
    }
    cursor.depth--;
    return items;
  };
}

function readerOfMap(read: Read): Read {
  return (cursor) => {
    if (++cursor.depth > MAX_DEPTH) throw tooDeep();
    const map: { [key: string]: DataValue } = {};
    for (let count = readCount(cursor); count > 0; count = readCount(cursor)) {
      for (let i = 0; i < count; i++) {
        const key = cursor.readString();
        setOwn(map, key, read(cursor));
      }
    }
    cursor.depth--;
    return map;
  };
}

/** How many items the next block has; 0 ends the collection. A negative count is followed by the size of the block in bytes. */
function readCount(cursor: AvroCursor): number {
  const { at } = cursor;
  let count = cursor.readLong();
  if (count < 0) {
    count = -count;
    cursor.readSize('the size of a block');
  }
  if (typeof count === 'bigint' || count > cursor.itemsLeft) {
    throw new Malformed(
      `the collection at byte ${at} claims ${count} items in ${cursor.end - cursor.at} bytes`,
    );
  }
  cursor.itemsLeft -= count;
  return count;
}

const tooDeep = (): Malformed => new Malformed(`it is nested deeper than ${MAX_DEPTH} levels`);
