import type { ClusterConnection, ClusterSecrets } from './cluster.ts';

/**
 * The secrets that a changed connection would send to somebody who has not had them: the password to a broker address that is
 * new, or without TLS where it was sent with it; the client secret to another token endpoint; the registry's to another
 * registry, or to one that other authorities vouch for. Whoever changes an
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
  const registry = after.registry;
  if (registry && registryTrust(before) !== registryTrust(after)) {
    if (registry.auth.kind === 'basic') moved.push('registryPassword');
    if (registry.auth.kind === 'bearer') moved.push('registryToken');
  }
  return moved;
}

/** Who gets the registry's secret: the server that stands behind the address, as its authority vouches. */
const registryTrust = ({ registry }: ClusterConnection): string =>
  registry ? JSON.stringify([new URL(registry.url).origin, registry.ca ?? '']) : '';

const addressOf = ({ host, port }: { host: string; port: number }): string => `${host.toLowerCase()}:${port}`;

const nouns = {
  password: 'password',
  clientSecret: 'client secret',
  privateKey: 'private key',
  registryPassword: 'password of the registry',
  registryToken: 'token of the registry',
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
