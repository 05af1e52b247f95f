import { checkAddress } from '#lib/gateways/egress/check-address.ts';
import { readCertificates } from '#lib/gateways/kafka/read-certificates.ts';
import type { ClusterConnection, ClusterSecrets } from '#lib/model/cluster.ts';
import { registry } from '#lib/process.ts';
import { offerPoints } from '../ticks.ts';
import { noteSource } from './source-health.ts';

/** Certificates are renewed by hand or by night: often enough, and a handshake with each broker is not free. */
export const certificatesEveryMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;

type Known = { of: { broker: number } | 'client'; validTo: string }[];
const newest = (): Map<string, Known> => registry('certificates', () => new Map());

/** When the certificates of a cluster end, the first to end first; empty while it is not known. */
export const certificatesOf = (clusterId: string): Known => newest().get(clusterId) ?? [];

/** Forgets them: the cluster is gone, or reached in another way. */
export const forgetCertificates = (clusterId: string): void => void newest().delete(clusterId);

/** One turn: the days until the first of them ends. A certificate that ended already makes its handshake fail, and counts. */
export async function checkCertificates(
  clusterId: string,
  connection: ClusterConnection,
  secrets: ClusterSecrets,
  brokers: readonly { id: number; host: string; port: number }[],
  signal: AbortSignal,
): Promise<void> {
  const { ends, failures } = await readCertificates({ connection, secrets, checkAddress }, brokers);
  if (signal.aborted) return;
  for (const { broker, error } of failures) noteSource(clusterId, 'certificates', String(broker), error);
  const first = [...ends].sort((a, b) => a.validTo.getTime() - b.validTo.getTime());
  newest().set(
    clusterId,
    first.map(({ of, validTo }) => ({ of, validTo: validTo.toISOString() })),
  );
  const isEnded = failures.some(({ error }) => error.code === 'kafka.tls-expired');
  const soonest = first[0];
  if (!soonest && !isEnded) return;
  const days = isEnded ? 0 : (soonest!.validTo.getTime() - Date.now()) / dayMs;
  offerPoints(
    clusterId,
    'certificates',
    [{ kind: 'cluster.certificate-days', name: '', value: Math.max(0, days) }],
    certificatesEveryMs * 2,
  );
}
