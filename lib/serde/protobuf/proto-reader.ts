import type { DataValue } from '../decode-plan.ts';
import { Malformed } from '../malformed.ts';
import { setOwn } from '../set-own.ts';
import { ProtoCursor } from './proto-cursor.ts';
import type { FieldPlan, MessagePlan } from './proto-plan.ts';
import { type Resolve, wellKnown } from './well-known.ts';

/** As deep as Protobuf's own readers go. */
const MAX_NESTING = 100;
const MAX_NOTES = 100;

/** Reads one message up to the cursor's end, by reflection: no code is made. Throws `Malformed`. */
export function readMessage(cursor: ProtoCursor, plan: MessagePlan, resolve: Resolve): DataValue {
  return new Reader(resolve).message(cursor, plan, 0);
}

class Reader {
  private readonly resolve: Resolve;

  constructor(resolve: Resolve) {
    this.resolve = resolve;
  }

  /** @param group number of the field whose end mark ends the message; 0 when it fills what is there */
  message(cursor: ProtoCursor, plan: MessagePlan, group: number): DataValue {
    if (++cursor.depth > MAX_NESTING) throw new Malformed(`it is nested deeper than ${MAX_NESTING} levels`);
    const slots: (DataValue | undefined)[] = new Array(plan.fields.length);
    /** Bytes of messages that came once: what comes again is part of the same message. */
    let first: Map<number, Buffer> | undefined;
    let isEnded = group === 0;
    while (cursor.at < cursor.end) {
      const start = cursor.at;
      const tag = cursor.readInt32() >>> 0;
      const id = tag >>> 3;
      const wire = tag & 7;
      if (id === 0) throw new Malformed(`field 0 at byte ${start} cannot be`);
      if (wire === 4) {
        if (id !== group) throw new Malformed(`a group ends at byte ${start} that did not begin`);
        isEnded = true;
        break;
      }
      const field = plan.byId.get(id);
      if (!field || !this.accepts(field, wire)) {
        skipUnknown(cursor, id, wire);
        continue;
      }
      for (const rival of field.rivals) slots[rival] = undefined;
      if (field.kind === 'message' && !field.isRepeated) {
        const from = cursor.skip(cursor.readLength(id));
        const bytes = cursor.bytes.subarray(from, cursor.at);
        first ??= new Map();
        const before = slots[field.slot] === undefined ? undefined : first.get(id);
        const all = before ? Buffer.concat([before, bytes]) : bytes;
        first.set(id, all);
        slots[field.slot] = this.inner(cursor, field, all);
      } else this.read(cursor, field, wire, slots);
    }
    if (!isEnded) throw new Malformed(`the group of field ${group} does not end`);
    cursor.depth--;
    return this.finish(plan, slots, cursor);
  }

  private accepts({ kind, scalar, isRepeated }: FieldPlan, wire: number): boolean {
    if (kind === 'group') return wire === 3;
    if (kind === 'message' || kind === 'map') return wire === 2;
    return scalar?.wire === wire || (wire === 2 && isRepeated && scalar?.isPackable === true);
  }

  private read(cursor: ProtoCursor, field: FieldPlan, wire: number, slots: (DataValue | undefined)[]): void {
    const { slot, scalar, id } = field;
    if (field.kind === 'map') {
      slots[slot] ??= {};
      const map = slots[slot] as { [key: string]: DataValue };
      this.entry(cursor, field, map);
      return;
    }
    if (!field.isRepeated) {
      slots[slot] = scalar ? scalar.read(cursor, id) : this.group(cursor, field);
      return;
    }
    slots[slot] ??= [];
    const list = slots[slot] as DataValue[];
    if (!scalar) {
      if (field.kind === 'group') list.push(this.group(cursor, field, list.length));
      else {
        const from = cursor.skip(cursor.readLength(id));
        list.push(this.inner(cursor, field, cursor.bytes.subarray(from, cursor.at), list.length));
      }
    } else if (wire === 2 && scalar.wire !== 2) {
      const length = cursor.readLength(id);
      const { end } = cursor;
      cursor.end = cursor.at + length;
      while (cursor.at < cursor.end) list.push(scalar.read(cursor, id));
      cursor.end = end;
    } else list.push(scalar.read(cursor, id));
  }

