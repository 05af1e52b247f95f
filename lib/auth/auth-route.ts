import type { z } from 'zod';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { toProblem } from '#lib/errors/to-problem.ts';
import type { Problem } from '#lib/model/problem.ts';
import { originOf } from '#lib/operations/context.ts';
import { parseInput } from '#lib/operations/parse-input.ts';

/** Where a request comes from: for limits and for the audit. */
export type Visitor = { headers: Headers; requestId: string; ip: string; userAgent: string };

/** What an entrance ends with: where to go, and what the browser keeps or forgets. */
export type Entered = { to: string; setCookies: readonly string[]; clearSiteData?: boolean };

type Entrance<I extends z.ZodType> = {
  input: I;
  /** Address of the form, to come back to with the problem when it was sent without scripts. */
  page: (fields: Readonly<Record<string, string>>) => string;
  enter: (input: z.output<I>, visitor: Visitor) => Promise<Entered>;
};

/** At most this many bytes of a form. */
const maxBytes = 16_384;

/**
 * A POST that strangers may send: signing in, setting up, accepting an invitation. These are plain routes and not server
 * actions, so that anonymous visitors reach no action and its decoder. Takes JSON (answers JSON) or a form (answers a redirect);
 * nothing else, no unknown field, at most 16 KB.
 */
export function authRoute<I extends z.ZodType>(
  entrance: Entrance<I>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    let fields: Record<string, string> = {};
    const isForm = (request.headers.get('content-type') ?? '').startsWith(
      'application/x-www-form-urlencoded',
    );
    try {
      fields = await readFields(request, isForm);
      const visitor = { headers: request.headers, ...originOf(request.headers) };
      const entered = await entrance.enter(parseInput(entrance.input, fields), visitor);
      return answer(isForm, entered);
    } catch (error) {
      const problem = toProblem(error);
      return isForm ? backTo(entrance.page(fields), problem) : problemAnswer(problem);
    }
  };
}

async function readFields(request: Request, isForm: boolean): Promise<Record<string, string>> {
  const type = request.headers.get('content-type');
  const isJson = type?.startsWith('application/json') ?? false;
  const text = await readText(request);
  if (text === '') return {};
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  if (!isJson) throw new AppError('input.invalid', {}, { fields: { body: 'Send a form or JSON.' } });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('input.invalid', {}, { cause, fields: { body: 'This is not JSON.' } });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError('input.invalid', {}, { fields: { body: 'Send one object.' } });
  }
  return value as Record<string, string>;
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new AppError('input.too-large', { limit: '16 KB' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const noStore = { 'cache-control': 'private, no-store' };

function answer(isForm: boolean, { to, setCookies, clearSiteData }: Entered): Response {
  const headers = new Headers({ ...noStore, 'content-type': 'application/json' });
  for (const cookie of setCookies) headers.append('set-cookie', cookie);
  if (clearSiteData) headers.set('clear-site-data', '"cache", "storage"');
  if (!isForm) return new Response(JSON.stringify({ to }), { status: 200, headers });
  headers.set('location', new URL(to, env().publicOrigin).href);
  return new Response(null, { status: 303, headers });
}

function problemAnswer(problem: Problem): Response {
  const headers = new Headers({ ...noStore, 'content-type': 'application/problem+json' });
  if (problem.retryAfterSeconds) headers.set('retry-after', String(problem.retryAfterSeconds));
  const { what, next, ...rest } = problem;
  const body = { type: `urn:millrace:problem:${problem.code}`, title: what, detail: next, ...rest };
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}

/** Back to the form, with the problem as its code and the names of the fields: words are made by the page, never taken from an address. */
function backTo(page: string, problem: Problem): Response {
  const target = new URL(page, env().publicOrigin);
  target.searchParams.set('problem', problem.code);
  if (problem.retryAfterSeconds) target.searchParams.set('wait', String(problem.retryAfterSeconds));
  return new Response(null, { status: 303, headers: { ...noStore, location: target.href } });
}
