import { AppError } from '#lib/errors/app-error.ts';
import { egressFetch } from '#lib/gateways/egress/egress-fetch.ts';
import type { Receiver } from './receiver.ts';

const timeoutMs = 10_000;
/** A service that answers more than a word is not listened to for long. */
const maxBytes = 100_000;
const maxWaitSeconds = 3_600;

export type PostOptions = Pick<Receiver, 'allowHttp' | 'egress'> & {
  headers?: Readonly<Record<string, string>>;
  ca?: string | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Sends JSON through the egress guard, by the rules for webhooks (R20): public addresses and those an admin listed.
 * @throws AppError `egress.refused`; `channel.unreachable` with a reason of a closed set; `channel.refused` with the status, and
 *   with `retryAfterSeconds` where the receiver says when to come again. What it answered is not kept: it could be anything.
 */
export async function postJson(url: string, body: string, options: PostOptions): Promise<void> {
  const host = URL.parse(url)?.host ?? 'that address';
  const { status, headers } = await send(url, body, host, options);
  if (status >= 200 && status < 300) return;
  const wait = Number(headers['retry-after']);
  throw new AppError('channel.refused', {
    host,
    status,
    ...(status === 429 && wait > 0 ? { retryAfterSeconds: Math.min(maxWaitSeconds, wait) } : {}),
  });
}

async function send(url: string, body: string, host: string, options: PostOptions) {
  try {
    return await egressFetch(url, {
      ...options.egress,
      profile: 'webhook',
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
        ...options.headers,
      },
      body,
      allowHttp: options.allowHttp,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.signal ? { signal: options.signal } : {}),
      timeoutMs,
      maxBytes,
    });
  } catch (error) {
    throw collapsed(error, host);
  }
}

/** Of what went wrong on the way only the host and one of few reasons, so that nothing of what stands there leaks. */
export function collapsed(error: unknown, host: string): AppError {
  if (error instanceof AppError && error.code === 'egress.refused') return error;
  const reason =
    error instanceof AppError && error.code.startsWith('egress.') ? error.facts.reason : undefined;
  return new AppError(
    'channel.unreachable',
    { host, reason: reason ?? 'the connection failed' },
    { cause: error },
  );
}
