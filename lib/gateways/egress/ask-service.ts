import { AppError } from '#lib/errors/app-error.ts';
import type { HttpAuth } from '#lib/model/http-service.ts';
import { type EgressRequest, type EgressResponse, egressFetch } from './egress-fetch.ts';

/** How a server beside Kafka is asked over HTTP; the egress guard unless a test brings its own. */
export type FetchService = (url: string, request: EgressRequest) => Promise<EgressResponse>;

export type ServiceAccess = {
  /** What it is, as sentences begin: "The metrics endpoint". */
  service: string;
  allowHttp: boolean;
  ca?: string | undefined;
  auth: HttpAuth;
  secrets: { password?: string | undefined; token?: string | undefined };
  fetch?: FetchService | undefined;
};

type Question = {
  accept: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  form?: URLSearchParams;
};

/**
 * Asks such a server one question, and answers what it said with a status of success.
 * @throws AppError `source.unreachable`, `source.denied`, `source.refused`, or `egress.refused` as the guard says it
 */
export async function askService(access: ServiceAccess, url: string, question: Question): Promise<Buffer> {
  const { service, fetch = egressFetch } = access;
  const host = new URL(url).host;
  let answer: EgressResponse;
  try {
    answer = await fetch(url, {
      headers: {
        accept: question.accept,
        ...authorizationOf(access),
        ...(question.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(question.form ? { method: 'POST', body: question.form.toString() } : {}),
      allowHttp: access.allowHttp,
      ...(access.ca === undefined ? {} : { ca: access.ca }),
      timeoutMs: question.timeoutMs,
      maxBytes: 5_000_000,
      ...(question.signal ? { signal: question.signal } : {}),
    });
  } catch (error) {
    question.signal?.throwIfAborted();
    if (!(error instanceof AppError) || !error.code.startsWith('egress.')) throw error;
    if (error.code === 'egress.refused') throw error;
    const reason = error.facts.reason ?? 'the connection failed';
    throw new AppError('source.unreachable', { service, host, reason }, { cause: error });
  }
  const { status, body } = answer;
  if (status === 401 || status === 403) throw new AppError('source.denied', { service, host, status });
  if (status < 200 || status > 299)
    throw new AppError('source.refused', { service, host, status, message: messageIn(body) });
  return body;
}

/**
 * The same, of an answer in JSON.
 * @throws AppError as `askService` does, and `source.unreadable`
 */
export async function askServiceForJson(
  access: ServiceAccess,
  url: string,
  question: Omit<Question, 'accept'>,
): Promise<unknown> {
  const body = await askService(access, url, { ...question, accept: 'application/json' });
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw unreadable(access, url, wordsFor(body, 'something that is not JSON'), cause);
  }
}

/** That it answered something else than it should. */
export const unreadable = (access: ServiceAccess, url: string, reason: string, cause?: unknown): AppError =>
  new AppError('source.unreadable', { service: access.service, host: new URL(url).host, reason }, { cause });

/** What an answer is that cannot be read: most of those are the page of a proxy. */
export const wordsFor = (body: Buffer, otherwise: string): string =>
  /^\s*</.test(body.toString('latin1', 0, 64)) ? 'a page of HTML' : otherwise;

/** The header by which one signs in; none where nobody does. */
export function authorizationOf({
  auth,
  secrets,
}: Pick<ServiceAccess, 'auth' | 'secrets'>): Record<string, string> {
  if (auth.kind === 'none') return {};
  if (auth.kind === 'bearer') return { authorization: `Bearer ${secrets.token ?? ''}` };
  const pair = Buffer.from(`${auth.username}:${secrets.password ?? ''}`, 'utf8').toString('base64');
  return { authorization: `Basic ${pair}` };
}

/** What it says of its refusal, where it says it as JSON: one short line. */
export function messageIn(body: Buffer): string {
  if (body.length > 10_000) return '';
  try {
    const said = JSON.parse(body.toString('utf8')) as { message?: unknown; error?: unknown };
    const message = typeof said.message === 'string' ? said.message : said.error;
    if (typeof message !== 'string') return '';
    return message
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, 200);
  } catch {
    return '';
  }
}
