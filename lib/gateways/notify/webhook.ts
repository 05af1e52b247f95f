import { createHmac } from 'node:crypto';
import type { AlertMessage } from '#lib/model/alert-notice.ts';
import { postJson } from './post-json.ts';
import { type Receiver, type Taken, taken } from './receiver.ts';

/**
 * Sends a message as JSON to any address. `Idempotency-Key` is the same in each try. With a signing key it is signed (R21):
 * `X-Millrace-Signature: v1=` and the HMAC-SHA-256, in hex, of `X-Millrace-Timestamp` (Unix seconds), a dot and the body as it was
 * sent. The timestamp is of the try, so that a receiver may refuse what is old.
 */
export async function sendWebhook(
  { config, secrets, allowHttp, egress }: Receiver<'webhook'>,
  message: AlertMessage,
  signal?: AbortSignal,
  nowMs: number = Date.now(),
): Promise<Taken> {
  const body = JSON.stringify({ version: 1, ...message });
  const timestamp = String(Math.floor(nowMs / 1000));
  await postJson(secrets.url ?? '', body, {
    allowHttp,
    egress,
    signal,
    ca: config.ca,
    headers: {
      'idempotency-key': message.key,
      'x-millrace-timestamp': timestamp,
      ...(secrets.signingKey
        ? { 'x-millrace-signature': signatureOf(secrets.signingKey, timestamp, body) }
        : {}),
      ...(config.headerName && secrets.headerValue ? { [config.headerName]: secrets.headerValue } : {}),
    },
  });
  return taken;
}

export const signatureOf = (key: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
