import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { AppError } from '#lib/errors/app-error.ts';
import type { ClusterSasl, ClusterSecrets } from '#lib/model/cluster.ts';
import type { CheckAddress } from './settings.ts';

type OauthSettings = Extract<ClusterSasl, { mechanism: 'OAUTHBEARER' }>;

const largestAnswerBytes = 64 * 1024;
const timeoutMs = 5_000;

/**
 * Gives the bearer token of the client credentials grant (RFC 6749 §4.4), kept for half of its life: a
 * sign-in is renewed when 80 % of its session is over, and then needs a token that is not about to end too.
 * The endpoint passes the egress guard, is reached at the checked address, and redirects are not followed.
 */
export function tokenProvider(
  sasl: OauthSettings,
  secrets: ClusterSecrets,
  checkAddress: CheckAddress,
  now: () => number = Date.now,
): () => Promise<string> {
  let current: { token: string; until: number } | null = null;
  let asking: Promise<string> | null = null;
  return () => {
    if (current && now() < current.until) return Promise.resolve(current.token);
    asking ??= askForToken(sasl, secrets, checkAddress)
      .then((answer) => {
        current = { token: answer.token, until: now() + answer.lifeSeconds * 500 };
        return answer.token;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };
}

async function askForToken(sasl: OauthSettings, secrets: ClusterSecrets, checkAddress: CheckAddress) {
  if (secrets.clientSecret === undefined)
    throw new AppError('kafka.secret-missing', { secret: 'client secret' });
  const url = new URL(sasl.tokenUrl);
  const failed = (reason: string, cause?: unknown) =>
    new AppError('kafka.oauth-failed', { host: url.host, reason }, { cause });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const { address } = await checkAddress(host, Number(url.port || (url.protocol === 'https:' ? 443 : 80)));
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(sasl.scope ? { scope: sasl.scope } : {}),
  });
  const basic = Buffer.from(
    `${encodeURIComponent(sasl.clientId)}:${encodeURIComponent(secrets.clientSecret)}`,
  );
  const body = form.toString();
  const text = await new Promise<string>((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestTls : requestPlain;
    const request = send(
      {
        host: address,
        port: url.port || undefined,
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        agent: false,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        headers: {
          host: url.host,
          authorization: `Basic ${basic.toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          accept: 'application/json',
        },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > largestAnswerBytes) return request.destroy(failed('its answer is too large'));
          parts.push(part);
        });
        response.on('error', (error) => reject(failed('its answer broke off', error)));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(parts).toString('utf8'));
          else reject(failed(`it answered with status ${response.statusCode}`));
        });
      },
    );
    request.on('error', (error) =>
      reject(error instanceof AppError ? error : failed(reasonOf(error), error)),
    );
    request.end(body);
  });
  const answer = parse(text);
  if (typeof answer.access_token !== 'string' || answer.access_token === '')
    throw failed('its answer holds no token');
  const life = Number(answer.expires_in);
  return {
    token: answer.access_token,
    lifeSeconds: Number.isFinite(life) && life > 0 ? Math.min(life, 86_400) : 60,
  };
}

function parse(text: string): { access_token?: unknown; expires_in?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const reasonOf = (error: Error & { code?: string }): string =>
  error.name === 'TimeoutError' || error.name === 'AbortError'
    ? 'it did not answer in 5 s'
    : (error.code ?? error.message);
