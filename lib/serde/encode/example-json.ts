import { clock, type ExampleKind, maxExampleNodes, textFor } from './example-values.ts';
import { textOfPattern } from './pattern-text.ts';

type Schema = Record<string, unknown>;
const maxDepth = 12;

/**
 * A JSON text after a JSON Schema: examples and defaults where it has them, else made of types and limits. Schemas can ask for what no
 * program can find, so the example is checked afterwards like anything typed.
 */
export function exampleOfJsonSchema(
  text: string,
  references: readonly { name: string; text: string }[],
  kind: ExampleKind,
): string {
  const documents = new Map<string, unknown>();
  for (const reference of references) {
    const document = JSON.parse(reference.text) as Schema;
    documents.set(reference.name, document);
    if (typeof document.$id === 'string') documents.set(document.$id, document);
  }
  return new JsonExample(JSON.parse(text), documents, kind).of(undefined, 'text', 0);
}

class JsonExample {
  private readonly root: unknown;
  private readonly documents: ReadonlyMap<string, unknown>;
  private readonly isEdge: boolean;
  private nodes = 0;

  constructor(root: unknown, documents: ReadonlyMap<string, unknown>, kind: ExampleKind) {
    this.root = root;
    this.documents = documents;
    this.isEdge = kind === 'edge';
  }

  of(given: unknown, name: string, depth: number): string {
    this.nodes += 1;
    const schema = this.whole(given === undefined ? this.root : given, 0);
    if (!schema || depth > maxDepth) return 'null';
    if (Object.hasOwn(schema, 'const')) return JSON.stringify(schema.const);
    if (Array.isArray(schema.enum)) return JSON.stringify(schema.enum.at(this.isEdge ? -1 : 0) ?? null);
    if (Array.isArray(schema.examples) && schema.examples.length > 0)
      return JSON.stringify(schema.examples.at(this.isEdge ? -1 : 0) ?? null);
    if (!this.isEdge && Object.hasOwn(schema, 'default') && schema.default !== null)
      return JSON.stringify(schema.default);
    switch (typeOf(schema, this.isEdge)) {
      case 'object':
        return this.object(schema, depth);
      case 'array':
        return this.array(schema, name, depth);
      case 'string':
        return JSON.stringify(this.text(schema, name));
      case 'integer':
        return this.number(schema, true);
      case 'number':
        return this.number(schema, false);
      case 'boolean':
        return String(!this.isEdge);
      default:
        return 'null';
    }
  }

  /** The schema with what it refers to and combines put into one; of alternatives the first, at the edge the last. */
  private whole(given: unknown, depth: number): Schema | null {
    if (given === true) return { type: 'string' };
    if (given === null || typeof given !== 'object' || depth > 30) return null;
    let schema = { ...(given as Schema) };
    const add = (other: Schema | null) => {
      if (!other) return;
      const properties = { ...objectOf(schema.properties), ...objectOf(other.properties) };
      const required = [...listOf(schema.required), ...listOf(other.required)];
      schema = { ...other, ...schema, properties, required };
      if (Object.keys(properties).length === 0) delete schema.properties;
    };
    if (typeof schema.$ref === 'string') {
      const target = this.lookup(schema.$ref);
      delete schema.$ref;
      add(this.whole(target, depth + 1));
    }
    for (const part of listOf(schema.allOf)) add(this.whole(part, depth + 1));
    for (const alternatives of [listOf(schema.oneOf), listOf(schema.anyOf)])
      if (alternatives.length > 0) add(this.whole(alternatives.at(this.isEdge ? -1 : 0), depth + 1));
    return schema;
  }

  private lookup(ref: string): unknown {
    const [base = '', pointer = ''] = ref.split('#');
    let at: unknown = base === '' ? this.root : this.documents.get(base);
    for (const part of pointer.split('/').slice(1)) {
      const key = decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~');
      at = at !== null && typeof at === 'object' && Object.hasOwn(at, key) ? (at as Schema)[key] : undefined;
    }
    return at ?? null;
  }

