import { type JsonNode, memberPath, nodeWords } from '#lib/model/json-tree.ts';
import { type AvroNode, branchName, decimalOf, isDuration } from '../avro/avro-schema.ts';
import { rankOf } from './avro-branches.ts';
import { logicalWhole, unscaledOf } from './avro-logical.ts';
import { ByteWriter } from './byte-writer.ts';
import { FieldErrors, floatingNumber, wholeNumber } from './field-errors.ts';
import { nearest } from './nearest.ts';

/** Trying the branches of unions within unions must end, whatever the value is. */
const maxSteps = 2_000_000;
/** Deeper than any JSON value comes in; only a record that is its own default gets there. */
const maxDepth = 400;

/**
 * A JSON value as Avro binary. Fields that are left out take their default. A union takes the plain value of a branch, or
 * `{"branch": value}` as Avro's own JSON writes it.
 * @returns the bytes; they mean nothing when `errors` is not empty
 */
export function writeAvro(type: AvroNode, root: JsonNode, errors: FieldErrors): Buffer {
  const out = new ByteWriter();
  new AvroWriter().write(type, root, '', out, errors);
  return out.finish();
}

class AvroWriter {
  private steps = 0;
  private depth = 0;
  private isDefault = false;

  write(type: AvroNode, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
    if (this.depth >= maxDepth)
      return errors.add(path.slice(0, 200), node, 'its defaults contain each other without end');
    this.depth += 1;
    this.writeOne(type, node, path, out, errors);
    this.depth -= 1;
  }

  private writeOne(type: AvroNode, node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
    this.steps += 1;
    if (this.steps > maxSteps) {
      if (errors.count === 0)
        errors.add(
          path,
          node,
          'too many ways to read this: name the branch of each union, as {"branch": value}',
        );
      return;
    }
    switch (type.kind) {
      case 'null':
        if (node.kind !== 'null') errors.needs(path, node, 'null');
        return;
      case 'boolean':
        if (node.kind !== 'boolean') errors.needs(path, node, 'true or false');
        else out.byte(node.value ? 1 : 0);
        return;
      case 'int':
      case 'long': {
        const range = { bits: type.kind === 'int' ? 32 : 64, name: type.kind, isTextAllowed: true } as const;
        const value =
          logicalWhole(type.logical?.type ?? null, node, path, errors) ??
          wholeNumber(node, path, range, errors);
        if (value !== null && value !== undefined) out.zigzag(value);
        return;
      }
      case 'float':
      case 'double': {
        const value = floatingNumber(node, path, errors, type.kind === 'float');
        if (value !== null) type.kind === 'float' ? out.float(value) : out.double(value);
        return;
      }
      case 'string': {
        if (node.kind !== 'string') return errors.needs(path, node, 'text');
        if (type.logical?.type === 'uuid' && !uuid.test(node.value))
          return errors.add(path, node, 'a UUID is needed, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301');
        return writeCounted(Buffer.from(node.value, 'utf8'), out);
      }
      case 'bytes': {
        const decimal = decimalOf(type);
        const bytes = decimal
          ? unscaledOf(decimal, null, node, path, errors)
          : bytesOf(node, path, this.isDefault, errors);
        if (bytes) writeCounted(bytes, out);
        return;
      }
      case 'fixed':
        return this.fixed(type, node, path, out, errors);
      case 'enum': {
        const at = node.kind === 'string' ? type.symbols.indexOf(node.value) : -1;
        if (at >= 0) out.zigzag(BigInt(at));
        else errors.add(path, node, `one of ${listed(type.symbols)} is needed, this is ${shown(node)}`);
        return;
      }
      case 'record':
        return this.record(type, node, path, out, errors);
      case 'array':
        if (node.kind !== 'array') return errors.needs(path, node, 'a list');
        if (node.items.length > 0) out.zigzag(BigInt(node.items.length));
        node.items.forEach((item, index) => {
          this.write(type.items, item, `${path}[${index}]`, out, errors);
        });
        return out.byte(0);
      case 'map':
        if (node.kind !== 'object') return errors.needs(path, node, 'an object');
        if (node.members.length > 0) out.zigzag(BigInt(node.members.length));
        for (const member of node.members) {
          writeCounted(Buffer.from(member.name, 'utf8'), out);
          this.write(type.values, member.value, memberPath(path, member.name), out, errors);
        }
        return out.byte(0);
      case 'union':
        return this.union(type.branches, node, path, out, errors);
    }
  }

  private record(
    type: Extract<AvroNode, { kind: 'record' }>,
    node: JsonNode,
    path: string,
    out: ByteWriter,
    errors: FieldErrors,
  ) {
    if (node.kind !== 'object') return errors.needs(path, node, 'an object');
    const given = new Map<string, JsonNode>();
    for (const member of node.members) {
      const place = { start: member.nameStart, end: member.nameEnd };
      const memberAt = memberPath(path, member.name);
      if (given.has(member.name)) errors.add(memberAt, place, 'is given twice');
      given.set(member.name, member.value);
      if (!type.fields.some((field) => field.name === member.name)) {
        const meant = nearest(
          member.name,
          type.fields.map((field) => field.name),
        );
        errors.add(memberAt, place, `${type.name} has no such field${meant ? `; ${meant} is meant?` : ''}`);
      }
    }
    for (const field of type.fields) {
      const value = given.get(field.name);
      const fieldAt = memberPath(path, field.name);
      if (value) this.write(field.type, value, fieldAt, out, errors);
      else if (field.fallback) this.writeDefault(field.type, field.fallback, fieldAt, node, out, errors);
      else errors.add(fieldAt, opening(node), `is missing, and the schema has no default for it`);
    }
  }

