import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { clientAddress } from '#lib/auth/client-address.ts';
import { principalOf } from '#lib/auth/principal-of.ts';
import { AppError } from '#lib/errors/app-error.ts';
import type { Principal } from '#lib/model/principal.ts';

/** Who asks, from where, and until when it is worth answering. */
export type Context = {
  principal: Principal;
  requestId: string;
  ip: string;
  userAgent: string;
  signal: AbortSignal;
};

/**
 * The context of a request from its headers.
 * @throws AppError `auth.required` when nobody is signed in.
 */
export async function contextOf(requestHeaders: Headers, signal: AbortSignal): Promise<Context> {
  const principal = await principalOf(requestHeaders);
  if (!principal) throw new AppError('auth.required');
  return { principal, signal, ...originOf(requestHeaders) };
}

/** Where a request came from, for the audit; also for requests nobody is signed in for. */
export function originOf(requestHeaders: Headers): { requestId: string; ip: string; userAgent: string } {
  return {
    requestId: requestHeaders.get('x-request-id') ?? randomUUID(),
    ip: clientAddress(requestHeaders),
    userAgent: (requestHeaders.get('user-agent') ?? '').slice(0, 200),
  };
}

/** The context of the page or action being answered. Next gives those no signal: each verb has its own deadline. */
export async function currentContext(): Promise<Context> {
  return contextOf(await headers(), new AbortController().signal);
}
