import http from 'node:http';
import https from 'node:https';
import { AppError } from '#lib/errors/app-error.ts';
import { checkAddress, type EgressOptions, type PinnedAddress } from './check-address.ts';

export type EgressRequest = EgressOptions & {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Plain http is refused unless this says that the admin wants it. */
  allowHttp?: boolean;
  /** Authorities to trust instead of the public ones, PEM. */
  ca?: string;
  /** For connecting, sending and reading together, in milliseconds. */
  timeoutMs?: number;
  maxBytes?: number;
};

export type EgressResponse = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };

/**
 * The one way to ask a server over HTTP (R20): name resolved once, all its addresses judged, the socket pinned to the
 * checked one while TLS still verifies the name; no redirects, 10 s and 5 MB at most.
 *
 * @throws AppError `egress.refused`, `egress.unresolved`, or `egress.failed` with a reason from a small closed set, so that
 *   nothing of what stands behind the address leaks through the error.
 */
export async function egressFetch(url: string | URL, request: EgressRequest = {}): Promise<EgressResponse> {
  const target = readUrl(url, request.allowHttp ?? false);
  const port = target.port === '' ? (target.protocol === 'https:' ? 443 : 80) : Number(target.port);
  const signal = AbortSignal.any([
    AbortSignal.timeout(request.timeoutMs ?? 10_000),
    ...(request.signal ? [request.signal] : []),
  ]);
  const pinned = await checkAddress(target.hostname, port, { ...request, signal });
  return exchange(target, pinned, request, signal);
}

function readUrl(url: string | URL, allowHttp: boolean): URL {
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    throw new AppError('egress.refused', { host: 'that address', reason: 'it cannot be read as a URL' });
  }
  const host = target.hostname || 'that address';
  if (target.protocol !== 'https:' && target.protocol !== 'http:') {
    throw new AppError('egress.refused', { host, reason: 'only http and https are spoken' });
  }
  if (target.protocol === 'http:' && !allowHttp) {
    throw new AppError('egress.refused', { host, reason: 'plain http is not allowed for it' });
  }
  if (target.username || target.password) {
    throw new AppError('egress.refused', { host, reason: 'its URL must not hold a user name or password' });
  }
  return target;
}

function exchange(
  target: URL,
  pinned: PinnedAddress,
  request: EgressRequest,
  signal: AbortSignal,
): Promise<EgressResponse> {
  const maxBytes = request.maxBytes ?? 5_000_000;
  const isIp = pinned.host.startsWith('[') || pinned.host === pinned.address;
  const options: https.RequestOptions = {
    host: pinned.address,
    port: pinned.port,
    family: pinned.family,
    method: request.method ?? 'GET',
    path: `${target.pathname}${target.search}`,
    headers: {
      host: target.host,
      'accept-encoding': 'identity',
      'user-agent': 'millrace',
      ...request.headers,
    },
    signal,
    agent: false,
    ...(target.protocol === 'https:'
      ? {
          minVersion: 'TLSv1.2',
          rejectUnauthorized: true,
          ca: request.ca,
          servername: isIp ? '' : pinned.host,
        }
      : {}),
  };
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown) =>
      reject(new AppError('egress.failed', { host: target.host, reason }, { cause }));
    const outgoing = (target.protocol === 'https:' ? https : http).request(options, (incoming) => {
      const status = incoming.statusCode ?? 0;
      if (status >= 300 && status < 400 && status !== 304) {
        incoming.destroy();
        fail('it redirects elsewhere, which is not followed');
        return;
      }
      const chunks: Buffer[] = [];
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          incoming.destroy();
          fail(`its answer is larger than ${Math.round(maxBytes / 1_000_000)} MB`);
        } else chunks.push(chunk);
      });
      incoming.on('end', () => resolve({ status, headers: incoming.headers, body: Buffer.concat(chunks) }));
      incoming.on('error', (error) => fail(reasonOf(error, signal), error));
      incoming.on('close', () => fail('it closed the connection'));
    });
    outgoing.on('error', (error) => fail(reasonOf(error, signal), error));
    outgoing.end(request.body);
  });
}

/** The few reasons that leave the process; the cause stays in the log. */
function reasonOf(error: Error & { code?: string }, signal: AbortSignal): string {
  if (signal.aborted) return 'it did not answer in time';
  const code = error.code ?? '';
  if (code === 'ECONNREFUSED') return 'it refused the connection';
  if (/^(ERR_TLS|CERT|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|ERR_SSL|EPROTO)/.test(code))
    return 'its certificate or TLS was not accepted';
  return 'the connection failed';
}
