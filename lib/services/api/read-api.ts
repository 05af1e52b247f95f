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
