import { z } from 'zod';
import { permissions } from '#lib/model/permission.ts';
import type { AnyQuery } from '#lib/operations/define-query.ts';

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 description of a set of queries, made from the schemas they parse and answer with.
 * Source: OpenAPI 3.1.1; its schemas are JSON Schema 2020-12, which zod writes.
 */
export function describeApi(queries: readonly AnyQuery[], origin: string): Json {
  const paths: Record<string, Json> = {};
  for (const query of [...queries].sort((a, b) => a.path.localeCompare(b.path))) {
    const path = query.path.replace(/\[(\w+)\]/g, '{$1}');
    paths[path] = { get: operation(query) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Millrace',
      version: '1',
      description:
        'Everything a page shows, as GET. 64-bit numbers are decimal text; times are ISO 8601 in UTC.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A personal access token, made under Settings.',
        },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

function operation(query: AnyQuery): Json {
  const inPath = [...query.path.matchAll(/\[(\w+)\]/g)].map((match) => match[1]!);
  const input = z.toJSONSchema(query.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const required = new Set(input.required ?? []);
  return {
    operationId: query.name.replace('.', '_').replace(/-(\w)/g, (_m: string, c: string) => c.toUpperCase()),
    summary: query.summary,
    description: `Needs the permission \`${query.permission}\` (${permissions[query.permission]} or more).`,
    tags: [query.name.split('.')[0]],
    parameters: Object.entries(input.properties ?? {}).map(([name, schema]) => ({
      name,
      in: inPath.includes(name) ? 'path' : 'query',
      required: inPath.includes(name) || required.has(name),
      schema,
    })),
    responses: {
      200: {
        description: 'The data.',
        content: {
          'application/json': {
            schema: z.toJSONSchema(query.output, { io: 'output', unrepresentable: 'any' }),
          },
        },
      },
      default: {
        description: 'What went wrong, in words.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** RFC 9457 with our members. */
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'What happened, to what.' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to do now.' },
    code: { type: 'string' },
    reference: { type: 'string' },
    retryAfterSeconds: { type: 'integer' },
    fields: { type: 'object', additionalProperties: { type: 'string' } },
  },
};
