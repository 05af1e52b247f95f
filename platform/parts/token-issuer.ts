import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loopback } from '../settings.ts';

/**
 * OAUTHBEARER on this platform: brokers check signed tokens against a key set in a file; this issuer signs them. So
 * real validation is tried without an identity provider.
 */
export const tokenIssuer = {
  issuer: 'https://issuer.millrace.test',
  audience: 'kafka',
  keyId: 'platform-1',
  client: { id: 'app', secret: 'app-secret' },
} as const;

export function tokenIssuerPaths(dataDir: string) {
  const dir = join(dataDir, 'oauth');
  return { dir, signingKey: join(dir, 'signing.pem'), keySet: join(dir, 'keys.json') };
}

/** Makes the issuer's key pair and the key set that brokers read; does nothing when they are there. */
export function ensureTokenKeys(dataDir: string): void {
  const { dir } = tokenIssuerPaths(dataDir);
  if (existsSync(dir)) return;
  const partial = `${dir}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: tokenIssuer.keyId };
  writeFileSync(join(partial, 'signing.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }), {
    mode: 0o600,
  });
  writeFileSync(join(partial, 'keys.json'), JSON.stringify({ keys: [key] }));
  renameSync(partial, dir);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token for `subject`, valid for `seconds`; a negative time makes one that has expired. */
export function signToken(dataDir: string, subject: string, seconds = 300): string {
  const key = createPrivateKey(readFileSync(tokenIssuerPaths(dataDir).signingKey));
  const now = Math.floor(Date.now() / 1000);
  const { issuer, audience, keyId } = tokenIssuer;
  const claims = {
    iss: issuer,
    aud: audience,
    sub: subject,
    scope: 'kafka',
    iat: now - 600,
    exp: now + seconds,
  };
  const text = `${encode({ alg: 'RS256', typ: 'JWT', kid: keyId })}.${encode(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

/**
 * Serves a token endpoint for the client-credentials grant on a free loopback port. Wrong credentials get 401 with
 * `invalid_client`.
 */
export async function startTokenEndpoint(
  dataDir: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const expected = `Basic ${Buffer.from(`${tokenIssuer.client.id}:${tokenIssuer.client.secret}`).toString('base64')}`;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8');
    });
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const inForm =
        form.get('client_id') === tokenIssuer.client.id &&
        form.get('client_secret') === tokenIssuer.client.secret;
      const isKnown = request.headers.authorization === expected || inForm;
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      const answer = {
        access_token: signToken(dataDir, tokenIssuer.client.id),
        token_type: 'Bearer',
        expires_in: 300,
      };
      response.end(JSON.stringify(isKnown ? answer : { error: 'invalid_client' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${port}/token`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
