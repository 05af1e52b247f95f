import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allows } from '#lib/model/permission.ts';
import { isAtLeast, roles } from '#lib/model/role.ts';
import { queries } from '#lib/services/api/queries.ts';
import { readApi } from '#lib/services/api/read-api.ts';
import { commands } from '#lib/services/commands.ts';
import { canary, commandSamples, querySamples } from '#lib/testing/verb-samples.ts';

/** What can be said of every verb without running it. A new verb is asked the same from the day it is listed. */

const everyQuery = [...queries, readApi];
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort();
const verbs = [
  ...everyQuery.map((verb) => ({ name: verb.name, verb, sample: querySamples[verb.name] })),
  ...commands.map((verb) => ({ name: verb.name, verb, sample: commandSamples[verb.name] })),
];

describe('registries', () => {
  it('each verb has a sample, and no sample is left of a verb that is gone', () => {
    expect(names(everyQuery)).toEqual(Object.keys(querySamples).sort());
    expect(names(commands)).toEqual(Object.keys(commandSamples).sort());
  });

  it('every verb that is defined is listed', () => {
    const defined = globSync('lib/services/**/*.ts', { exclude: ['**/*.test.ts'] }).flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return [...text.matchAll(/define(Command|Plan)\(\{\s+name: '([^']+)'/g)].map(([, , name]) => name);
    });
    expect(names(commands)).toEqual(defined.sort());
  });

  it('every command is exposed as an action, once, and nothing else leaves an actions file', () => {
    const exposed: string[] = [];
    for (const path of globSync('app/**/actions.ts')) {
      const text = readFileSync(path, 'utf8');
      expect(text.startsWith("'use server';"), path).toBe(true);
      const exports = text.match(/^export .*$/gm) ?? [];
      for (const line of exports) {
        const match = /^export const (\w+)Action = expose\((\w+)\);$/.exec(line);
        expect(match, `${path}: ${line}`).not.toBeNull();
        expect(match?.[1], path).toBe(match?.[2]);
        exposed.push(match?.[2] ?? '');
      }
    }
    const text = readFileSync('lib/services/commands.ts', 'utf8');
    const listed = /AnyPlan\)\[\] = \[([^\]]*)\]/.exec(text)?.[1]?.match(/\w+/g) ?? [];
    expect(exposed.sort()).toEqual([...listed].sort());
    const users = globSync('{app,lib,components}/**/*.{ts,tsx}').filter(
      (path) =>
        /^['"]use server['"]/m.test(readFileSync(path, 'utf8')) && !/^app\/.*\/actions\.ts$/.test(path),
    );
    expect(users).toEqual([]);
  });

  it('names are unique', () => {
    const all = names(verbs);
    expect(all).toEqual([...new Set(all)]);
  });
});

describe('R3: roles', () => {
  it.each(verbs)('$name is for its least role and those above, for nobody else', ({ verb, sample }) => {
    const least = sample?.least ?? 'nobody';
    for (const role of roles)
      expect(allows(role, verb.permission), `${role}, ${verb.permission}`).toBe(
        least !== 'nobody' && isAtLeast(role, least),
      );
  });
});

describe('R14: inputs', () => {
  it.each(verbs)('the sample of $name is accepted, and with one key more it is not', ({ verb, sample }) => {
    expect(verb.input.safeParse(sample?.input).error?.issues).toBeUndefined();
    const more = verb.input.safeParse({ ...sample?.input, surprise: 1 });
    expect(more.error?.issues).toContainEqual(expect.objectContaining({ keys: ['surprise'] }));
  });

  it.each(verbs)('$name knows no open object, no endless list and no endless text', ({ verb }) => {
    const schema = z.toJSONSchema(verb.input, { io: 'input', unrepresentable: 'any' });
    expect(openEnds(schema, '')).toEqual([]);
  });
});

describe('R18: secrets', () => {
  const real = commands.filter((verb) => verb.kind === 'command');
  it.each(real)('the sample of $name has a canary at each declared place', (verb) => {
    const sample = commandSamples[verb.name];
    for (const path of verb.secrets)
      expect(JSON.stringify(atPath(sample?.input, path.split('.'))), path).toContain(canary);
  });

  it('what is called a secret anywhere in an input is declared', () => {
    for (const verb of real) {
      const declared = new Set(verb.secrets.map((path: string) => path.split('.')[0]));
      for (const key of Object.keys(commandSamples[verb.name]?.input ?? {}))
        if (/secret|password|token|passphrase|privateKey/i.test(key))
          expect(declared.has(key), `${verb.name}: ${key}`).toBe(true);
    }
  });
});

const atPath = (value: unknown, [head, ...rest]: string[]): unknown => {
  if (head === undefined) return value;
  if (value === null || typeof value !== 'object') return undefined;
  const items = head === '*' ? Object.values(value) : [(value as Record<string, unknown>)[head]];
  return items.map((item) => atPath(item, rest));
};

/** Places of a schema that take any key, any number of items, or any length of text. */
function openEnds(schema: unknown, at: string): string[] {
  if (schema === null || typeof schema !== 'object') return [];
  const node = schema as Record<string, unknown>;
  const found: string[] = [];
  if (node.properties && node.additionalProperties !== false) found.push(`${at}: any key`);
  if (node.type === 'array' && node.maxItems === undefined) found.push(`${at}: any number of items`);
  const isBounded = node.maxLength !== undefined || node.pattern !== undefined || node.format !== undefined;
  if (node.type === 'string' && !isBounded && node.enum === undefined && node.const === undefined)
    found.push(`${at}: any length`);
  for (const [name, property] of Object.entries((node.properties ?? {}) as object))
    found.push(...openEnds(property, `${at}.${name}`));
  for (const key of ['anyOf', 'oneOf', 'allOf'])
    for (const option of (node[key] ?? []) as unknown[]) found.push(...openEnds(option, at));
  found.push(...openEnds(node.items, `${at}[]`));
  if (typeof node.additionalProperties === 'object')
    found.push(...openEnds(node.additionalProperties, `${at}.*`));
  return found;
}
