import { z } from 'zod';
import { env } from '#lib/env.ts';
import { type AnyQuery, defineQuery } from '#lib/operations/define-query.ts';
import { describeApi } from './describe-api.ts';
import { queries } from './queries.ts';

/** The description of the API in OpenAPI 3.1. */
export const readApi: AnyQuery = defineQuery({
  name: 'application.api',
  summary: 'This description.',
  path: '/openapi.json',
  permission: 'cluster:read',
  input: z.strictObject({}),
  output: z.record(z.string(), z.unknown()),
  target: () => ({ type: 'application', id: 'api', clusterId: null }),
  run: async () => describeApi([...queries, readApi], env().publicOrigin.origin),
});

/** What the readable page of the API lists. */
export function apiEndpoints() {
  const endpoints = [...queries, readApi].map((query) => ({
    path: `/api/v1${query.path.replace(/\[(\w+)\]/g, '{$1}')}`,
    summary: query.summary,
    permission: query.permission,
    parameters: parameterNames(query),
  }));
  return {
    origin: env().publicOrigin.origin,
    endpoints: endpoints.sort((a, b) => a.path.localeCompare(b.path)),
  };
}

function parameterNames(query: AnyQuery): string[] {
  const { properties } = z.toJSONSchema(query.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, unknown>;
  };
  return Object.keys(properties ?? {}).filter((name) => !query.path.includes(`[${name}]`));
}
