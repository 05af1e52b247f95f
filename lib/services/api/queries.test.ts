import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeApi } from './describe-api.ts';
import { queries } from './queries.ts';
import { readApi } from './read-api.ts';

/** What is a stream or a file, or read by the right of a link, and so no query of JSON; each authorises by itself. */
const notJson = new Set([
  '/audit/export',
  '/clusters/[clusterId]/live',
  '/clusters/[clusterId]/series.csv',
  '/clusters/[clusterId]/topics/[topic]/messages/export',
  '/clusters/[clusterId]/topics/[topic]/messages/[partition]/[offset]/download',
  '/clusters/[clusterId]/topics/[topic]/messages/search',
  '/clusters/[clusterId]/topics/[topic]/messages/tail',
  '/wall/[token]',
]);
const everyQuery = [...queries, readApi];
const routes = globSync('app/api/v1/**/route.ts').map((file) => ({
  file,
  path: file.slice('app/api/v1'.length, -'/route.ts'.length),
  text: readFileSync(file, 'utf8'),
}));

describe('the API and its routes', () => {
  it('are the same', () => {
    const served = routes.filter(({ path }) => !notJson.has(path)).map(({ path }) => path);
    expect(everyQuery.map(({ path }) => path).sort()).toEqual(served.sort());
    for (const path of notJson) expect(routes.map((route) => route.path)).toContain(path);
  });

  it.each(routes.filter(({ path }) => !notJson.has(path)))(
    '$path serves its own query by GET only',
    ({ text, path }) => {
      const name = /export const GET = serve\((\w+)\);/.exec(text)?.[1];
      const file = new RegExp(`import \\{ ${name} \\} from '#lib/(.+)';`).exec(text)?.[1];
      expect(readFileSync(`lib/${file}`, 'utf8')).toContain(`path: '${path}'`);
      expect(text.match(/^export /gm)).toHaveLength(1);
    },
  );

  it.each(routes.filter(({ path }) => notJson.has(path)))('$path answers GET only', ({ text }) => {
    const exported = [...text.matchAll(/^export (?:const|(?:async )?function) (\w+)/gm)].map(
      ([, name]) => name,
    );
    expect(exported.filter((name) => name !== 'dynamic')).toEqual(['GET']);
  });
});

describe('the OpenAPI document', () => {
  const made = describeApi(everyQuery, 'https://millrace.test');
  const document = JSON.parse(JSON.stringify(made)) as Record<string, never> & {
    paths: Record<string, { get: Operation }>;
    components: Record<string, Record<string, unknown>>;
  };
  type Operation = {
    operationId: string;
    summary: string;
    parameters: { name: string; in: string; required: boolean; schema: unknown }[];
    responses: Record<string, { description: string; content: Record<string, { schema: unknown }> }>;
  };

  it('is 3.1 and survives JSON as it is', () => {
    expect(document).toEqual(made);
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Millrace', version: expect.any(String) });
    expect(document.servers).toEqual([{ url: 'https://millrace.test/api/v1' }]);
    expect(Object.keys(document.paths)).toHaveLength(everyQuery.length);
  });

  it('names each operation once', () => {
    const ids = Object.values(document.paths).map(({ get }) => get.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z]\w*$/);
  });

  it.each(Object.entries(document.paths))('%s declares its parameters and answers', (path, { get }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(path).not.toMatch(/[[\]]/);
    const declared = get.parameters.filter((one) => one.in === 'path');
    expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort());
    for (const parameter of get.parameters) {
      expect(['path', 'query']).toContain(parameter.in);
      if (parameter.in === 'path') expect(parameter.required).toBe(true);
      expect(parameter.schema).toBeTypeOf('object');
    }
    expect(new Set(get.parameters.map(({ name }) => name)).size).toBe(get.parameters.length);
    expect(get.summary).toMatch(/\.$/);
    for (const answer of Object.values(get.responses)) {
      expect(answer.description).not.toBe('');
      for (const { schema } of Object.values(answer.content)) expect(schema).toBeTypeOf('object');
    }
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    for (const [, at = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = at
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document);
      expect(found, at).toBeDefined();
    }
    for (const [, name = ''] of text.matchAll(/"security":\[\{"(\w+)"/g))
      expect(document.components.securitySchemes).toHaveProperty(name);
  });
});