  private inner(outer: ProtoCursor, field: FieldPlan, bytes: Buffer, index = -1): DataValue {
    const cursor = new ProtoCursor(bytes, 0, outer.notes);
    cursor.depth = outer.depth;
    if (outer.notes) cursor.path = [...outer.path, index < 0 ? field.name : `${field.name}[${index}]`];
    return this.message(cursor, field.message as MessagePlan, 0);
  }

  private group(cursor: ProtoCursor, field: FieldPlan, index = -1): DataValue {
    const { path } = cursor;
    if (cursor.notes) cursor.path = [...path, index < 0 ? field.name : `${field.name}[${index}]`];
    const value = this.message(cursor, field.message as MessagePlan, field.id);
    cursor.path = path;
    return value;
  }

  /** An entry of a map is a message with the fields 1 and 2, each of which may be absent. */
  private entry(outer: ProtoCursor, field: FieldPlan, map: { [key: string]: DataValue }): void {
    const length = outer.readLength(field.id);
    const { end } = outer;
    outer.end = outer.at + length;
    let key: DataValue = field.key?.absent ?? '';
    let value: DataValue | undefined;
    while (outer.at < outer.end) {
      const tag = outer.readInt32() >>> 0;
      const wire = tag & 7;
      if (tag >>> 3 === 1 && field.key?.wire === wire) key = field.key.read(outer, 1);
      else if (tag >>> 3 === 2 && field.scalar?.wire === wire) value = field.scalar.read(outer, 2);
      else if (tag >>> 3 === 2 && field.message && wire === 2) {
        const from = outer.skip(outer.readLength(2));
        value = this.inner(outer, field, outer.bytes.subarray(from, outer.at));
      } else skipUnknown(outer, tag >>> 3, wire);
    }
    outer.end = end;
    value ??= field.scalar ? field.scalar.absent : this.inner(outer, field, Buffer.alloc(0));
    setOwn(map, String(key), value);
  }

  private finish(plan: MessagePlan, slots: (DataValue | undefined)[], cursor: ProtoCursor): DataValue {
    const message: { [key: string]: DataValue } = {};
    for (const field of plan.fields) {
      const value = slots[field.slot] ?? field.absent?.();
      if (value !== undefined) setOwn(message, field.name, value);
    }
    return plan.name.startsWith('google.') || plan.name.startsWith('confluent.')
      ? wellKnown(plan.name, message, this.resolve, cursor.depth)
      : message;
  }
}

/** Reads over what no field describes, and notes what it was. */
function skipUnknown(cursor: ProtoCursor, id: number, wire: number, depth = 0): void {
  const text = skipValue(cursor, id, wire, depth);
  const { notes, path } = cursor;
  if (depth > 0 || !notes || notes.length >= MAX_NOTES) return;
  notes.push({ path: path.join('.'), type: `unknown field ${id}`, text });
}

function skipValue(cursor: ProtoCursor, id: number, wire: number, depth: number): string {
  if (wire === 0) return String(cursor.readVarint64(true));
  if (wire === 1) return `8 bytes: ${hexAt(cursor, cursor.skip(8), 8)}`;
  if (wire === 5) return `4 bytes: ${hexAt(cursor, cursor.skip(4), 4)}`;
  if (wire === 2) {
    const length = cursor.readLength(id);
    return `${length} bytes: ${hexAt(cursor, cursor.skip(length), length)}`;
  }
  if (wire !== 3) throw new Malformed(`field ${id} has the wire type ${wire}, which is not one`);
  if (depth >= MAX_NESTING) throw new Malformed(`it is nested deeper than ${MAX_NESTING} levels`);
  const start = cursor.at;
  for (;;) {
    if (cursor.at >= cursor.end) throw new Malformed(`the group of field ${id} does not end`);
    const tag = cursor.readInt32() >>> 0;
    if ((tag & 7) === 4) {
      if (tag >>> 3 !== id) throw new Malformed(`a group ends at byte ${cursor.at} that did not begin`);
      return `a group of ${cursor.at - start} bytes`;
    }
    skipUnknown(cursor, tag >>> 3, tag & 7, depth + 1);
  }
}

const hexAt = (cursor: ProtoCursor, at: number, length: number): string =>
  cursor.notes
    ? `${cursor.bytes.toString('hex', at, at + Math.min(length, 32))}${length > 32 ? '…' : ''}`
    : '';
