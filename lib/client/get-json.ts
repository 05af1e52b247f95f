import type { Problem } from '#lib/model/problem.ts';
import { isUntouched } from './last-touch.ts';

/** A GET that did not bring data, with the problem in words. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.what);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Nobody answered at all. */
export const unreachable: Problem = {
  code: 'server.unreachable',
  status: 0,
  what: 'Millrace does not answer.',
  next: 'What is shown is from before. It tries again by itself.',
};

/**
 * Gets JSON from the application's own API.
 * @throws ProblemError with the sentences of the server, or that it does not answer. A session that has
 * ended sends the browser to the sign-in page.
 */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, {
      signal: signal ?? null,
      headers: { accept: 'application/json', ...(isUntouched() ? { 'x-millrace-background': '1' } : {}) },
      cache: 'no-store',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ProblemError(unreachable);
  }
  if (response.ok) return (await response.json()) as T;
  if (response.status === 401) toSignIn();
  throw new ProblemError(await problemOf(response));
}

/** The session has ended: to the page where one signs in, and back here from there. */
export const toSignIn = (): void =>
  window.location.assign(
    `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`,
  );

/** The problem in an answer that is not a success; a sentence of our own when it holds none. */
export async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as {
      title?: string;
      detail?: string;
      code?: string;
      reference?: string;
      retryAfterSeconds?: number;
      fields?: Record<string, string>;
    };
    return {
      code: body.code ?? 'internal',
      status: response.status,
      what: body.title ?? `The server answered ${response.status}.`,
      next: body.detail ?? 'Try again.',
      ...(body.reference ? { reference: body.reference } : {}),
      ...(body.retryAfterSeconds ? { retryAfterSeconds: body.retryAfterSeconds } : {}),
      ...(body.fields ? { fields: body.fields } : {}),
    };
  } catch {
    return { ...unreachable, status: response.status, what: `The server answered ${response.status}.` };
  }
}
