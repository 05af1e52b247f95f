import { type AvroNode, branchName, decimalOf, isDuration } from '../avro/avro-schema.ts';
import { clock, type ExampleKind, maxExampleNodes, textFor } from './example-values.ts';

/** A JSON text that the schema accepts, with every field in it. Records within themselves end at the second level. */
export function exampleOfAvro(type: AvroNode, schemaText: string, kind: ExampleKind): string {
  return new AvroExample(schemaText, kind).of(type, 'text', []);
}

class AvroExample {
  private readonly schemaText: string;
  private readonly isEdge: boolean;
  private nodes = 0;

  constructor(schemaText: string, kind: ExampleKind) {
    this.schemaText = schemaText;
    this.isEdge = kind === 'edge';
  }

  of(type: AvroNode, name: string, within: readonly string[]): string {
    this.nodes += 1;
    const decimal = 'logical' in type ? decimalOf(type) : null;
    switch (type.kind) {
      case 'null':
        return 'null';
      case 'boolean':
        return String(!this.isEdge);
      case 'int':
      case 'long':
        return this.whole(type.kind, type.logical?.type ?? null);
      case 'float':
        return this.isEdge ? '3.4028234663852886e38' : '1.5';
      case 'double':
        return this.isEdge ? '-1.7976931348623157e308' : '1.5';
      case 'string':
        return JSON.stringify(type.logical?.type === 'uuid' ? clock.uuid : textFor(name, this.isEdge));
      case 'bytes':
        if (decimal) return this.decimal(decimal);
        return this.isEdge ? '"AP8="' : '"YWJj"';
      case 'fixed':
        if (isDuration(type)) return '{"months": 0, "days": 1, "millis": 0}';
        if (decimal) return this.decimal(decimal);
        return JSON.stringify(Buffer.alloc(type.size, this.isEdge ? 0xff : 'a').toString('base64'));
      case 'enum':
        return JSON.stringify(type.symbols.at(this.isEdge ? -1 : 0) ?? '');
      case 'array':
        return this.isFull(type.items, within) ? '[]' : `[${this.of(type.items, name, within)}]`;
      case 'map':
        return this.isFull(type.values, within) ? '{}' : `{"key": ${this.of(type.values, name, within)}}`;
      case 'record':
        return this.record(type, within);
      case 'union':
        return this.union(type.branches, name, within);
    }
  }

  private record(type: Extract<AvroNode, { kind: 'record' }>, within: readonly string[]): string {
    const inner = [...within, type.name];
    if (within.filter((each) => each === type.name).length > 1) return '{}';
    const members = type.fields.map(({ name, type: fieldType, fallback }) => {
      const isTelling =
        fallback !== null &&
        fallback.kind !== 'null' &&
        !(fallback.kind === 'array' && fallback.items.length === 0) &&
        !(fallback.kind === 'object' && fallback.members.length === 0);
      const value =
        !this.isEdge && isTelling && fallback && this.schemaText.length >= fallback.end
          ? this.schemaText.slice(fallback.start, fallback.end)
          : this.of(fieldType, name, inner);
      return `${JSON.stringify(name)}: ${value}`;
    });
    return `{${members.join(', ')}}`;
  }

  private union(branches: AvroNode[], name: string, within: readonly string[]): string {
    const hasNull = branches.some((branch) => branch.kind === 'null');
    const others = branches.filter((branch) => branch.kind !== 'null' && !this.isFull(branch, within));
    const chosen = this.isEdge && hasNull ? undefined : others.at(this.isEdge ? -1 : 0);
    if (!chosen) return 'null';
    const value = this.of(chosen, name, within);
    // Where several branches look alike in JSON the branch is named.
    return others.length > 1 ? `{${JSON.stringify(branchName(chosen))}: ${value}}` : value;
  }

  /** Whether this would repeat what it stands in, or make the example too long to read. */
  private isFull(type: AvroNode, within: readonly string[]): boolean {
    return this.nodes > maxExampleNodes || (type.kind === 'record' && within.includes(type.name));
  }

  private whole(kind: 'int' | 'long', logical: string | null): string {
    const fraction = /-(millis|micros|nanos)$/.exec(logical ?? '')?.[1];
    if (logical === 'date') return JSON.stringify(this.isEdge ? '1970-01-01' : clock.date());
    if (logical?.startsWith('time-')) return this.isEdge ? '0' : '"03:12:40.250"';
    if (fraction && logical?.startsWith('local-timestamp-'))
      return this.isEdge ? '0' : JSON.stringify(clock.moment().slice(0, -1));
    if (fraction) return this.isEdge ? '0' : JSON.stringify(clock.moment());
    if (!this.isEdge) return '1';
    return kind === 'int' ? '-2147483648' : '9223372036854775807';
  }

  private decimal({ precision, scale }: { precision: number; scale: number }): string {
    const digits = this.isEdge
      ? '9'.repeat(Math.min(precision, 30))
      : `1${'0'.repeat(Math.min(scale, precision - 1))}`;
    const padded = digits.padStart(scale + 1, '0');
    const text = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
    return JSON.stringify(this.isEdge ? `-${text}` : text);
  }
}
