import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import {
  AuthenticationError,
  type SASLCustomAuthenticator,
  type SASLMechanismValue,
  type saslAuthenticateV2,
} from '@platformatic/kafka';
import { badFrame } from './flat-reader.ts';

export type SaslCredentials = {
  username: string;
  password: () => Promise<string> | string;
  token: () => Promise<string>;
};

type Answer = saslAuthenticateV2.SaslAuthenticateResponse;
type Exchange = (bytes: Buffer) => Promise<Answer>;

/**
 * Signs in over one connection. Written here because the library's SCRAM throws out of the socket handler when a
 * broker sends a malformed message, escapes only the first comma of a name and accepts any number of iterations.
 */
export function saslAuthenticator(credentials: SaslCredentials): SASLCustomAuthenticator {
  return (mechanism, connection, authenticate, _username, _password, _token, callback) => {
    let last: Answer | undefined;
    const exchange: Exchange = (bytes) =>
      new Promise((resolve, reject) => {
        authenticate(connection, bytes, (error, answer) => {
          if (error || !answer) return reject(error ?? badFrame('an empty answer'));
          last = answer;
          resolve(answer);
        });
      });
    void signIn(mechanism, credentials, exchange).then(
      () => callback(null, last),
      (error: Error) => callback(error),
    );
  };
}

async function signIn(mechanism: SASLMechanismValue, credentials: SaslCredentials, exchange: Exchange) {
  if (mechanism === 'PLAIN') {
    await exchange(Buffer.from(`\0${credentials.username}\0${await credentials.password()}`));
  } else if (mechanism === 'OAUTHBEARER') {
    const answer = await exchange(Buffer.from(`n,,\x01auth=Bearer ${await credentials.token()}\x01\x01`));
    // A refusal comes as text in a successful answer (RFC 7628 §3.2.2); an accepted token as nothing.
    if (answer.authBytes?.length > 0) throw new AuthenticationError('The token was refused.');
  } else {
    await scram(mechanism === 'SCRAM-SHA-256' ? 'sha256' : 'sha512', credentials, exchange);
  }
}

const hash = promisify(pbkdf2);
const mostIterations = 1_000_000;

/** RFC 5802, with the server's proof checked. */
async function scram(digest: 'sha256' | 'sha512', credentials: SaslCredentials, exchange: Exchange) {
  const size = digest === 'sha256' ? 32 : 64;
  const name = credentials.username.replaceAll('=', '=3D').replaceAll(',', '=2C');
  const nonce = randomBytes(18).toString('base64');
  const firstBare = `n=${name},r=${nonce}`;
  const serverFirst = (await exchange(Buffer.from(`n,,${firstBare}`))).authBytes.toString('utf8');
  const first = attributes(serverFirst);
  const salt = Buffer.from(first.get('s') ?? '', 'base64');
  const iterations = Number(first.get('i'));
  const bothNonces = first.get('r') ?? '';
  if (!bothNonces.startsWith(nonce) || salt.length === 0) throw badFrame('its SCRAM answer is malformed');
  if (!Number.isInteger(iterations) || iterations < 4096 || iterations > mostIterations) {
    throw badFrame(`SCRAM with ${first.get('i')} iterations is not accepted`);
  }
  const salted = await hash(await credentials.password(), salt, iterations, size, digest);
  const hmac = (key: Buffer, text: string) => createHmac(digest, key).update(text).digest();
  const clientKey = hmac(salted, 'Client Key');
  const withoutProof = `c=biws,r=${bothNonces}`;
  const message = `${firstBare},${serverFirst},${withoutProof}`;
  const signature = hmac(createHash(digest).update(clientKey).digest(), message);
  const proof = Buffer.from(clientKey.map((byte, i) => byte ^ (signature[i] as number)));
  const final = attributes(
    (await exchange(Buffer.from(`${withoutProof},p=${proof.toString('base64')}`))).authBytes.toString('utf8'),
  );
  const expected = hmac(hmac(salted, 'Server Key'), message);
  const given = Buffer.from(final.get('v') ?? '', 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AuthenticationError('The server could not prove that it knows the password.');
  }
}

const attributes = (text: string): Map<string, string> =>
  new Map(text.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
