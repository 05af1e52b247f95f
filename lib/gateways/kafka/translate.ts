import { isIP } from 'node:net';
import { protocolErrors, protocolErrorsCodesById } from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import type { ErrorCode, Facts } from '#lib/errors/sentences.ts';
import { sentences } from '#lib/errors/sentences.ts';

/** Kafka's name of a wire error code: `36` → `TOPIC_ALREADY_EXISTS`. */
export const kafkaErrorName = (code: number): string => protocolErrorsCodesById[code] ?? `ERROR_${code}`;

/** Kafka's own sentence for a wire error code. */
export const kafkaErrorText = (code: number): string =>
  protocolErrors[kafkaErrorName(code)]?.message ?? `Kafka answered with the unknown error ${code}.`;

const byItemError: Readonly<Record<number, ErrorCode>> = {
  3: 'topic.not-found',
  36: 'topic.exists',
  69: 'group.not-found',
  100: 'topic.recreated',
};
const denials = new Set([29, 30, 31, 53, 65, 132]);
const notReady = new Set([5, 6, 7, 8, 13, 14, 15, 16, 41, 60, 75, 84, 89]);

/**
 * What an item's error code means in our words. `facts` name the thing: `topic`, `group`, `operation`, `subject`.
 */
export function itemError(code: number, message: string | null | undefined, facts: Facts = {}): AppError {
  const error = kafkaErrorName(code);
  const all: Facts = { ...facts, error, message: message || kafkaErrorText(code) };
  const exact = byItemError[code];
  if (exact) return new AppError(exact, all);
  if (denials.has(code)) return new AppError('kafka.denied', all);
  if (notReady.has(code)) return new AppError('kafka.not-ready', all);
  return new AppError('kafka.rejected', all);
}

/** The sentence of an error, for cells and lists. */
export const sentenceOf = (error: AppError): string => sentences[error.code].what(error.facts);

const byNodeCode: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'kafka.name-unknown',
  EAI_AGAIN: 'kafka.name-unknown',
  EAI_FAIL: 'kafka.name-unknown',
  ECONNREFUSED: 'kafka.refused',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'kafka.tls-unknown-ca',
  SELF_SIGNED_CERT_IN_CHAIN: 'kafka.tls-unknown-ca',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'kafka.tls-unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT: 'kafka.tls-unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'kafka.tls-unknown-ca',
  CERT_SIGNATURE_FAILURE: 'kafka.tls-unknown-ca',
  INVALID_CA: 'kafka.tls-unknown-ca',
  ERR_TLS_CERT_ALTNAME_INVALID: 'kafka.tls-name',
  CERT_HAS_EXPIRED: 'kafka.tls-expired',
  CERT_NOT_YET_VALID: 'kafka.tls-expired',
  ERR_SSL_WRONG_VERSION_NUMBER: 'kafka.tls-unexpected',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'kafka.tls-unexpected',
  ERR_SSL_INVALID_RECORD_TYPE: 'kafka.tls-unexpected',
  ERR_SSL_RECORD_LAYER_FAILURE: 'kafka.tls-unexpected',
  ERR_SSL_HTTP_REQUEST: 'kafka.tls-unexpected',
};

const clientCertificate =
  /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|CERTIFICATE_REVOKED|UNSUPPORTED_CERTIFICATE|NO_CERTIFICATE|DECRYPT_ERROR|ACCESS_DENIED)/;
const material = /^ERR_(OSSL_|TLS_|CRYPTO_)|PEM|KEY_VALUES_MISMATCH/;

type Layer = {
  code?: unknown;
  message?: unknown;
  apiId?: unknown;
  errors?: unknown;
  response?: unknown;
  cause?: unknown;
};

/** What the failing connection was for. */
export type ConnectionFacts = {
  host: string;
  /** As people say it: `host:port`. */
  broker: string;
  mechanism: string;
  user: string;
  timeoutMs: number;
};

/**
 * Turns whatever ended a connection or kept it from opening into the one sentence that says what to fix. Reads the
 * whole chain of causes, because the library wraps the telling one. Never holds a secret.
 */