  /** What is wrong with a default is said at the record that lacks the field: it stands nowhere else in the text. */
  private writeDefault(
    type: AvroNode,
    fallback: JsonNode,
    path: string,
    record: JsonNode,
    out: ByteWriter,
    errors: FieldErrors,
  ) {
    const before = this.isDefault;
    this.isDefault = true;
    const wrong = new FieldErrors();
    this.write(type, fallback, path, out, wrong);
    this.isDefault = before;
    if (wrong.count > 0)
      errors.add(path, opening(record), 'is missing, and its default in the schema does not fit');
  }

  private fixed(
    type: Extract<AvroNode, { kind: 'fixed' }>,
    node: JsonNode,
    path: string,
    out: ByteWriter,
    errors: FieldErrors,
  ) {
    if (isDuration(type) && node.kind === 'object') {
      for (const name of ['months', 'days', 'millis']) {
        const part = node.members.find((member) => member.name === name)?.value;
        const partAt = memberPath(path, name);
        if (!part) errors.add(partAt, opening(node), 'is missing: a duration has months, days and millis');
        const value = part
          ? wholeNumber(part, partAt, { bits: 32, isUnsigned: true, name: name }, errors)
          : null;
        out.fixed32(value ?? 0n);
      }
      return;
    }
    const decimal = decimalOf(type);
    const bytes = decimal
      ? unscaledOf(decimal, type.size, node, path, errors)
      : bytesOf(node, path, this.isDefault, errors);
    if (!bytes) return;
    if (bytes.length === type.size) out.raw(bytes);
    else errors.add(path, node, `exactly ${type.size} bytes are needed, these are ${bytes.length}`);
  }

  private union(branches: AvroNode[], node: JsonNode, path: string, out: ByteWriter, errors: FieldErrors) {
    const named = node.kind === 'object' && node.members.length === 1 ? node.members[0] : undefined;
    const tagged = named ? branches.findIndex((branch) => branchName(branch) === named.name) : -1;
    const taggedBranch = branches[tagged];
    const wrongInTagged = named && taggedBranch && this.attempt(taggedBranch, tagged, named.value, path, out);
    if (wrongInTagged === null) return;
    const fitting = branches
      .map((branch, index) => ({ branch, index, rank: rankOf(branch, node) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank);
    let best: FieldErrors | undefined;
    for (const { branch, index } of fitting) {
      const failed = this.attempt(branch, index, node, path, out);
      if (!failed) return;
      if (!best || failed.count < best.count) best = failed;
    }
    const wrong = wrongInTagged ?? best;
    if (wrong) return adopt(wrong, errors);
    errors.add(
      path,
      node,
      `one of ${listed(branches.map(branchName))} is needed, this is ${nodeWords(node)}`,
    );
  }

  /** Writes the branch when the value fits it; otherwise nothing, and says what is wrong. */
  private attempt(
    branch: AvroNode,
    index: number,
    node: JsonNode,
    path: string,
    out: ByteWriter,
  ): FieldErrors | null {
    const trial = new FieldErrors();
    const bytes = new ByteWriter();
    this.write(branch, node, path, bytes, trial);
    if (trial.count > 0) return trial;
    out.zigzag(BigInt(index));
    out.raw(bytes.finish());
    return null;
  }
}

const uuid = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
const opening = (node: JsonNode) => ({ start: node.start, end: node.start + 1 });

function adopt(from: FieldErrors, into: FieldErrors) {
  for (const error of from.list) into.add(error.path, { start: error.from, end: error.to }, error.message);
}

function writeCounted(bytes: Buffer, out: ByteWriter) {
  out.zigzag(BigInt(bytes.length));
  out.raw(bytes);
}

const listed = (names: readonly string[]): string => {
  const some = names.slice(0, 12);
  const last = names.length > some.length ? `${names.length - some.length} more` : some.pop();
  return some.length > 0 ? `${some.join(', ')} or ${last}` : (last ?? 'nothing');
};

const shown = (node: JsonNode): string =>
  node.kind === 'string' ? JSON.stringify(node.value.slice(0, 40)) : nodeWords(node);

/** Bytes in base64, as they are shown. The defaults of a schema write them as characters from U+0000 to U+00FF. */
function bytesOf(node: JsonNode, path: string, isDefault: boolean, errors: FieldErrors): Buffer | null {
  if (node.kind !== 'string') {
    errors.needs(path, node, 'text in base64');
    return null;
  }
  if (isDefault) return Buffer.from(node.value, 'latin1');
  const plain = node.value.replace(/=+$/, '');
  if (/^[A-Za-z0-9+/_-]*$/.test(plain) && plain.length % 4 !== 1) return Buffer.from(plain, 'base64');
  errors.add(path, node, 'bytes are written in base64, and this is not');
  return null;
}
