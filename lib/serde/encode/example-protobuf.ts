import type { Field, Type } from 'protobufjs';
import { clock, type ExampleKind, maxExampleNodes, textFor } from './example-values.ts';
import { choiceOf, enumOf, mapOf, typeOfField } from './protobuf-schema.ts';

/** A JSON text that the message type accepts, with every field in it, one of those that exclude each other. */
export function exampleOfMessage(type: Type, kind: ExampleKind): string {
  return new MessageExample(kind).message(type, []) ?? '{}';
}

class MessageExample {
  private readonly isEdge: boolean;
  private nodes = 0;

  constructor(kind: ExampleKind) {
    this.isEdge = kind === 'edge';
  }

  /** Null where it would repeat what it stands in. */
  message(type: Type, within: readonly Type[]): string | null {
    const wellKnown = this.wellKnown(type);
    if (wellKnown !== null) return wellKnown;
    if (within.includes(type) || this.nodes > maxExampleNodes) return null;
    const members: string[] = [];
    const chosen = new Set<string>();
    for (const field of type.fieldsArray) {
      const choice = choiceOf(field);
      if (choice !== null && chosen.has(choice)) continue;
      const value = this.field(field, [...within, type]);
      if (value === null) continue;
      if (choice !== null) chosen.add(choice);
      members.push(`${JSON.stringify(field.name)}: ${value}`);
    }
    return `{${members.join(', ')}}`;
  }

  private field(field: Field, within: readonly Type[]): string | null {
    this.nodes += 1;
    const map = mapOf(field);
    if (map) {
      const value = this.one(field, within);
      const key = map.keyType === 'string' ? 'key' : map.keyType === 'bool' ? 'true' : '1';
      return value === null ? '{}' : `{${JSON.stringify(key)}: ${value}}`;
    }
    if (!field.repeated) return this.one(field, within);
    const item = this.isEdge && !typeOfField(field) ? null : this.one(field, within);
    return item === null ? '[]' : `[${item}]`;
  }

  private one(field: Field, within: readonly Type[]): string | null {
    const type = typeOfField(field);
    if (type) return this.message(type, within);
    const values = enumOf(field);
    if (values) {
      if (values.fullName === '.google.protobuf.NullValue') return 'null';
      const names = Object.keys(values.values);
      // The first stands for "not said" in proto3.
      return JSON.stringify(names.at(this.isEdge ? -1 : Math.min(1, names.length - 1)) ?? '');
    }
    return this.scalar(field.type, field.name);
  }

  private scalar(type: string, name: string): string {
    switch (type) {
      case 'string':
        return JSON.stringify(textFor(name, this.isEdge));
      case 'bytes':
        return this.isEdge ? '"AP8="' : '"YWJj"';
      case 'bool':
        return String(!this.isEdge);
      case 'double':
        return this.isEdge ? '1.7976931348623157e308' : '1.5';
      case 'float':
        return this.isEdge ? '3.4028234663852886e38' : '1.5';
      default: {
        if (!this.isEdge) return '1';
        const isLong = type.endsWith('64');
        if (/^u|^fixed/.test(type)) return isLong ? '18446744073709551615' : '4294967295';
        return isLong ? '-9223372036854775808' : '-2147483648';
      }
    }
  }

  private wellKnown(type: Type): string | null {
    switch (/^\.google\.protobuf\.(\w+)$/.exec(type.fullName)?.[1]) {
      case 'Timestamp':
        return JSON.stringify(this.isEdge ? '1969-12-31T23:59:59.999999999Z' : clock.moment());
      case 'Duration':
        return this.isEdge ? '"-0.000000001s"' : '"1.5s"';
      case 'Struct':
        return '{"name": "text", "count": 1}';
      case 'ListValue':
        return '["text", 1, true, null]';
      case 'Value':
        return '"text"';
      case 'FieldMask':
        return '"name"';
      case 'Any':
        return '{"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1.5s"}';
      case 'DoubleValue':
      case 'FloatValue':
        return '1.5';
      case 'StringValue':
        return '"text"';
      case 'BytesValue':
        return '"YWJj"';
      case 'BoolValue':
        return 'true';
      case 'Int64Value':
      case 'UInt64Value':
      case 'Int32Value':
      case 'UInt32Value':
        return '1';
      default:
        return null;
    }
  }
}
