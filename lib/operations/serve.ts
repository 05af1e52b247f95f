import type { z } from 'zod';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { Problem } from '#lib/model/problem.ts';
import { contextOf } from './context.ts';
import type { Query } from './define-query.ts';
import { runQuery } from './run-query.ts';

/** Next gives a route without parameters none at all. */
type RouteArguments = { params: Promise<Record<string, string | string[] | undefined> | undefined> };

/** A query as the GET handler of a route. Path parameters win over search parameters of the same name. */
export function serve<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>) {
  return async (request: Request, route: RouteArguments): Promise<Response> => {
    try {
      const context = await contextOf(request.headers, request.signal);
      const result = await runQuery(
        query,
        context,
        inputOf(new URL(request.url), (await route.params) ?? {}),
      );
      return result.ok ? json(200, result.value) : problemResponse(result.problem);
    } catch (error) {
      return problemResponse(toProblem(error));
    }
  };
}

/**
 * Search parameters as an object; a repeated name becomes an array. Route parameters are taken as Next gives them to
 * route handlers: decoded. (Pages get theirs as they stand in the address.)
 */
export function inputOf(
  url: URL,
  params: Record<string, string | string[] | undefined>,
): Record<string, unknown> {
  const input: Record<string, unknown> = Object.create(null);
  for (const name of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(name);
    input[name] = all.length > 1 ? all : all[0];
  }
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) input[name] = value;
  }
  return { ...input };
}

/** A problem as RFC 9457 says, with the sentences of the pages. */
export function problemResponse(problem: Problem): Response {
  const body = {
    type: `urn:millrace:problem:${problem.code}`,
    title: problem.what,
    status: problem.status,
    detail: problem.next,
    code: problem.code,
    ...(problem.reference ? { reference: problem.reference } : {}),
    ...(problem.retryAfterSeconds ? { retryAfterSeconds: problem.retryAfterSeconds } : {}),
    ...(problem.fields ? { fields: problem.fields } : {}),
  };
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'private, no-store',
  };
  if (problem.retryAfterSeconds) headers['retry-after'] = String(problem.retryAfterSeconds);
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}

const json = (status: number, value: unknown): Response =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' },
  });
