import type { ClusterConnection, ClusterSecrets } from './cluster.ts';
import { followsBrokers } from './cluster-sources.ts';

/**
 * The secrets that a changed connection would send to somebody who has not had them: the password to a broker address that is
 * new, or without TLS where it was sent with it; the client secret to another token endpoint; that of a
 * registry, of metrics or of Connect to another server, or to one that other authorities vouch for. Whoever changes an
 * address must know these and enter them again: else an address of one's own would be a way to read them (R18).
 */
export function secretsElsewhere(
  before: ClusterConnection,
  after: ClusterConnection,
): (keyof ClusterSecrets)[] {
  const known = new Set(before.bootstrap.map(addressOf));
  const isToNewBroker = after.bootstrap.some((one) => !known.has(addressOf(one)));
  const isUncovered = before.tls.enabled && !after.tls.enabled;
  const tokenUrl = (one: ClusterConnection) =>
    one.sasl.mechanism === 'OAUTHBEARER' ? one.sasl.tokenUrl : undefined;
  const moved: (keyof ClusterSecrets)[] = [];
  const isOauth = after.sasl.mechanism === 'OAUTHBEARER';
  if (after.sasl.mechanism !== 'none' && !isOauth && (isToNewBroker || isUncovered)) moved.push('password');
  if (isOauth && tokenUrl(before) !== tokenUrl(after)) moved.push('clientSecret');
  for (const service of ['registry', 'metrics', 'connect'] as const) {
    const kind = after[service]?.auth.kind ?? 'none';
    if (kind === 'none' || isNoWider(receivers(before, service), receivers(after, service))) continue;
    moved.push(kind === 'basic' ? `${service}Password` : `${service}Token`);
  }
  return moved;
}

/** Who gets the secret of a server beside Kafka: what stands behind its addresses, as its authority vouches. */
function receivers(connection: ClusterConnection, service: 'registry' | 'metrics' | 'connect'): string[] {
  const used = connection[service];
  if (!used) return [];
  return addressesOf(connection, service).map((address) => JSON.stringify([address, used.ca ?? '']));
}

function addressesOf(
  connection: ClusterConnection,
  service: 'registry' | 'metrics' | 'connect',
): (string | unknown[])[] {
  const { registry, metrics, connect, bootstrap, tls } = connection;
  if (service === 'registry') return registry ? [new URL(registry.url).origin] : [];
  if (service === 'connect') return connect?.urls.map((url) => new URL(url).origin) ?? [];
  if (metrics?.kind === 'server') return [new URL(metrics.url).origin];
  const own = metrics?.brokers.map(({ url }) => new URL(url).origin) ?? [];
  const { template } = metrics ?? {};
  if (template === undefined) return own;
  // Such a template leads wherever the brokers say they are, so who may say so belongs to it.
  return followsBrokers(template)
    ? [...own, ...bootstrap.map((one) => [template, addressOf(one), tls])]
    : [...own, template];
}

const isNoWider = (before: readonly string[], after: readonly string[]): boolean =>
  after.every((one) => before.includes(one));

const addressOf = ({ host, port }: { host: string; port: number }): string => `${host.toLowerCase()}:${port}`;

const nouns = {
  password: 'password',
  clientSecret: 'client secret',
  privateKey: 'private key',
  registryPassword: 'password of the registry',
  registryToken: 'token of the registry',
  metricsPassword: 'password of the metrics source',
  metricsToken: 'token of the metrics source',
  connectPassword: 'password of the Connect workers',
  connectToken: 'token of the Connect workers',
} as const;

/**
 * What a form says of secrets that are set, were not entered, and would go elsewhere; by path in the input. Empty when there
 * are none.
 */
export function secretsToEnterAgain(
  before: ClusterConnection,
  after: ClusterConnection,
  set: readonly string[],
  entered: ClusterSecrets,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of secretsElsewhere(before, after)) {
    if (entered[field] === undefined && set.includes(field))
      fields[`secrets.${field}`] = `Enter the ${nouns[field]} again: it would be sent to another address.`;
  }
  return fields;
}
