import { AuthenticationError, NetworkError, ResponseError } from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { sentences } from '#lib/errors/sentences.ts';
import { addressOf, connectionError, itemError, sentenceOf } from './translate.ts';

const facts = { host: 'b1', broker: 'b1:9092', mechanism: 'PLAIN', user: 'ann', timeoutMs: 5_000 };
const nodeError = (code: string, message = code) => Object.assign(new Error(message), { code });
const wrapped = (cause: Error) => new NetworkError('Connection to b1:9092 failed.', { cause });

describe('what ended a connection', () => {
  it.each([
    [nodeError('ENOTFOUND'), 'kafka.name-unknown'],
    [wrapped(nodeError('ECONNREFUSED')), 'kafka.refused'],
    [wrapped(nodeError('EHOSTUNREACH')), 'kafka.unreachable'],
    [new AggregateError([nodeError('ECONNREFUSED')], 'all failed'), 'kafka.refused'],
    [wrapped(nodeError('SELF_SIGNED_CERT_IN_CHAIN')), 'kafka.tls-unknown-ca'],
    [wrapped(nodeError('CERT_HAS_EXPIRED')), 'kafka.tls-expired'],
    [wrapped(nodeError('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')), 'kafka.tls-client-certificate'],
    [wrapped(nodeError('ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE')), 'kafka.tls-client-certificate'],
    [wrapped(nodeError('ERR_SSL_WRONG_VERSION_NUMBER')), 'kafka.tls-unexpected'],
    [wrapped(nodeError('ERR_SSL_NO_PROTOCOLS_AVAILABLE')), 'kafka.tls-failed'],
    [nodeError('ERR_OSSL_X509_KEY_VALUES_MISMATCH'), 'kafka.tls-material'],
    [wrapped(new AuthenticationError('SASL authentication failed.')), 'kafka.auth-failed'],
    [wrapped(new AuthenticationError('x', { cause: nodeError('ECONNRESET') })), 'kafka.unreachable'],
    [new Error('Connection ready timed out after 5000ms.'), 'kafka.connect-timeout'],
    [new NetworkError('Connection closed'), 'kafka.unreachable'],
    [wrapped(new AppError('kafka.secret-missing', { secret: 'password' })), 'kafka.secret-missing'],
  ])('%s', (error, code) => {
    const known = connectionError(error, facts);
    expect(known.code).toBe(code);
    expect(sentenceOf(known)).not.toMatch(/undefined|NaN/);
    expect(sentences[known.code].next(known.facts)).not.toMatch(/undefined|NaN/);
  });

  it('names the mechanisms that the broker offers', () => {
    const response = { errorCode: 33, mechanisms: ['SCRAM-SHA-512', 'OAUTHBEARER'] };
    const refused = new ResponseError(17, 1, { '/': [33, null] }, response);
    const known = connectionError(wrapped(new AuthenticationError('none fits', { cause: refused })), facts);
    expect(known.code).toBe('kafka.mechanism-refused');
    expect(sentences[known.code].next(known.facts)).toContain('SCRAM-SHA-512, OAUTHBEARER');
  });

  it('names the names of the certificate', () => {
    const error = Object.assign(nodeError('ERR_TLS_CERT_ALTNAME_INVALID'), {
      cert: { subjectaltname: 'DNS:a.example, IP Address:10.0.0.1' },
    });
    expect(sentenceOf(connectionError(wrapped(error), facts))).toContain('a.example, 10.0.0.1');
  });

  it('a chain of causes without end is cut', () => {
    const error = new Error('loop') as Error & { cause?: unknown };
    error.cause = error;
    expect(connectionError(error, facts).code).toBe('kafka.unreachable');
  });
});

describe('error codes of items', () => {
  it.each([
    [3, 'topic.not-found'],
    [36, 'topic.exists'],
    [29, 'kafka.denied'],
    [15, 'kafka.not-ready'],
    [44, 'kafka.rejected'],
    [9_999, 'kafka.rejected'],
  ])('%i', (code, ours) => {
    const error = itemError(code, null, { topic: 't', subject: 't', operation: 'do it' });
    expect(error.code).toBe(ours);
    expect(sentenceOf(error)).not.toMatch(/undefined/);
  });

  it("keeps Kafka's own words where it has some", () => {
    expect(sentenceOf(itemError(44, 'Names must begin with a team.', { subject: 'x' }))).toContain(
      'Names must begin with a team.',
    );
  });
});

it('an IPv6 address is written in brackets', () => {
  expect(addressOf('::1', 9_092)).toBe('[::1]:9092');
  expect(addressOf('broker', 9_092)).toBe('broker:9092');
});
