import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { Connection } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { saslAuthenticator } from './sasl.ts';

type Reply = (message: string) => string;

/** Runs a sign-in against a server that is a function; answers the messages sent and the verdict. */
function signIn(mechanism: 'SCRAM-SHA-256' | 'OAUTHBEARER' | 'PLAIN', username: string, reply: Reply) {
  const sent: string[] = [];
  const authenticator = saslAuthenticator({
    username,
    password: () => 'pencil',
    token: async () => 'a-token',
  });
  return new Promise<{ sent: string[]; error: Error | null }>((resolve) => {
    const authenticate = (_c: Connection, bytes: Buffer, done: (error: null, answer: object) => void) => {
      sent.push(bytes.toString());
      done(null, {
        errorCode: 0,
        errorMessage: null,
        authBytes: Buffer.from(reply(bytes.toString())),
        sessionLifetimeMs: 0n,
      });
    };
    const run = authenticator as unknown as (...args: unknown[]) => void;
    run(mechanism, {}, authenticate, '', '', '', (error: Error | null) => resolve({ sent, error }));
  });
}

const salt = Buffer.from('salt of the server');

/** A server that knows the password, after RFC 5802. */
function scramServer(iterations = 4_096, proves = true): Reply {
  let first = '';
  let serverFirst = '';
  return (message) => {
    if (message.startsWith('n,,')) {
      first = message.slice(3);
      serverFirst = `r=${/r=(.*)$/.exec(first)?.[1]}server,s=${salt.toString('base64')},i=${iterations}`;
      return serverFirst;
    }
    const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(message) ?? [];
    const salted = pbkdf2Sync('pencil', salt, iterations, 32, 'sha256');
    const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
    const clientKey = hmac(salted, 'Client Key');
    const auth = `${first},${serverFirst},${withoutProof}`;
    const signature = hmac(createHash('sha256').update(clientKey).digest(), auth);
    expect(Buffer.from(proof, 'base64')).toEqual(
      Buffer.from(clientKey.map((byte, i) => byte ^ (signature[i] ?? 0))),
    );
    return `v=${(proves ? hmac(hmac(salted, 'Server Key'), auth) : Buffer.alloc(32)).toString('base64')}`;
  };
}

describe('SCRAM', () => {
  it('proves that it knows the password without sending it, and escapes the name', async () => {
    const { sent, error } = await signIn('SCRAM-SHA-256', 'a,b=c,d', scramServer());
    expect(error).toBeNull();
    expect(sent[0]).toMatch(/^n,,n=a=2Cb=3Dc=2Cd,r=/);
    expect(sent.join()).not.toContain('pencil');
  });

  it('refuses a server that cannot prove it, too few and too many iterations', async () => {
    expect((await signIn('SCRAM-SHA-256', 'a', scramServer(4_096, false))).error?.message).toContain(
      'could not prove',
    );
    for (const iterations of [1, 4_095, 2_000_000_000]) {
      expect((await signIn('SCRAM-SHA-256', 'a', scramServer(iterations))).error).toMatchObject({
        code: 'kafka.bad-frame',
      });
    }
  });

  it.each(['', 'nonsense', 'r=,s=,i=', 's=c2FsdA==,i=4096', '\0\0\0', 'r=another,s=c2FsdA==,i=4096'])(
    'a malformed message ends the sign-in and throws nothing: %j',
    async (message) => {
      const { error } = await signIn('SCRAM-SHA-256', 'a', () => message);
      expect(error).toBeInstanceOf(Error);
    },
  );
});

describe('OAUTHBEARER and PLAIN', () => {
  it('send what RFC 7628 and RFC 4616 say', async () => {
    const bearer = await signIn('OAUTHBEARER', 'client', () => '');
    expect(bearer).toEqual({ sent: ['n,,\x01auth=Bearer a-token\x01\x01'], error: null });
    expect(await signIn('PLAIN', 'user', () => '')).toEqual({ sent: ['\0user\0pencil'], error: null });
  });

  it('an answer with text is a refusal', async () => {
    expect(
      (await signIn('OAUTHBEARER', 'client', () => '{"status":"invalid_token"}')).error?.message,
    ).toContain('refused');
  });
});
