import { X509Certificate } from 'node:crypto';
import type { AppError } from '#lib/errors/app-error.ts';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import { probeTls } from './probe.ts';
import { addressOf, connectionError } from './translate.ts';
import type { CheckAddress } from './wire/settings.ts';

/** Whose certificate it is, and when it ends. */
export type CertificateEnd = { of: { broker: number } | 'client'; validTo: Date };

const timeoutMs = 5_000;

/**
 * When the certificates end that a cluster's connections live by: that of each broker, as it shows it, and that of the client, where there
 * is one. Nothing without TLS.
 */
export async function readCertificates(
  settings: { connection: ClusterConnection; secrets: ClusterSecrets; checkAddress: CheckAddress },
  brokers: readonly { id: number; host: string; port: number }[],
): Promise<{ ends: CertificateEnd[]; failures: { broker: number; error: AppError }[] }> {
  const { connection, secrets, checkAddress } = settings;
  const ends: CertificateEnd[] = [];
  const failures: { broker: number; error: AppError }[] = [];
  if (!connection.tls.enabled) return { ends, failures };
  const { certificate } = connection.tls;
  if (certificate) ends.push({ of: 'client', validTo: new Date(new X509Certificate(certificate).validTo) });
  await Promise.all(
    brokers.map(async ({ id, host, port }) => {
      try {
        const { address } = await checkAddress(host, port);
        const { validTo } = await probeTls(connection, secrets, host, address, port, timeoutMs);
        if (validTo) ends.push({ of: { broker: id }, validTo });
      } catch (error) {
        failures.push({ broker: id, error: connectionError(error, factsOf(host, port)) });
      }
    }),
  );
  return { ends, failures };
}

const factsOf = (host: string, port: number) => {
  return { host, broker: addressOf(host, port), mechanism: '', user: '', timeoutMs };
};