  private object(schema: Schema, depth: number): string {
    const required = new Set(listOf(schema.required).map(String));
    const members = Object.entries(objectOf(schema.properties))
      .filter(([name]) => required.has(name) || (!this.isEdge && depth < 5 && this.nodes < maxExampleNodes))
      .map(([name, property]) => `${JSON.stringify(name)}: ${this.of(property, name, depth + 1)}`);
    for (const name of required)
      if (!Object.hasOwn(objectOf(schema.properties), name))
        members.push(`${JSON.stringify(name)}: ${JSON.stringify(textFor(name, this.isEdge))}`);
    return `{${members.join(', ')}}`;
  }

  private array(schema: Schema, name: string, depth: number): string {
    const places = listOf(schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : []));
    const least = Number(schema.minItems ?? 0);
    const count = Math.min(50, this.isEdge || depth > 5 ? least : Math.max(least, 1, places.length));
    const rest = Array.isArray(schema.items) ? true : (schema.items ?? true);
    const items = Array.from({ length: count }, (_, index) =>
      this.of(places[index] ?? rest, name, depth + 1),
    );
    return `[${items.join(', ')}]`;
  }

  private text(schema: Schema, name: string): string {
    const byFormat = formats[String(schema.format)]?.();
    if (byFormat !== undefined) return byFormat;
    const byPattern = typeof schema.pattern === 'string' ? textOfPattern(schema.pattern) : null;
    let text = byPattern ?? textFor(name, this.isEdge);
    const least = Math.min(10_000, Number(schema.minLength ?? 0));
    const most = Number(schema.maxLength ?? Number.POSITIVE_INFINITY);
    if (byPattern === null && text.length < least) text = text.padEnd(least, 'a');
    return [...text].length > most ? [...text].slice(0, most).join('') : text;
  }

  private number(schema: Schema, isWhole: boolean): string {
    const step =
      typeof schema.multipleOf === 'number' && schema.multipleOf > 0 ? schema.multipleOf : isWhole ? 1 : 0;
    const bound = (inclusive: unknown, exclusive: unknown, sign: 1 | -1): number | null => {
      if (typeof exclusive === 'number') return exclusive + sign * (step || 0.5);
      if (typeof inclusive !== 'number') return null;
      return exclusive === true ? inclusive + sign * (step || 0.5) : inclusive;
    };
    const low = bound(schema.minimum, schema.exclusiveMinimum, 1);
    const high = bound(schema.maximum, schema.exclusiveMaximum, -1);
    const wanted = this.isEdge
      ? (high ?? (isWhole ? Number.MAX_SAFE_INTEGER : 1.5e300))
      : (low ?? high ?? (isWhole ? 1 : 1.5));
    if (step === 0) return String(wanted);
    const near = (this.isEdge ? Math.floor(wanted / step) : Math.ceil(wanted / step)) * step;
    return String(isWhole ? Math.round(near) : near);
  }
}

const formats: Record<string, () => string> = {
  'date-time': clock.moment,
  date: clock.date,
  time: () => '03:12:40Z',
  email: () => 'name@example.com',
  uuid: () => clock.uuid,
  uri: () => 'https://example.com/',
  'uri-reference': () => '/path',
  hostname: () => 'example.com',
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
};

function typeOf(schema: Schema, isEdge: boolean): string {
  const types = [schema.type].flat().filter((type) => typeof type === 'string') as string[];
  if (types.includes('null') && types.length > 1)
    return isEdge ? 'null' : (types.find((type) => type !== 'null') ?? 'null');
  if (types[0]) return types[0];
  if (schema.properties || schema.required) return 'object';
  if (schema.items || schema.prefixItems) return 'array';
  if (schema.minimum !== undefined || schema.maximum !== undefined) return 'number';
  return 'string';
}

const objectOf = (value: unknown): Schema =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Schema) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
