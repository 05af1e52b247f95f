/** A field of Kafka's own records, as its message definitions describe it. */
export interface RecordField {
  name: string;
  isArray: boolean;
  /** A type's name, or the fields of a structure. */
  type: string | readonly RecordField[];
  from: number;
  to: number;
  nullableFrom: number;
  /** Its number among the tagged fields; -1 when it always stands in its place. */
  tag: number;
}

export interface RecordShape {
  fromVersion: number;
  toVersion: number;
  /** From which version on lengths are varints and tagged fields follow; infinite when never. */
  flexibleFrom: number;
  fields: readonly RecordField[];
}

/** One kind of record: its key begins with `type`. Each shape is read from its text when it is first needed. */
export interface RecordType {
  type: number;
  name: string;
  key: () => RecordShape;
  value: () => RecordShape;
}

/** A record as `0-4 flexible:4+ { offset int64 0+; … }`, its key and its value. */
export const record = (type: number, name: string, key: string, value: string): RecordType => ({
  type,
  name,
  key: once(() => shapeOf(key)),
  value: once(() => shapeOf(value)),
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function shapeOf(text: string): RecordShape {
  const words = text.split(/\s+/).flatMap((word) => word.replace(/;$/, ' ;').split(' '));
  const [fromVersion, toVersion] = versions(words.shift() ?? '');
  const flexible = (words.shift() ?? '').replace('flexible:', '');
  words.shift();
  const flexibleFrom = flexible === 'none' ? Number.POSITIVE_INFINITY : versions(flexible)[0];
  return { fromVersion, toVersion, flexibleFrom, fields: fieldsOf(words) };
}

/** Takes the fields up to the closing brace. */
function fieldsOf(words: string[]): RecordField[] {
  const fields: RecordField[] = [];
  for (let word = words.shift(); word !== undefined && word !== '}'; word = words.shift()) {
    if (word === ';') continue;
    const text = words.shift() ?? '';
    const isArray = text.startsWith('[]');
    const base = isArray ? text.slice(2) : text;
    const type = base === '{' ? fieldsOf(words) : base;
    const [from, to] = versions(words.shift() ?? '');
    const field = { name: word, isArray, type, from, to, nullableFrom: Number.POSITIVE_INFINITY, tag: -1 };
    while (words.length > 0 && words[0] !== ';' && words[0] !== '}') {
      const [key, rest = ''] = (words.shift() ?? '').split(':');
      if (key === 'null') [field.nullableFrom] = versions(rest);
      if (key === 'tag') field.tag = Number(rest.split('@')[0]);
    }
    fields.push(field);
  }
  return fields;
}

/** `3`, `0-4` or `2+`. */
function versions(text: string): [number, number] {
  const [from = '0', to] = text.replace('+', '').split('-');
  return [Number(from), text.endsWith('+') ? Number.POSITIVE_INFINITY : Number(to ?? from)];
}