export function connectionError(error: unknown, facts: ConnectionFacts): AppError {
  const layers = chain(error);
  const known = layers.find((layer) => layer instanceof AppError);
  if (known instanceof AppError) return withBroker(known, facts);
  const answer = (code: ErrorCode, more: Facts = {}) =>
    new AppError(code, { ...facts, ...more }, { cause: error });

  for (const layer of layers) {
    if (layer.apiId === 'UNSUPPORTED_SASL_MECHANISM') {
      return answer('kafka.mechanism-refused', { enabled: enabledMechanisms(layers) });
    }
    if (layer.apiId === 'ILLEGAL_SASL_STATE') return answer('kafka.sasl-unexpected');
    if (layer.apiId === 'SASL_AUTHENTICATION_FAILED') return answer('kafka.auth-failed');
  }
  for (const layer of layers) {
    const code = typeof layer.code === 'string' ? layer.code : '';
    const message = typeof layer.message === 'string' ? layer.message : '';
    if (message === 'Broker requires TLS.') return answer('kafka.tls-required');
    if (message.includes('secure TLS connection was established')) return answer('kafka.tls-unexpected');
    if (code === 'PLT_KFK_AUTHENTICATION' && !layers.some((l) => isNodeCode(l.code)))
      return answer('kafka.auth-failed');
    const direct = byNodeCode[code];
    if (direct === 'kafka.tls-name') return answer(direct, { names: certificateNames(layer) });
    if (direct) return answer(direct);
    if (clientCertificate.test(code))
      return answer('kafka.tls-client-certificate', { reason: alertText(code) });
    if (code.startsWith('ERR_SSL_')) return answer('kafka.tls-failed', { reason: alertText(code) });
    if (material.test(code))
      return answer('kafka.tls-material', { reason: message.replace(/^error:[0-9A-F]+:/i, '') });
    if (code === 'PLT_KFK_UNEXPECTED_CORRELATION_ID' || code === 'OUT_OF_BOUNDS') {
      return answer('kafka.bad-frame', { reason: 'it answers what was not asked' });
    }
  }
  const reasons: Readonly<Record<string, string>> = {
    EHOSTUNREACH: 'there is no route to this host',
    ENETUNREACH: 'there is no route to this network',
    ECONNRESET: 'it reset the connection',
    EPIPE: 'it closed the connection',
    ETIMEDOUT: 'no answer',
    EADDRNOTAVAIL: 'this address cannot be used from here',
    EMFILE: 'this process has too many open files',
  };
  const code = layers.map((layer) => layer.code).find(isNodeCode);
  if (code) return answer('kafka.unreachable', { reason: reasons[code] ?? code });
  if (layers.some((layer) => String(layer.message ?? '').includes('timed out')))
    return answer('kafka.connect-timeout');
  return answer('kafka.unreachable', { reason: 'it closed the connection' });
}

const isNodeCode = (code: unknown): code is string => typeof code === 'string' && /^E[A-Z]{3,}$/.test(code);

function withBroker(error: AppError, facts: ConnectionFacts): AppError {
  if (error.facts.broker) return error;
  return new AppError(error.code, { ...facts, ...error.facts }, { cause: error.cause });
}

function chain(error: unknown): Layer[] {
  const layers: Layer[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && layers.length < 20) {
    const next = queue.shift();
    if (typeof next !== 'object' || next === null) continue;
    const layer = next as Layer;
    layers.push(layer);
    queue.push(layer.cause);
    if (Array.isArray(layer.errors)) queue.push(...layer.errors);
  }
  return layers;
}

function enabledMechanisms(layers: Layer[]): string {
  for (const layer of layers) {
    const response = layer.response as { mechanisms?: unknown } | undefined;
    if (Array.isArray(response?.mechanisms)) return response.mechanisms.map(String).join(', ').slice(0, 200);
  }
  return '';
}

function certificateNames(layer: Layer): string {
  const cert = (layer as { cert?: { subjectaltname?: string; subject?: { CN?: string | string[] } } }).cert;
  const names = cert?.subjectaltname ?? [cert?.subject?.CN ?? ''].flat().join(', ');
  return names.replace(/DNS:|IP Address:/g, '').slice(0, 300);
}

const alertText = (code: string): string =>
  code
    .replace(/^ERR_SSL_/, '')
    .replace(/^(TLSV1|TLSV13|SSLV3)_ALERT_/, '')
    .toLowerCase()
    .replaceAll('_', ' ');

/** `host:port`, IPv6 in brackets. */
export const addressOf = (host: string, port: number): string =>
  isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
