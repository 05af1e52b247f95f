import { isIP } from 'node:net';
import type { ConnectionOptions } from '@platformatic/kafka';
import { AppError } from '#lib/errors/app-error.ts';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import { saslAuthenticator } from './sasl.ts';

/**
 * The egress guard: resolves the name once, checks every address it has, and answers the one to connect to. Rejects
 * with an AppError when it is not allowed. Called before a socket is opened, for brokers the cluster advertises too,
 * so that a lying broker cannot lead credentials elsewhere (R20).
 */
export type CheckAddress = (host: string, port: number) => Promise<{ address: string }>;

export const connectTimeoutMs = 5_000;
export const callTimeoutMs = 10_000;

export type TlsSettings = {
  ca?: string;
  cert?: string;
  key?: string;
  minVersion: 'TLSv1.2';
  rejectUnauthorized: true;
};

/** What `tls.connect` is given; undefined for plaintext. */
export function tlsSettings(connection: ClusterConnection, secrets: ClusterSecrets): TlsSettings | undefined {
  const { tls } = connection;
  if (!tls.enabled) return undefined;
  if (tls.certificate && !secrets.privateKey) {
    throw new AppError('kafka.secret-missing', { secret: 'private key of the client certificate' });
  }
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(tls.ca ? { ca: tls.ca } : {}),
    ...(tls.certificate && secrets.privateKey ? { cert: tls.certificate, key: secrets.privateKey } : {}),
  };
}

/** The name to ask for (SNI) and to check the certificate against; undefined when it is an address. */
export function tlsServerName(connection: ClusterConnection, host: string): string | undefined {
  const name = connection.tls.serverName ?? host;
  return isIP(name) === 0 ? name : undefined;
}

/** Options of one connection to `host`, which may be reached by another, pinned address. */
export function connectionOptions(
  connection: ClusterConnection,
  secrets: ClusterSecrets,
  host: string,
  token: () => Promise<string>,
): ConnectionOptions {
  const { sasl } = connection;
  const tls = tlsSettings(connection, secrets);
  const serverName = tlsServerName(connection, host);
  const options: ConnectionOptions = {
    connectTimeout: connectTimeoutMs + 1_000,
    // Deadlines are kept by us, per call; this one only frees what a caller has long given up.
    requestTimeout: 120_000,
    maxInflights: 8,
  };
  if (tls) options.tls = tls;
  if (tls && serverName) options.tlsServerName = serverName;
  if (sasl.mechanism !== 'none') {
    const username = sasl.mechanism === 'OAUTHBEARER' ? sasl.clientId : sasl.username;
    options.sasl = {
      mechanism: sasl.mechanism,
      authenticate: saslAuthenticator({
        username,
        password: () => {
          if (secrets.password === undefined)
            throw new AppError('kafka.secret-missing', { secret: 'password' });
          return secrets.password;
        },
        token,
      }),
    };
  }
  return options;
}

/** Who signs in, for sentences; empty without SASL. */
export const userOf = (connection: ClusterConnection): string =>
  connection.sasl.mechanism === 'none'
    ? ''
    : connection.sasl.mechanism === 'OAUTHBEARER'
      ? connection.sasl.clientId
      : connection.sasl.username;
