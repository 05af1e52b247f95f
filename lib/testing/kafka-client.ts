import { createKafkaClient, type KafkaClient } from '#lib/gateways/kafka/client.ts';
import type { ClusterConnection, ClusterRegistry, ClusterSecrets, HostPort } from '#lib/model/cluster.ts';
import { type PlatformHandle, platformHandle } from '#platform/handle.ts';

/** `host:port` texts as the platform gives them. */
export const hostPorts = (addresses: readonly string[]): HostPort[] =>
  addresses.map((address) => {
    const at = address.lastIndexOf(':');
    return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
  });

/** Lets loopback through, which the egress guard would not. */
export const anyAddress = async (host: string): Promise<{ address: string }> => ({
  address: host === 'localhost' ? '127.0.0.1' : host,
});

export const plaintextConnection = (bootstrap: readonly string[]): ClusterConnection => ({
  bootstrap: hostPorts(bootstrap),
  tls: { enabled: false },
  sasl: { mechanism: 'none' },
});

/** A registry without a sign-in, by plain http where its address says so. */
export const registryAt = (url: string): ClusterRegistry => ({
  url,
  allowHttp: url.startsWith('http:'),
  auth: { kind: 'none' },
});

/** A client of the test platform, as super user over the plaintext listener unless told otherwise. */
export function testKafkaClient(
  settings: {
    connection?: ClusterConnection;
    secrets?: ClusterSecrets;
    isReadOnly?: () => boolean;
    name?: string;
  } = {},
  platform: PlatformHandle = platformHandle(),
): KafkaClient {
  return createKafkaClient({
    name: settings.name ?? 'test',
    connection: settings.connection ?? plaintextConnection(platform.bootstrap),
    secrets: settings.secrets ?? {},
    checkAddress: anyAddress,
    ...(settings.isReadOnly ? { isReadOnly: settings.isReadOnly } : {}),
  });
}
