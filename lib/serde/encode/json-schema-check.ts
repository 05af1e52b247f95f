import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { type JsonNode, memberPath, nodeWords } from '#lib/model/json-tree.ts';
import { SchemaProblem } from '../avro/avro-schema.ts';
import { linearPatterns } from '../linear-pattern.ts';
import type { FieldErrors } from './field-errors.ts';
import { formatChecks } from './json-schema-formats.ts';

const require = createRequire(import.meta.url);

/**
 * A function that checks JSON values against a schema of draft 4 to 2020-12. Ajv makes code of the schema, so this runs in a worker
 * thread only.
 * @throws SchemaProblem
 */
export function compileJsonSchema(
  text: string,
  references: readonly { name: string; text: string }[] = [],
): ValidateFunction {
  try {
    const given = JSON.parse(text) as boolean | Record<string, unknown>;
    const isDraft4 = typeof given === 'object' && String(given?.$schema ?? '').includes('draft-04');
    const schema = (isDraft4 ? fromDraft4(given) : given) as typeof given;
    const Ajv = ajvFor(typeof schema === 'object' && schema !== null ? String(schema.$schema ?? '') : '');
    const ajv = new Ajv({
      strict: false,
      allErrors: true,
      verbose: false,
      logger: false,
      validateSchema: false,
      formats: formatChecks,
      code: { regExp: linearPatterns },
    });
    for (const reference of references) {
      const referred = JSON.parse(reference.text) as Record<string, unknown>;
      ajv.addSchema(referred, reference.name);
      const id = referred.$id ?? referred.id;
      if (typeof id === 'string' && !ajv.getSchema(id)) ajv.addSchema(referred, id);
    }
    return ajv.compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read';
    throw new SchemaProblem(reason);
  }
}

type AjvClass = typeof import('ajv').default;

function ajvFor(dialect: string): AjvClass {
  const name = dialect.includes('2020-12')
    ? 'ajv/dist/2020'
    : dialect.includes('2019-09')
      ? 'ajv/dist/2019'
      : 'ajv';
  return (require(name) as { default: AjvClass }).default;
}

/** Draft 4 says three things otherwise than the drafts after it: they are said in the newer words. */
function fromDraft4(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(fromDraft4);
  if (schema === null || typeof schema !== 'object') return schema;
  const old = schema as Record<string, unknown>;
  const entries = Object.entries(old).flatMap(([name, value]): [string, unknown][] => {
    if (['enum', 'const', 'default', 'examples'].includes(name)) return [[name, value]];
    if (name === 'id' && typeof value === 'string') return [['$id', value]];
    const bound = { exclusiveMinimum: 'minimum', exclusiveMaximum: 'maximum' }[name];
    if (bound && typeof value === 'boolean') return value ? [[name, old[bound]]] : [];
    return [[name, fromDraft4(value)]];
  });
  return Object.fromEntries(entries);
}

/** Checks a value and notes what is wrong by the path of the field. The value's text is what is written, with every digit. */
export function checkBySchema(
  validate: ValidateFunction,
  root: JsonNode,
  text: string,
  errors: FieldErrors,
): void {
  if (validate(JSON.parse(text))) return;
  const found = validate.errors ?? [];
  // That no branch fits is said best by what is wrong within them, when that can be said.
  const told = found.filter(({ keyword }) => !['if', 'anyOf', 'oneOf', 'allOf', '$ref'].includes(keyword));
  for (const error of told.length > 0 ? told : found) {
    const { node, path } = placeOf(root, error.instancePath);
    const said = sentenceOf(error, node);
    errors.add(
      said.name === undefined ? path : memberPath(path, said.name),
      nodeAt(node, said.name),
      said.message,
    );
  }
}

/** The node a JSON pointer leads to, and its path as people write it. */
function placeOf(root: JsonNode, pointer: string): { node: JsonNode; path: string } {
  let node = root;
  let path = '';
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
    if (node.kind === 'array') {
      path = `${path}[${name}]`;
      node = node.items[Number(name)] ?? node;
    } else if (node.kind === 'object') {
      path = memberPath(path, name);
      node = node.members.findLast((member) => member.name === name)?.value ?? node;
    }
  }
  return { node, path };
}

function nodeAt(node: JsonNode, name: string | undefined): { start: number; end: number } {
  if (name === undefined || node.kind !== 'object') return node;
  const member = node.members.find((each) => each.name === name);
  return member
    ? { start: member.nameStart, end: member.nameEnd }
    : { start: node.start, end: node.start + 1 };
}

const typeWords: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function sentenceOf(error: ErrorObject, node: JsonNode): { message: string; name?: string } {
  const facts = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'type': {
      const types = [facts.type].flat().map((type) => typeWords[String(type)] ?? String(type));
      return { message: `${types.join(' or ')} is needed, this is ${nodeWords(node)}` };
    }
    case 'required':
      return { name: String(facts.missingProperty), message: 'is missing' };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        name: String(facts.additionalProperty ?? facts.unevaluatedProperty),
        message: 'the schema has no such field',
      };
    case 'enum': {
      const all = Array.isArray(facts.allowedValues)
        ? facts.allowedValues.map((value) => JSON.stringify(value))
        : [];
      const listed = all.slice(0, 12).join(', ') + (all.length > 12 ? ` or ${all.length - 12} more` : '');
      return { message: `one of ${listed} is needed` };
    }
    case 'const':
      return { message: `must be ${JSON.stringify(facts.allowedValue)?.slice(0, 80)}` };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return { message: `must be ${facts.comparison} ${facts.limit}` };
    case 'multipleOf':
      return { message: `must be a multiple of ${facts.multipleOf}` };
    case 'minLength':
      return { message: `at least ${facts.limit} characters are needed` };
    case 'maxLength':
      return { message: `at most ${facts.limit} characters are allowed` };
    case 'minItems':
      return { message: `at least ${facts.limit} items are needed` };
    case 'maxItems':
      return { message: `at most ${facts.limit} items are allowed` };
    case 'uniqueItems':
      return { message: `items ${facts.j} and ${facts.i} are the same` };
    case 'pattern':
      return { message: `must match ${String(facts.pattern).slice(0, 100)}` };
    case 'format':
      return { message: `must be a ${facts.format}` };
    default:
      return { message: (error.message ?? 'does not fit the schema').slice(0, 200) };
  }
}
